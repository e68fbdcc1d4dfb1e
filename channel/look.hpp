// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>
#include <string>

#include "facts/facts.hpp"
#include "probe/look_again.hpp"

namespace preflight {

struct LookTarget {
    std::string host;
    std::uint16_t port = 0;
    LookLimits limits;
};

/// Where to look again after a failure: only when FreeRDP tells the step (name resolution, TCP) and
/// not the reason, and only at the peer that it dialled itself: the proxy, else the gateway, else
/// the host.
std::optional<LookTarget> worth_looking(const Facts& facts);

/// Where to look again after a session that the client could not get back, because the host could
/// not be reached: nothing in other cases.
std::optional<LookTarget> worth_looking_for_session(const Facts& facts);

/// Whether `name` is a host: FreeRDP takes a path for a local socket and a bar for a socket that it
/// was handed.
bool is_host(const std::string& name);

}  // namespace preflight
