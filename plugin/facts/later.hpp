// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/fields.hpp"

namespace preflight {

/// The sign-in: CredSSP/NLA, RDSTLS, Entra.
struct AuthenticationFacts {
    Maybe<bool> started;
    Maybe<std::string> ended;

    template <class V>
    static void describe(V& v) {
        v("started", &AuthenticationFacts::started, "whether the sign-in began");
        v("ended", &AuthenticationFacts::ended,
          "how the connection ended during the sign-in: reset, closed, client, silent");
    }
};

/// The end of the connection sequence and what came after it.
struct SessionFacts {
    Maybe<bool> activated;
    Maybe<std::int64_t> error_info;
    Maybe<std::string> error_info_name;
    Maybe<std::string> error_info_text;

    template <class V>
    static void describe(V& v) {
        v("activated", &SessionFacts::activated, "whether the session became active");
        v("error_info", &SessionFacts::error_info, "code of the server's Set Error Info PDU");
        v("error_info_name", &SessionFacts::error_info_name, "its name");
        v("error_info_text", &SessionFacts::error_info_text, "FreeRDP's text for it");
    }
};

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
