// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>
#include <vector>

#include "wire/reader.hpp"

namespace preflight::wire {

/// Where a message ends, judged by its first bytes.
struct Frame {
    enum class State {
        unknown,  ///< more bytes are needed to tell
        known,    ///< `length` bytes in all, header included
        broken,   ///< this is no such message
    };
    State state = State::unknown;
    std::size_t length = 0;
};

/// Tells the frame at the front of some bytes; such as `tpkt_frame`.
using Framing = Frame (*)(Bytes);

/// Puts messages together from pieces of any size. Keeps at most `limit` bytes: a message that is
/// longer, or is none at all, makes it broken, and it stays so.
class Reassembler {
  public:
    static constexpr std::size_t default_limit = 64 * 1024;

    explicit Reassembler(Framing framing, std::size_t limit = default_limit)
        : framing_(framing), limit_(limit) {}

    void feed(Bytes bytes);

    /// The next whole message with its header, or nothing.
    std::optional<std::vector<std::uint8_t>> take();

    bool broken() const { return broken_; }

    /// What waits for the rest of its message.
    Bytes pending() const { return Bytes(data_).subspan(taken_); }

    /// Forgets what is held, overwriting it.
    void clear();

  private:
    void drop_taken();

    Framing framing_;
    std::size_t limit_;
    std::vector<std::uint8_t> data_;
    std::size_t taken_ = 0;
    bool cut_ = false;  ///< bytes were thrown away behind what is held
    bool broken_ = false;
};

}  // namespace preflight::wire
