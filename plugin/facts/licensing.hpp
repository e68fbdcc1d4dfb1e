// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/fields.hpp"

namespace preflight {

/// The licensing, [MS-RDPELE].
struct LicensingFacts {
    Maybe<bool> started;
    Maybe<std::string> last_received;
    Maybe<std::int64_t> error_code;
    Maybe<std::string> error_name;
    Maybe<std::int64_t> state_transition;
    Maybe<std::string> state_transition_name;
    Maybe<bool> completed;
    Maybe<bool> encrypted;
    Maybe<std::string> ended;

    template <class V>
    static void describe(V& v) {
        v("started", &LicensingFacts::started, "whether a licensing message arrived");
        v("last_received", &LicensingFacts::last_received,
          "last message received: LICENSE_REQUEST, PLATFORM_CHALLENGE, NEW_LICENSE, "
          "UPGRADE_LICENSE, ERROR_ALERT");
        v("error_code", &LicensingFacts::error_code,
          "dwErrorCode of the server's error alert; 7 is success");
        v("error_name", &LicensingFacts::error_name, "its name, such as ERR_NO_LICENSE_SERVER");
        v("state_transition", &LicensingFacts::state_transition,
          "dwStateTransition of the error alert");
        v("state_transition_name", &LicensingFacts::state_transition_name,
          "its name, such as ST_TOTAL_ABORT");
        v("completed", &LicensingFacts::completed,
          "whether the server was satisfied: a licence, or none needed");
        v("encrypted", &LicensingFacts::encrypted,
          "whether the messages were encrypted by standard RDP security and could not be read");
        v("ended", &LicensingFacts::ended,
          "how the connection ended meanwhile: reset, closed, client, silent");
    }
};

}  // namespace preflight
