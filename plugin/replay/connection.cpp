// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "replay/connection.hpp"

#include <algorithm>
#include <cerrno>

namespace preflight::replay {
namespace {

/// Which end is the client's. Without the connection's beginning the content or the ports tell.
bool is_from_client(const Segment& segment) {
    if (segment.syn) return !segment.ack;
    const Content content = content_of(segment.payload);
    if (content == Content::request) return true;
    if (content == Content::confirm) return false;
    const auto [from, to] = std::pair(segment.source.port, segment.destination.port);
    if ((from == rdp_port) != (to == rdp_port)) return to == rdp_port;
    return from >= to;
}

}  // namespace

Connection::Connection(const Segment& first, TryDirectory& tries)
    : tries_(tries), from_start_(first.syn) {
    const bool from_client = is_from_client(first);
    link_.client = from_client ? first.source : first.destination;
    link_.server = from_client ? first.destination : first.source;
    link_.began = last_ = first.at;
}

void Connection::take(const Segment& segment) {
    if (over_) return;
    if (segment.unreachable != 0) {
        if (!answered_ && from_start_) refused(segment.at, segment.unreachable);
        return;
    }
    last_ = segment.at;
    const Direction direction =
        segment.source == link_.client ? Direction::sent : Direction::received;
    if (segment.syn) return take_syn(segment, direction);
    take_acknowledged(segment, direction);
    take_data(segment, direction);
    if (!over_ && (segment.fin || segment.reset)) take_end(segment, direction);
}

void Connection::take_syn(const Segment& segment, Direction direction) {
    // Data on a SYN (TCP Fast Open, RFC 7413) comes again when it was not taken.
    if (!half(direction).begun()) half(direction).begin(segment.sequence + 1);
    if (direction == Direction::received && segment.ack && !answered_) answered_ = segment.at;
}

/// What was acknowledged did arrive, even if the capture lacks it.
void Connection::take_acknowledged(const Segment& segment, Direction direction) {
    if (!segment.ack || segment.reset) return;
    HalfStream& other = half(direction == Direction::sent ? Direction::received : Direction::sent);
    if (!other.begun()) other.begin(segment.acknowledged);
    other.acknowledged(segment.acknowledged);
}

void Connection::take_data(const Segment& segment, Direction direction) {
    HalfStream& stream = half(direction);
    if (segment.payload.empty() && segment.cut == 0) return;
    if (!stream.begun()) stream.begin(segment.sequence);
    if (!first_data_) first_data_ = segment.at;
    deliver(segment.at, direction, stream.take(segment.sequence, segment.payload));
    if (stream.is_given_up()) close_holes(segment.at, false);
    check_fin(segment.at);
}

void Connection::take_end(const Segment& segment, Direction direction) {
    HalfStream& stream = half(direction);
    if (segment.reset) {
        const bool refusal = direction == Direction::received && from_start_ && !answered_;
        if (refusal) return refused(segment.at, ECONNREFUSED);
        close_holes(segment.at, true);
        if (!over_) ended(segment.at, direction, true);
        return;
    }
    const auto length = static_cast<std::uint32_t>(segment.payload.size()) + segment.cut;
    if (!stream.begun()) stream.begin(segment.sequence + length);
    stream.ends_at(segment.sequence + length);
    check_fin(segment.at);
}

void Connection::check_fin(Time at) {
    if (over_) return;
    if (sent_.complete()) return ended(at, Direction::sent, false);
    if (received_.complete()) ended(at, Direction::received, false);
}

void Connection::ended(Time at, Direction direction, bool reset) {
    close_holes(at, true);
    if (direction == Direction::sent)
        tell(at, HungUp{reset});
    else
        tell(at, StreamEnded{Layer::wire, Direction::received, reset ? ECONNRESET : 0});
    finish_link(at);
}

/// The SYN was answered with a refusal.
void Connection::refused(Time at, int error) {
    const bool rdp = server().port == rdp_port || tries_.is_known_server(server());
    over_ = true;
    decided_ = true;
    if (!rdp) return;
    SocketOpened socket;
    socket.connected = false;
    socket.error = error;
    join(at, std::move(socket));
    finish_link(at);
}

void Connection::finish(Time now) {
    if (over_) return;
    const bool dialled_in_vain = from_start_ && !answered_ && !first_data_;
    // TCP's first retries come after 1 and 3 seconds: less is no silence yet, RFC 6298.
    constexpr Time patience = std::chrono::seconds(5);
    if (dialled_in_vain) {
        if (now - link_.began >= patience) refused(std::max(last_, link_.began), ETIMEDOUT);
        return;
    }
    close_holes(now, true);
}

void Connection::close_holes(Time at, bool all) {
    for (const Direction direction : {Direction::sent, Direction::received}) {
        HalfStream& stream = half(direction);
        // Bounded: each turn takes what is held a piece further.
        while (const std::uint32_t hole = stream.hole()) {
            if (!all && !stream.is_given_up()) break;
            tell(at, BytesMissing{direction, hole});
            deliver(at, direction, stream.pass_hole());
        }
    }
}

void Connection::deliver(Time at, Direction direction, std::vector<std::uint8_t> bytes) {
    if (bytes.empty()) return;
    if (try_) {
        try_->observe(at, stream_, Transferred{Layer::wire, direction, bytes});
        return;
    }
    if (decided_) return;
    auto& first = direction == Direction::sent ? first_sent_ : first_received_;
    first.insert(first.end(), bytes.begin(), bytes.end());
    early_bytes_ += bytes.size();
    early_.push_back({at, Transferred{Layer::wire, direction, {}}, std::move(bytes)});
    decide(direction);
}

void Connection::tell(Time at, decltype(Observation::what) what) {
    if (try_)
        try_->observe(at, stream_, std::move(what));
    else if (!decided_ && early_.size() < most_early_events)
        early_.push_back({at, std::move(what), {}});
}

void Connection::decide(Direction direction) {
    const bool client = direction == Direction::sent;
    switch (content_of(client ? first_sent_ : first_received_)) {
        case Content::request:
            return settle(client);
        case Content::confirm:
            return settle(!client);
        case Content::tls:
            if (client) return settle(server().port == rdp_port);
            break;
        case Content::other:
            if (client) return settle(false);
            break;
        case Content::unknown:
            break;
    }
    // A server may speak first, as SSH does: then the client's bytes decide.
    if (early_bytes_ > most_early_bytes || early_.size() >= most_early_events) settle(false);
}

void Connection::settle(bool rdp) {
    decided_ = true;
    auto early = std::move(early_);
    early_.clear();
    first_sent_.clear();
    first_received_.clear();
    if (!rdp) return;
    join(answered_.value_or(link_.began), SocketOpened{});
    for (auto& event : early) {
        if (auto* transferred = std::get_if<Transferred>(&event.what))
            transferred->bytes = event.bytes;
        try_->observe(event.at, stream_, std::move(event.what));
    }
}

/// It is RDP: from now on its try hears of it.
void Connection::join(Time at, SocketOpened socket) {
    rdp_ = true;
    const auto place = tries_.place(link_, from_start_);
    try_ = place.of;
    stream_ = place.stream;
    socket.address = server().address_text();
    socket.port = server().port;
    socket.ipv6 = server().ipv6;
    socket.dialled = moment(link_.began);
    try_->observe(at, stream_, std::move(socket));
}

void Connection::finish_link(Time at) {
    over_ = true;
    if (!decided_) settle(false);
    if (!try_) return;
    try_->link_ended(stream_, at);
    try_.reset();
}

}  // namespace preflight::replay
