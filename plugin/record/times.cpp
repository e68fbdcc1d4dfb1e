// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/times.hpp"

#include <array>
#include <cstdio>
#include <ctime>

namespace preflight::record {

std::string iso_time(std::int64_t seconds) {
    const auto time = static_cast<std::time_t>(seconds);
    std::tm parts{};
    std::array<char, 32> text{};
    if (!gmtime_r(&time, &parts)) return {};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text.data();
}

std::optional<std::int64_t> seconds_of(const std::string& iso_time) {
    std::tm parts{};
    if (!strptime(iso_time.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts)) return std::nullopt;
    return timegm(&parts);
}

std::optional<std::int64_t> LocalClock::skew(std::int64_t theirs, Moment moment) const {
    if (!seconds) return std::nullopt;
    return theirs - (*seconds + milliseconds(start, moment) / 1000);
}

std::string as_hex(std::uint32_t number) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "0x%08X", static_cast<unsigned>(number));
    return text.data();
}

}  // namespace preflight::record
