// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "probe/socket.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

namespace preflight {
namespace {

#ifdef MSG_NOSIGNAL
constexpr int no_signal = MSG_NOSIGNAL;
#else
constexpr int no_signal = 0;
#endif

void set_up(int fd) {
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    const int on = 1;
    // Small messages back and forth: waiting for more to send along would double the time.
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
#ifdef SO_NOSIGPIPE
    setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
}

Socket::Transfer result_of(ssize_t size) {
    Socket::Transfer result;
    if (size > 0)
        result.size = static_cast<std::size_t>(size);
    else if (size == 0)
        result.ended = true;
    else if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
        result.wait = true;
    else
        result.error = errno;
    return result;
}

}  // namespace

int Socket::dial(const Resolved::Address& to) {
    close();
    fd_ = socket(to.socket.ss_family, SOCK_STREAM, 0);
    if (fd_ < 0) return errno;
    set_up(fd_);
    if (connect(fd_, reinterpret_cast<const sockaddr*>(&to.socket), to.length) == 0) return 0;
    return errno == EINTR ? EINPROGRESS : errno;
}

int Socket::dialled() const {
    int error = 0;
    socklen_t size = sizeof error;
    return getsockopt(fd_, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

Socket::Transfer Socket::read(std::span<std::uint8_t> into) const {
    return result_of(recv(fd_, into.data(), into.size(), 0));
}

Socket::Transfer Socket::write(std::span<const std::uint8_t> bytes) const {
    return result_of(send(fd_, bytes.data(), bytes.size(), no_signal));
}

void Socket::close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
}

}  // namespace preflight
