// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>
#include <string>

#include "record/ladder.hpp"

namespace preflight::record {

/// Seconds since 1970 as ISO 8601 in UTC, such as 2026-11-21T10:15:00Z.
std::string iso_time(std::int64_t seconds);

/// Seconds since 1970 of such a text; nothing where it is none.
std::optional<std::int64_t> seconds_of(const std::string& iso_time);

/// What this computer's clock showed when the recording began.
struct LocalClock {
    Moment start;
    std::optional<std::int64_t> seconds;  ///< since 1970; nothing where nobody knows

    /// A clock that showed `theirs` at `moment`, less this computer's, in seconds.
    std::optional<std::int64_t> skew(std::int64_t theirs, Moment moment) const;
};

/// A number as 0x%08X.
std::string as_hex(std::uint32_t number);

}  // namespace preflight::record
