// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <span>

#include "probe/exchange.hpp"

namespace preflight {

/// Runs the exchanges, at most `at_once` of them at a time, in order, until all are over or the
/// time is up; those that are not over then stay as they are. Returns how many were started.
std::size_t drive(std::span<const std::unique_ptr<Exchange>> exchanges, std::size_t at_once,
                  Observation::Clock::time_point until);

}  // namespace preflight
