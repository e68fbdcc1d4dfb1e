// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "traffic.hpp"

#include <utility>

#include "golden.hpp"

namespace preflight::test {

using replay::Segment;

Traffic::Traffic() {
    client_.address = {10, 0, 0, 9};
    server_.address = {10, 0, 0, 5};
    connection(50000);
}

Traffic& Traffic::connection(std::uint16_t port, std::uint16_t to) {
    client_.port = port;
    server_.port = to;
    // Near the end, so that sequence numbers run over.
    client_next_ = 0xfffffff0;
    server_next_ = 0xffffff00 + port;
    return *this;
}

Traffic& Traffic::ipv6() {
    client_.ipv6 = server_.ipv6 = true;
    return *this;
}

Traffic& Traffic::after(std::int64_t milliseconds) {
    now_ += std::chrono::milliseconds(milliseconds);
    return *this;
}

Segment Traffic::segment(bool from_client) {
    after(1);
    Segment result;
    result.at = now_;
    result.source = from_client ? client_ : server_;
    result.destination = from_client ? server_ : client_;
    result.sequence = from_client ? client_next_ : server_next_;
    result.acknowledged = from_client ? server_next_ : client_next_;
    result.ack = true;
    return result;
}

Traffic& Traffic::put(const Segment& segment, Octets payload) {
    segments_.push_back({segment, std::move(payload)});
    return *this;
}

Traffic& Traffic::syn() {
    Segment first = segment(true);
    first.syn = true;
    first.ack = false;
    first.acknowledged = 0;
    put(first);
    client_next_ += 1;
    return *this;
}

Traffic& Traffic::open() {
    syn();
    Segment answer = segment(false);
    answer.syn = true;
    put(answer);
    server_next_ += 1;
    return put(segment(true));
}

Traffic& Traffic::data(bool from_client, const Octets& bytes) {
    put(segment(from_client), bytes);
    return lost(from_client, bytes.size());
}

Traffic& Traffic::lost(bool from_client, std::size_t count) {
    (from_client ? client_next_ : server_next_) += static_cast<std::uint32_t>(count);
    return *this;
}

Traffic& Traffic::end(bool from_client, bool reset) {
    Segment last = segment(from_client);
    (reset ? last.reset : last.fin) = true;
    put(last);
    return lost(from_client, reset ? 0 : 1);
}

Traffic& Traffic::unreachable(int error) {
    Segment answer = segment(true);
    answer.unreachable = error;
    return put(answer);
}

Traffic& Traffic::swapped() {
    std::swap(segments_[segments_.size() - 1], segments_[segments_.size() - 2]);
    return *this;
}

Traffic& Traffic::twice() {
    segments_.push_back(segments_.back());
    return *this;
}

Traffic& Traffic::dropped() {
    segments_.pop_back();
    return *this;
}

std::vector<replay::Try> Traffic::tries() {
    std::vector<replay::Try> result;
    replay::Replayer replayer({}, [&](replay::Try&& attempt) { result.push_back(attempt); });
    for (auto& [segment, payload] : segments_) {
        segment.payload = payload;
        replayer.take(segment);
    }
    replayer.finish(now_);
    return result;
}

Facts Traffic::facts() {
    const auto all = tries();
    if (all.size() != 1) fail_with(std::to_string(all.size()) + " tries, not one");
    return all.front().facts;
}

}  // namespace preflight::test
