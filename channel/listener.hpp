// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <atomic>
#include <cstdint>

#include "observe/observation.hpp"

namespace preflight {

using What = decltype(Observation::what);

/// Where the tap delivers what it hears of one connection. Objects of the tap point to it for as
/// long as they live, so a listener is never destroyed.
class Listener {
  public:
    Listener() = default;
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    /// Takes in one observation, from any thread. Views in `what` end with the call.
    virtual void hear(std::uint32_t stream, What what) = 0;

    /// Whether anybody wants to know. All that remains of the tap once the session is active.
    bool listening() const noexcept { return listening_.load(std::memory_order_relaxed); }

    /// Whether what the client sends may still be looked at: not once the basic settings exchange
    /// began, because the Client Info PDU carries the password.
    bool hears_sent() const noexcept { return hears_sent_.load(std::memory_order_relaxed); }

    /// The number of a new TCP connection.
    std::uint32_t open_stream() noexcept {
        const std::uint32_t stream = ++streams_;
        held_.fetch_or(bit(stream), std::memory_order_relaxed);
        return stream;
    }

    /// The client let go of a TCP connection.
    void release_stream(std::uint32_t stream) noexcept {
        held_.fetch_and(~bit(stream), std::memory_order_relaxed);
    }

    /// The connection before `stream`, if the client still holds it; 0 where it does not.
    std::uint32_t held_beside(std::uint32_t stream) const noexcept {
        const std::uint32_t before = stream - 1;
        return before && (held_.load(std::memory_order_relaxed) & bit(before)) ? before : 0;
    }

    /// The number of the TCP connection opened last; 0 before the first.
    std::uint32_t last_stream() const noexcept { return streams_.load(std::memory_order_relaxed); }

  protected:
    ~Listener() = default;

    std::atomic<bool> listening_{false};
    std::atomic<bool> hears_sent_{true};
    std::atomic<std::uint32_t> streams_{0};

  private:
    static constexpr std::uint64_t bit(std::uint32_t stream) noexcept {
        return std::uint64_t{1} << (stream % 64);
    }

    std::atomic<std::uint64_t> held_{0};  ///< a bit for each stream, over and over
};

}  // namespace preflight
