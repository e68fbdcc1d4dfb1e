// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "probe/dial.hpp"

#include <poll.h>

#include <algorithm>
#include <cerrno>

#include "probe/socket.hpp"

namespace preflight {
namespace {

using Clock = std::chrono::steady_clock;

/// One connection under way.
struct Dial {
    Socket socket;
    LookedAgain::Address* address = nullptr;
};

void conclude(LookedAgain::Address& address, int error) {
    address.error = error;
    address.connected = error == 0;
}

void start(const Resolved::Address& to, LookedAgain::Address& address, std::vector<Dial>& dials) {
    address.tried = true;
    Dial dial{{}, &address};
    const int error = dial.socket.dial(to);
    if (error == EINPROGRESS)
        dials.push_back(std::move(dial));
    else
        conclude(address, error);
}

/// Waits until a connection has ended or the time is up; false when it is up.
bool wait_for_news(std::vector<Dial>& dials, Clock::time_point until) {
    std::vector<pollfd> polled;
    for (const Dial& dial : dials) polled.push_back({dial.socket.fd(), POLLOUT, 0});
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    if (left <= 0) return false;
    const int ready = poll(polled.data(), polled.size(), static_cast<int>(left));
    if (ready < 0) return errno == EINTR;
    for (std::size_t i = 0; i < dials.size(); ++i) {
        if (!polled[i].revents) continue;
        conclude(*dials[i].address, dials[i].socket.dialled());
        dials[i].socket.close();
    }
    std::erase_if(dials, [](const Dial& dial) { return !dial.socket.open(); });
    return ready > 0;
}

/// The addresses to connect to, as indices: the first of each family, then the others in order.
std::vector<std::size_t> choose(const LookedAgain& seen, std::size_t most) {
    std::vector<std::size_t> order;
    const auto add_if_new = [&](std::size_t index) {
        if (!seen.addresses[index].tried &&
            std::find(order.begin(), order.end(), index) == order.end())
            order.push_back(index);
    };
    for (const bool ipv6 : {false, true}) {
        const auto of_family = [&](const auto& address) { return address.ipv6 == ipv6; };
        const auto& all = seen.addresses;
        const auto found = std::find_if(all.begin(), all.end(), of_family);
        if (found != all.end()) add_if_new(static_cast<std::size_t>(found - all.begin()));
    }
    for (std::size_t i = 0; i < seen.addresses.size(); ++i) add_if_new(i);
    order.resize(std::min(order.size(), most));
    return order;
}

}  // namespace

LookedAgain looked_up(const Resolved& resolved) {
    LookedAgain seen;
    seen.looked_up = resolved.asked;
    seen.lookup_error = resolved.error;
    seen.lookup_timeout = resolved.timeout;
    for (const auto& address : resolved.addresses)
        seen.addresses.push_back({.address = address.text, .ipv6 = address.ipv6});
    return seen;
}

void dial_all(const Resolved& resolved, std::size_t most, Clock::time_point until,
              LookedAgain& seen) {
    std::vector<Dial> dials;
    for (const std::size_t i : choose(seen, most))
        start(resolved.addresses[i], seen.addresses[i], dials);
    while (!dials.empty() && wait_for_news(dials, until)) {
    }
    for (Dial& dial : dials) conclude(*dial.address, ETIMEDOUT);
}

}  // namespace preflight
