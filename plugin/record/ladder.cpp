// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/ladder.hpp"

#include <algorithm>

namespace preflight::record {

std::int64_t milliseconds(Moment from, Moment to) {
    const auto span = std::chrono::duration_cast<std::chrono::milliseconds>(to - from).count();
    return std::max<std::int64_t>(0, span);
}

void Ladder::add(Moment at, std::int64_t attempt, const char* direction, std::string what) {
    constexpr std::size_t half = limit / 2;
    EventFacts event;
    event.ms = milliseconds(start_, at);
    if (attempt > 0) event.attempt = attempt;
    event.direction = direction;
    event.what = std::move(what);
    if (first_.size() < half) {
        first_.push_back(std::move(event));
    } else if (last_.size() < half) {
        last_.push_back(std::move(event));
    } else {
        last_[next_] = std::move(event);
        next_ = (next_ + 1) % half;
    }
}

std::vector<EventFacts> Ladder::events() const {
    std::vector<EventFacts> all = first_;
    const auto turn = last_.begin() + static_cast<std::ptrdiff_t>(next_);
    all.insert(all.end(), turn, last_.end());
    all.insert(all.end(), last_.begin(), turn);
    return all;
}

}  // namespace preflight::record
