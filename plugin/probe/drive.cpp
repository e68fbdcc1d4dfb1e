// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "probe/drive.hpp"

#include <poll.h>

#include <algorithm>
#include <cerrno>

namespace preflight {
namespace {

using Clock = Observation::Clock;
using Exchanges = std::span<const std::unique_ptr<Exchange>>;

int milliseconds_until(Clock::time_point until) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    constexpr decltype(left) longest = 60'000;
    return static_cast<int>(std::clamp(left, decltype(left){0}, longest));
}

/// Waits for any of the running ones; false when the time is up.
bool wait(const std::vector<Exchange*>& running, Clock::time_point until) {
    std::vector<pollfd> polled;
    for (const Exchange* exchange : running)
        polled.push_back({exchange->fd(), exchange->events(), 0});
    const int left = milliseconds_until(until);
    if (left <= 0) return false;
    if (poll(polled.data(), polled.size(), left) < 0) return errno == EINTR;
    for (std::size_t i = 0; i < running.size(); ++i)
        if (polled[i].revents) running[i]->ready();
    return true;
}

}  // namespace

std::size_t drive(Exchanges exchanges, std::size_t at_once, Clock::time_point until) {
    std::size_t started = 0;
    std::vector<Exchange*> running;
    do {
        std::erase_if(running, [](const Exchange* exchange) { return exchange->over(); });
        while (started < exchanges.size() && running.size() < at_once) {
            Exchange& next = *exchanges[started++];
            next.start();
            if (!next.over()) running.push_back(&next);
        }
    } while (!running.empty() && wait(running, until));
    return started;
}

}  // namespace preflight
