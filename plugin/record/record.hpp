// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <memory>
#include <vector>

#include "record/attempt.hpp"
#include "record/judged.hpp"
#include "record/life.hpp"
#include "record/recorder.hpp"

namespace preflight::record {

/// Everything a Recorder has taken in.
struct Record {
    static constexpr std::size_t most_attempts = 32;

    Record(Facts known_facts, Moment start_moment)
        : known(std::move(known_facts)), start(start_moment), ladder(start_moment) {}

    Facts known;
    Moment start;
    Moment progress = start;
    Moment dialled = start;  ///< when the dialling for the next attempt began
    bool dialling = false;   ///< a round began, and no socket of it was seen yet
    Ladder ladder;

    std::vector<std::unique_ptr<Attempt>> attempts;  ///< the first and the last ones
    std::int64_t attempt_count = 0;
    int rounds = 0;
    bool repeat = false;
    bool redirected = false;    ///< a server redirection led here
    int redirection_round = 0;  ///< the round in which the last one did

    FreerdpFacts freerdp;
    LocalFacts local;
    SessionFacts session;
    Life life;
    std::optional<int> ultimatum;  ///< that ended the session
    std::optional<LookedAgain> again;
    std::optional<AskedAgain> asked_again;
    std::optional<Moment> ended_at;
    std::optional<bool> check_passed;  ///< preflight's own check ended
    bool activated = false;
    bool terminated = false;
    std::optional<Stage> state_stage;  ///< the furthest that FreeRDP's states told, this round

    mutable JudgedChains judged;

    /// The attempt an observation belongs to; begins one where its stream is new. Null for stream 0
    /// where there is none.
    Attempt* attempt_of(const Observation& observation);
    Attempt& begin_attempt(const Observation& observation, std::uint32_t beside = 0);
    void drop_one();
    Attempt* current() { return attempts.empty() ? nullptr : attempts.back().get(); }

    /// Whether preflight itself connects, to check a host.
    bool is_check() const { return known.check.mode.has_value(); }

    /// Whether something the client still has to do is under way.
    bool under_way() const { return !ended_at && !activated; }
};

}  // namespace preflight::record

namespace preflight {

struct Recorder::State : record::Record {
    using Record::Record;
};

}  // namespace preflight
