// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "diagnose/telling.hpp"

namespace preflight {
namespace {

// [MS-RDPBCGR] 2.2.5.1.1: the user disconnected, or signed out.
constexpr std::int64_t disconnected_by_user = 0x0b;
constexpr std::int64_t logoff_by_user = 0x0c;
constexpr std::int64_t rn_user_requested = 3;  // T.125

/// The host's sign-in program refused the user before the session ended.
bool sign_in_failed(const SessionFacts& session, const Catalogue& catalogue) {
    if (!session.logon_error_type) return false;
    const std::string type = std::to_string(*session.logon_error_type);
    const std::string kind = catalogue.code("logon-error", type, "kind");
    // A type that is no message of the program is an NTSTATUS.
    return kind.empty() ? *session.logon_error_type != 0 : kind == "failure";
}

/// A check of user name and password (+auth-only) over a security protocol that knows neither.
bool checked_nothing(const Facts& facts) {
    return facts.client.auth_only.value_or(false) &&
           (facts.negotiation.selected == "SSL" || facts.negotiation.selected == "RDP");
}

Telling telling_of_reason(const Facts& facts, const Catalogue& catalogue) {
    const SessionFacts& session = facts.session;
    const std::int64_t code = session.error_info.value_or(0);
    if (!session.error_info_sent.value_or(true))  // a farewell alone
        return facts.mcs.disconnect_reason == rn_user_requested ? Telling::nothing : Telling::line;
    if (code == disconnected_by_user || code == logoff_by_user) return Telling::nothing;
    const std::string kind = catalogue.code("errinfo", std::to_string(code), "kind");
    if (kind == "noise") return Telling::nothing;
    return kind == "ending" ? Telling::line : Telling::report;
}

}  // namespace

Telling telling_of(const Facts& facts, const Catalogue& catalogue) {
    const SessionFacts& session = facts.session;
    if (facts.outcome == "connected") {
        const bool worth_a_line = sign_in_failed(session, catalogue) || checked_nothing(facts);
        return worth_a_line ? Telling::line : Telling::nothing;
    }
    if (facts.outcome != "ended" || !session.lasted_s) return Telling::report;
    const std::string who = session.ended_by.value_or("client");
    if (who == "client") return Telling::nothing;
    if (sign_in_failed(session, catalogue)) return Telling::report;
    if (session.error_info) return telling_of_reason(facts, catalogue);
    return who == "network" ? Telling::report : Telling::line;
}

}  // namespace preflight
