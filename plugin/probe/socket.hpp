// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "probe/resolve.hpp"

namespace preflight {

/// A TCP socket of our own that never blocks. Closed with the object.
class Socket {
  public:
    Socket() = default;
    ~Socket() { close(); }
    Socket(Socket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Socket& operator=(Socket&& other) noexcept {
        if (this != &other) {
            close();
            fd_ = std::exchange(other.fd_, -1);
        }
        return *this;
    }

    /// Starts to connect. Returns 0 when connected at once, EINPROGRESS while under way, or the
    /// errno that says why not.
    int dial(const Resolved::Address& to);

    /// How a connection that was under way ended: 0, or an errno.
    int dialled() const;

    /// What a read or a write came to.
    struct Transfer {
        std::size_t size = 0;
        bool wait = false;   ///< nothing moves now
        bool ended = false;  ///< the peer has ended its side; of a read only
        int error = 0;       ///< errno
    };
    Transfer read(std::span<std::uint8_t> into) const;
    Transfer write(std::span<const std::uint8_t> bytes) const;

    int fd() const { return fd_; }
    bool open() const { return fd_ >= 0; }
    void close();

  private:
    int fd_ = -1;
};

}  // namespace preflight
