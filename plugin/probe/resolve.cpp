// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "probe/resolve.hpp"

#include <netdb.h>

#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>

#include "probe/thread.hpp"

namespace preflight {
namespace {

/// Shared by the caller and the thread that asks, whichever lives longer.
struct Query {
    std::mutex mutex;
    std::condition_variable done_changed;
    bool done = false;
    Resolved result;
};

Resolved::Address address_of(const addrinfo& info) {
    Resolved::Address address;
    address.length = std::min<socklen_t>(info.ai_addrlen, sizeof address.socket);
    std::memcpy(&address.socket, info.ai_addr, address.length);
    address.ipv6 = info.ai_family == AF_INET6;
    char text[NI_MAXHOST] = "";
    getnameinfo(info.ai_addr, info.ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST);
    address.text = text;
    return address;
}

Resolved ask(const std::string& host, std::uint16_t port, int flags) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags;
    addrinfo* list = nullptr;
    Resolved result;
    result.asked = true;
    result.error = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &list);
    if (result.error) return result;
    for (const addrinfo* info = list; info; info = info->ai_next)
        result.addresses.push_back(address_of(*info));
    freeaddrinfo(list);
    return result;
}

}  // namespace

Resolved resolve(const std::string& host, std::uint16_t port, std::chrono::milliseconds limit) {
    Resolved numeric = ask(host, port, AI_NUMERICHOST);
    numeric.numeric = !numeric.error;
    if (numeric.numeric) return numeric;
    const auto query = std::make_shared<Query>();
    const bool started = start_thread([query, host, port] {
        Resolved result = ask(host, port, 0);
        const std::lock_guard lock(query->mutex);
        query->result = std::move(result);
        query->done = true;
        query->done_changed.notify_one();
    });
    if (!started) return {};
    std::unique_lock lock(query->mutex);
    if (query->done_changed.wait_for(lock, limit, [&] { return query->done; }))
        return query->result;
    Resolved result;
    result.asked = true;
    result.timeout = true;
    return result;
}

}  // namespace preflight
