// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/fields.hpp"

namespace preflight {

/// What is being waited for when nothing moves.
struct WaitFacts {
    Maybe<std::string> waiting_for;
    Maybe<std::int64_t> seconds;

    template <class V>
    static void describe(V& v) {
        v("waiting_for", &WaitFacts::waiting_for, "what is awaited");
        v("seconds", &WaitFacts::seconds, "since how many seconds");
    }
};

/// One line of the ladder: something sent, received or decided.
struct EventFacts {
    Maybe<std::int64_t> ms;
    Maybe<std::int64_t> attempt;
    Maybe<std::string> direction;
    Maybe<std::string> what;

    template <class V>
    static void describe(V& v) {
        v("ms", &EventFacts::ms, "milliseconds since the start");
        v("attempt", &EventFacts::attempt, "attempt it belongs to");
        v("direction", &EventFacts::direction, "sent, received, local");
        v("what", &EventFacts::what, "what it was");
    }
};

}  // namespace preflight
