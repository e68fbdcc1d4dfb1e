// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>
#include <vector>

#include "facts/later.hpp"
#include "observe/observation.hpp"

namespace preflight::record {

using Clock = Observation::Clock;
using Moment = Clock::time_point;

/// Whole milliseconds from `from` to `to`, never negative.
std::int64_t milliseconds(Moment from, Moment to);

/// The ladder of what was sent, received and decided. Keeps the first events and the last ones.
class Ladder {
  public:
    static constexpr std::size_t limit = 256;

    explicit Ladder(Moment start) : start_(start) {}

    void add(Moment at, std::int64_t attempt, const char* direction, std::string what);

    /// In order of time.
    std::vector<EventFacts> events() const;

  private:
    Moment start_;
    std::vector<EventFacts> first_;
    std::vector<EventFacts> last_;  ///< a ring
    std::size_t next_ = 0;          ///< where the ring goes on once it is full
};

/// Writes into the ladder for one attempt at one moment.
class Scribe {
  public:
    Scribe(Ladder& ladder, std::int64_t attempt, Moment moment)
        : at(moment), ladder_(ladder), attempt_(attempt) {}

    void local(std::string what) { ladder_.add(at, attempt_, "local", std::move(what)); }
    void note(Direction direction, std::string what) {
        ladder_.add(at, attempt_, direction == Direction::sent ? "sent" : "received",
                    std::move(what));
    }

    const Moment at;

  private:
    Ladder& ladder_;
    std::int64_t attempt_;
};

}  // namespace preflight::record
