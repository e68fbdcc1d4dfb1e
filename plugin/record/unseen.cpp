// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/unseen.hpp"

namespace preflight::record {

void UnseenStep::message(Direction direction, std::size_t bytes) {
    if (direction == Direction::sent) {
        ++sent_;
        awaits_host_ = true;
        return;
    }
    ++received_;
    bytes_received_ += static_cast<std::int64_t>(bytes);
    if (awaits_host_) ++exchanges_;
    awaits_host_ = false;
}

void UnseenStep::alert(Direction direction) {
    if (!alert_) alert_ = direction;
}

void UnseenStep::fill(CaptureFacts& facts) const {
    facts.hidden = began();
    facts.hidden_sent = sent_;
    facts.hidden_received = received_;
    facts.hidden_bytes_received = bytes_received_;
    facts.exchanges = exchanges_;
    if (alert_) facts.hidden_alert = *alert_ == Direction::sent ? "client" : "host";
}

}  // namespace preflight::record
