// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <chrono>

#include "observe/observation.hpp"
#include "probe/resolve.hpp"

namespace preflight {

/// What is known of `resolved` before anything was dialled.
LookedAgain looked_up(const Resolved& resolved);

/// Connects to up to `most` addresses that were not tried yet, all at once, the first of each
/// family before the others; sends nothing, closes at once, and notes in `seen` what became of
/// them. `seen` has the addresses of `resolved` in the same order.
void dial_all(const Resolved& resolved, std::size_t most,
              std::chrono::steady_clock::time_point until, LookedAgain& seen);

}  // namespace preflight
