// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "replay/replayer.hpp"

#include <algorithm>

namespace preflight::replay {
namespace {

// A client that begins anew after a refusal does so within moments; who asks a person takes longer.
constexpr Time next_attempt = std::chrono::seconds(3);
// What is long over may still send a late packet.
constexpr Time forget_after = std::chrono::seconds(60);
// A session can be quiet for long; but TCP keep-alive, where it is on, speaks every two hours.
constexpr Time silent_for_good = std::chrono::hours(3);
constexpr std::uint64_t sweep_every = 1024;

Endpoint without_port(Endpoint endpoint) {
    endpoint.port = 0;
    return endpoint;
}

}  // namespace

Replayer::Replayer(Facts known, TryHandler handler)
    : known_(std::move(known)), handler_(std::move(handler)) {}
Replayer::~Replayer() = default;

void Replayer::take(const Segment& segment) {
    if (++segments_ % sweep_every == 0) sweep(segment.at);
    // A router's answer belongs to a connection that is there, and begins none.
    const bool known = open_.contains(std::minmax(segment.source, segment.destination));
    if (segment.unreachable != 0 && !known) return;
    // A stray end tells nothing of a connection that was not seen.
    if (segment.reset && !known) return;
    connection_of(segment).take(segment);
}

Connection& Replayer::connection_of(const Segment& segment) {
    const Key key = std::minmax(segment.source, segment.destination);
    auto found = open_.find(key);
    const bool begins = segment.syn && !segment.ack;
    if (found != open_.end() && begins && found->second.can_begin_again()) {
        leave(found->second, segment.at);
        open_.erase(found);
        found = open_.end();
    }
    if (found != open_.end()) return found->second;
    if (open_.size() >= most_connections) make_room(segment.at);
    ++connections_;
    return open_.try_emplace(key, segment, static_cast<TryDirectory&>(*this)).first->second;
}

TryDirectory::Place Replayer::place(const Link& link, bool from_start) {
    if (servers_.size() < most_servers && !is_known_server(link.server))
        servers_.push_back(link.server);
    hand_over(link.began, false);
    const Endpoint client = without_port(link.client);
    for (Entry& entry : tries_) {
        const bool follows = entry.client == client && entry.server == link.server &&
                             entry.open->is_over() && !entry.open->ran_session();
        if (follows) return {entry.open, entry.open->add(link)};
    }
    if (tries_.size() >= most_tries) {
        handler_(tries_.front().open->finish(link.began));
        tries_.pop_front();
    }
    tries_.push_back({client, link.server, std::make_shared<OpenTry>(known_, link, from_start)});
    return {tries_.back().open, tries_.back().open->add(link)};
}

bool Replayer::is_known_server(const Endpoint& server) const {
    return std::find(servers_.begin(), servers_.end(), server) != servers_.end();
}

/// Nothing more of this connection will be looked at.
void Replayer::leave(Connection& connection, Time now) {
    connection.finish(now);
    if (connection.began_before()) ++began_before_;
}

void Replayer::sweep(Time now) {
    for (auto at = open_.begin(); at != open_.end();) {
        Connection& connection = at->second;
        const Time idle = now - connection.last();
        const bool undecided = !connection.is_rdp() || connection.is_over();
        if (idle > (undecided ? forget_after : silent_for_good)) {
            leave(connection, now);
            at = open_.erase(at);
        } else {
            ++at;
        }
    }
    hand_over(now, false);
}

/// Gives what is over for good to the handler.
void Replayer::hand_over(Time now, bool all) {
    for (auto at = tries_.begin(); at != tries_.end();) {
        const bool done = at->open->is_over() && now - at->open->last() > next_attempt;
        if (!all && !done) {
            ++at;
            continue;
        }
        handler_(at->open->finish(now));
        at = tries_.erase(at);
    }
}

/// Drops the half that was quiet for longest.
void Replayer::make_room(Time now) {
    std::vector<Time> times;
    times.reserve(open_.size());
    for (const auto& [key, connection] : open_) times.push_back(connection.last());
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::nth_element(times.begin(), middle, times.end());
    for (auto at = open_.begin(); at != open_.end();) {
        if (at->second.last() > *middle) {
            ++at;
            continue;
        }
        leave(at->second, now);
        at = open_.erase(at);
    }
}

void Replayer::finish(Time now) {
    for (auto& [key, connection] : open_) leave(connection, now);
    open_.clear();
    hand_over(now, true);
}

}  // namespace preflight::replay
