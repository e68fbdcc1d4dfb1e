// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <chrono>
#include <string>

#include "observe/observation.hpp"

namespace preflight {

/// How far looking again may go.
struct LookLimits {
    std::chrono::milliseconds lookup{2000};
    std::chrono::milliseconds connect{1000};  ///< for all addresses together
    std::size_t addresses = 4;                ///< that are connected to, of as many as there are
    bool connect_at_all = true;               ///< else the name is only looked up
};

/// Looks `host` up again and connects to its addresses, all at once, to learn the reason for a
/// failure that FreeRDP keeps to itself. Sends nothing and closes at once. The look-up runs in a
/// thread of its own, because the resolver knows no limit.
LookedAgain look_again(const std::string& host, std::uint16_t port, const LookLimits& limits);

}  // namespace preflight
