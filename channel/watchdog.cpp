// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "channel/watchdog.hpp"

#include <algorithm>
#include <condition_variable>
#include <optional>
#include <vector>

#include "channel/ask.hpp"
#include "channel/connection.hpp"
#include "channel/verdict.hpp"
#include "probe/thread.hpp"

namespace preflight {
namespace {

using Clock = Connection::Clock;

struct Watch {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<Connection*> connections;
    bool news = false;
    bool running = false;
};

Watch& the_watch() {
    static auto* const watch = new Watch;  // leaked: its thread runs to the end of the process
    return *watch;
}

std::optional<Clock::time_point> next_deadline(const std::vector<Connection*>& connections) {
    std::optional<Clock::time_point> next;
    const auto now = Clock::now();
    for (const Connection* connection : connections) {
        const auto deadline = connection->wait_deadline(now);
        if (deadline && (!next || *deadline < *next)) next = deadline;
    }
    return next;
}

/// Asks the host beside the client, which goes on waiting.
void tell_of(Connection& connection, const Connection::Snapshot& waiting) {
    auto plan = waiting.options.probe ? worth_asking(waiting.facts) : std::nullopt;
    if (plan) {
        plan->stopped = [&] { return !connection.still_waits(waiting); };
        connection.hear(0, ask_again(*plan));
    }
    if (const auto snapshot = connection.tell_wait(waiting, Clock::now()))
        publish(snapshot->facts, snapshot->options);
}

void tell(const std::vector<Connection*>& connections) {
    for (Connection* connection : connections)
        if (const auto snapshot = connection->waited_too_long(Clock::now()))
            tell_of(*connection, *snapshot);
}

void run() {
    Watch& watch = the_watch();
    for (;;) {
        std::vector<Connection*> connections;
        {
            const std::lock_guard lock(watch.mutex);
            connections = watch.connections;
            watch.news = false;
        }
        const auto deadline = next_deadline(connections);
        std::unique_lock lock(watch.mutex);
        const auto news = [&] { return watch.news; };
        if (!deadline)
            watch.changed.wait(lock, news);
        else
            watch.changed.wait_until(lock, *deadline, news);
        lock.unlock();
        tell(connections);
    }
}

}  // namespace

void watch(Connection& connection) noexcept {
    try {
        Watch& watch = the_watch();
        const std::lock_guard lock(watch.mutex);
        auto& all = watch.connections;
        if (std::find(all.begin(), all.end(), &connection) == all.end()) all.push_back(&connection);
        watch.news = true;
        if (!watch.running) watch.running = start_thread(run);
        watch.changed.notify_one();
    } catch (...) {
    }
}

}  // namespace preflight
