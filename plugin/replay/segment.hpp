// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <array>
#include <chrono>
#include <compare>
#include <cstdint>
#include <span>
#include <string>

namespace preflight::replay {

using Bytes = std::span<const std::uint8_t>;

/// The capture's own clock: nanoseconds since 1970.
using Time = std::chrono::nanoseconds;

/// One end of a TCP connection.
struct Endpoint {
    std::array<std::uint8_t, 16> address{};  ///< network order; of IPv4 the first four
    bool ipv6 = false;
    std::uint16_t port = 0;

    auto operator<=>(const Endpoint&) const = default;

    std::string address_text() const;

    /// "10.0.0.5:3389", "[2001:db8::5]:3389".
    std::string text() const;
};

/// A TCP segment as it stands in a capture, or a router's answer to one.
struct Segment {
    Time at{};
    Endpoint source;
    Endpoint destination;
    std::uint32_t sequence = 0;
    std::uint32_t acknowledged = 0;
    bool syn = false;
    bool ack = false;
    bool fin = false;
    bool reset = false;
    Bytes payload;          ///< valid until the next segment is read
    std::uint32_t cut = 0;  ///< bytes behind `payload` that were not captured
    int unreachable = 0;    ///< errno that an ICMP error about this segment stands for
};

}  // namespace preflight::replay
