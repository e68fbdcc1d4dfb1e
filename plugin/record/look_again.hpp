// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/facts.hpp"
#include "observe/observation.hpp"

namespace preflight::record {

/// Fills in what a second look, after the failure, says of the name: `dns`.
void apply_look_up(const LookedAgain& again, DnsFacts& dns);

/// Fills in what it says of the connection: the reason why the address that the client dialled
/// (`tcp.address`, or where that is unknown the one FreeRDP would choose) does not answer, and
/// whether the other address family does. `moved`: bytes went over the client's connection, which
/// then cannot have been refused. `prefers_ipv6`: the family that the client takes first.
void apply_connect(const LookedAgain& again, bool moved, bool prefers_ipv6, TcpFacts& tcp);

}  // namespace preflight::record
