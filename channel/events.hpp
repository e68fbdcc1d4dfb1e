// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <freerdp/freerdp.h>

#include "channel/connection.hpp"
#include "facts/facts.hpp"

namespace preflight {

/// Subscribes to the client's events, once per context. False when the state events, on which
/// everything depends, cannot be had.
bool subscribe(rdpContext* context);

/// What is known beforehand of a connection that begins now.
Facts known_now(const Connection& connection, const rdpContext& context);

}  // namespace preflight
