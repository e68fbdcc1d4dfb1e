// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/proxy.hpp"

#include <algorithm>

namespace preflight::record {
namespace {

// RFC 1928 section 3 and RFC 1929 section 2
constexpr std::uint8_t method_password = 2;
constexpr std::uint8_t method_none = 0xff;
constexpr std::uint8_t password_version = 1;
constexpr std::size_t longest_socks_answer = 2 + 2 + 4 + 1 + 255 + 2;

void drop_front(std::vector<std::uint8_t>& bytes, std::size_t count) {
    bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count));
}

}  // namespace

bool ProxyStep::begins_with(Bytes first_sent, Scribe& scribe) {
    const std::string_view kind = wire::proxy_kind(first_sent);
    if (kind.empty()) return false;
    active_ = true;
    facts.used = true;
    facts.type = std::string(kind);
    scribe.note(Direction::sent, kind == "HTTP" ? "HTTP CONNECT" : "SOCKS greeting");
    return true;
}

std::vector<std::uint8_t> ProxyStep::received(Bytes bytes, Scribe& scribe) {
    std::vector<std::uint8_t> rest;
    if (facts.type == "HTTP") {
        http_.feed(bytes);
        read_http(scribe);
        if (done_) rest.assign(http_.pending().begin(), http_.pending().end());
    } else {
        const std::size_t room =
            longest_socks_answer - std::min(longest_socks_answer, socks_.size());
        const Bytes kept = bytes.first(std::min(room, bytes.size()));
        socks_.insert(socks_.end(), kept.begin(), kept.end());
        read_socks(scribe);
        if (done_) rest = std::move(socks_);
    }
    return rest;
}

void ProxyStep::read_http(Scribe& scribe) {
    // The status line counts as soon as it is whole: a client may read no further.
    const Bytes held = http_.pending();
    const bool line = std::find(held.begin(), held.end(), '\n') != held.end();
    if (!facts.status && line)
        if (const auto status = wire::parse_http_status(held)) {
            facts.status = status->code;
            if (!status->reason.empty()) facts.reason = status->reason;
            scribe.note(Direction::received,
                        "HTTP " + std::to_string(status->code) + " " + status->reason);
        }
    if (http_.take()) done_ = facts.status && *facts.status / 100 == 2;
}

void ProxyStep::read_socks(Scribe& scribe) {
    if (!socks_chosen_ && socks_.size() >= 2) {
        const std::uint8_t method = socks_[1];
        drop_front(socks_, 2);
        socks_chosen_ = true;
        if (method == method_none) facts.reason = "no acceptable way to sign in";
        scribe.note(Direction::received, method == method_password ? "SOCKS: password wanted"
                                         : method == method_none   ? "SOCKS: refused"
                                                                   : "SOCKS: accepted");
    }
    if (socks_chosen_ && socks_.size() >= 2 && socks_[0] == password_version) {
        if (socks_[1] != 0) facts.reason = "user name or password not accepted";
        drop_front(socks_, 2);
    }
    if (!socks_chosen_ || facts.reason || done_) return;
    const wire::Frame frame = wire::socks_reply_frame(socks_);
    if (frame.state != wire::Frame::State::known || socks_.size() < frame.length) return;
    socks_reply(socks_[1], scribe);
    drop_front(socks_, frame.length);
}

void ProxyStep::socks_reply(std::uint8_t reply, Scribe& scribe) {
    done_ = reply == 0;
    if (!done_) facts.reason = std::string(wire::socks_reply_text(reply));
    scribe.note(Direction::received, done_ ? "SOCKS: connected" : "SOCKS: " + *facts.reason);
}

}  // namespace preflight::record
