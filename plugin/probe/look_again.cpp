// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "probe/look_again.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "probe/resolve.hpp"

namespace preflight {
namespace {

using Clock = std::chrono::steady_clock;

/// One connection under way.
struct Dial {
    int fd = -1;
    LookedAgain::Address* address = nullptr;
};

int open_socket(int family) {
    const int fd = socket(family, SOCK_STREAM, 0);
    if (fd < 0) return -1;
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    return fd;
}

/// Starts a connection. Returns the socket while it is under way, -1 when it has ended.
int start_dial(const Resolved::Address& to, LookedAgain::Address& address) {
    address.tried = true;
    const int fd = open_socket(to.socket.ss_family);
    if (fd >= 0 && connect(fd, reinterpret_cast<const sockaddr*>(&to.socket), to.length) == 0)
        address.connected = true;
    else if (fd >= 0 && errno == EINPROGRESS)
        return fd;
    else
        address.error = errno;
    if (fd >= 0) close(fd);
    return -1;
}

void finish_dial(Dial& dial) {
    int error = 0;
    socklen_t size = sizeof error;
    if (getsockopt(dial.fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
    dial.address->error = error;
    dial.address->connected = error == 0;
    close(dial.fd);
    dial.fd = -1;
}

/// Waits until a connection has ended or the time is up; false when it is up.
bool wait_for_news(std::vector<Dial>& dials, Clock::time_point until) {
    std::vector<pollfd> polled;
    for (const Dial& dial : dials) polled.push_back({dial.fd, POLLOUT, 0});
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    if (left <= 0) return false;
    const int ready = poll(polled.data(), polled.size(), static_cast<int>(left));
    if (ready < 0) return errno == EINTR;
    for (std::size_t i = 0; i < dials.size(); ++i)
        if (polled[i].revents) finish_dial(dials[i]);
    return ready > 0;
}

void finish_dials(std::vector<Dial>& dials, Clock::time_point until) {
    const auto under_way = [](const Dial& dial) { return dial.fd >= 0; };
    while (std::any_of(dials.begin(), dials.end(), under_way) && wait_for_news(dials, until)) {
    }
    for (Dial& dial : dials) {
        if (!under_way(dial)) continue;
        dial.address->error = ETIMEDOUT;
        close(dial.fd);
    }
}

/// The addresses to connect to, as indices: the first of each family, then the others in order.
std::vector<std::size_t> choose(const std::vector<Resolved::Address>& addresses, std::size_t most) {
    std::vector<std::size_t> order;
    const auto add_if_new = [&](std::size_t index) {
        if (std::find(order.begin(), order.end(), index) == order.end()) order.push_back(index);
    };
    for (const bool ipv6 : {false, true})
        for (std::size_t i = 0; i < addresses.size(); ++i)
            if (addresses[i].ipv6 == ipv6) {
                add_if_new(i);
                break;
            }
    for (std::size_t i = 0; i < addresses.size(); ++i) add_if_new(i);
    order.resize(std::min(order.size(), most));
    return order;
}

}  // namespace

LookedAgain look_again(const std::string& host, std::uint16_t port, const LookLimits& limits) {
    const Resolved resolved = resolve(host, port, limits.lookup);
    LookedAgain seen;
    seen.looked_up = resolved.asked;
    seen.lookup_error = resolved.error;
    seen.lookup_timeout = resolved.timeout;
    for (const auto& address : resolved.addresses)
        seen.addresses.push_back({.address = address.text, .ipv6 = address.ipv6});
    if (!limits.connect_at_all) return seen;
    std::vector<Dial> dials;
    const auto until = Clock::now() + limits.connect;
    for (const std::size_t i : choose(resolved.addresses, limits.addresses)) {
        const int fd = start_dial(resolved.addresses[i], seen.addresses[i]);
        if (fd >= 0) dials.push_back({fd, &seen.addresses[i]});
    }
    finish_dials(dials, until);
    return seen;
}

}  // namespace preflight
