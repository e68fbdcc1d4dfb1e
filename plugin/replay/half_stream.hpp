// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <tins/tcp_ip/data_tracker.h>

#include <optional>
#include <vector>

#include "replay/segment.hpp"

namespace preflight::replay {

/// One direction of a TCP connection: puts its segments in order, RFC 9293 3.4, with libtins. What
/// is held for a segment that has not come is bounded.
class HalfStream {
  public:
    /// The sequence number of the first byte.
    void begin(std::uint32_t sequence);
    bool begun() const { return begun_; }

    /// Takes the bytes of a segment and gives what can be read on now, in order.
    std::vector<std::uint8_t> take(std::uint32_t sequence, Bytes payload);

    /// The sender's last byte goes before `sequence`.
    void ends_at(std::uint32_t sequence);

    /// The receiver has everything before `sequence`.
    void acknowledged(std::uint32_t sequence);

    /// Whether every byte up to the end was read.
    bool complete() const { return end_ && distance(*end_) <= 0; }

    /// Bytes that are missing in front of what is held, or of the end; 0 when none are.
    std::uint32_t hole() const;

    /// Whether so much waits behind the hole that what is missing will not come any more.
    bool is_given_up() const;

    /// Passes over the hole: gives what comes behind it.
    std::vector<std::uint8_t> pass_hole();

  private:
    std::int32_t distance(std::uint32_t sequence) const {
        return static_cast<std::int32_t>(sequence - tracker_.sequence_number());
    }
    std::vector<std::uint8_t> ready();

    Tins::TCPIP::DataTracker tracker_;
    std::optional<std::uint32_t> end_;
    std::optional<std::uint32_t> acknowledged_;
    bool begun_ = false;
};

}  // namespace preflight::replay
