// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>

#include "facts/facts.hpp"
#include "observe/observation.hpp"
#include "record/ladder.hpp"

namespace preflight::record {

struct Record;

/// What became of a session once it was active.
struct Life {
    std::optional<Moment> began;
    std::optional<Moment> ended;  ///< of the connection that carried it; the client may try again
    int round = 0;                ///< of connecting, that led to it
    int ultimatum = 0;            ///< what FreeRDP had noted when it began
    int ultimatum_at_reason = 0;  ///< and when the server's reason was told
    int tries = 0;                ///< rounds of connecting after its end
    std::optional<Moment> first_try;
    ErrorSeen last_try;  ///< FreeRDP's error of the last of them

    bool active() const { return began && !ended; }
};

/// The session is active: for the first time, again after a change of its size, or again because
/// the client got it back. Of the last, what came before explains nothing any more.
void session_began(Record& record, const Activated& event, Moment at);

/// Its connection ended.
void session_ended(Record& record, const Terminated& event, Moment at);

/// A round of connecting begins. True when it is one to get a lost session back.
bool session_sought(Record& record, const RoundBegan& event, Moment at);

/// The server's reason, while the session was active.
void session_reason(Record& record, const ErrorInfoSeen& event);

/// Fills in how long the session lasted, and what the client met when it tried to get it back.
void fill_life(const Record& record, Moment now, Facts& facts);

/// A duration as a person would say it: "35 s", "2 min 5 s", "3 h 10 min", "2 d 4 h".
std::string duration_words(std::int64_t seconds);

}  // namespace preflight::record
