// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/ask_again.hpp"

#include <cerrno>

#include "wire/text.hpp"
#include "wire/tls_names.hpp"

namespace preflight::record {
namespace {

using Answer = AskedAgain::Answer;
using Question = AskedAgain::Question;

bool is_answered(const Answer& answer) {
    if (!answer.negotiated || answer.refused) return false;
    return !answer.wants_tls || answer.established;
}

const char* outcome_of(const Answer& answer) {
    if (!answer.connected) return "not connected";
    if (is_answered(answer)) return "answered";
    if (answer.refused) return "refused";
    // A handshake that this side broke off is an end as well: it leads no further.
    const bool ended = answer.end || answer.alert || answer.tls_version != 0;
    return ended ? "broke off" : "silent";
}

std::string alert_text(int alert) {
    const std::string_view name = wire::alert_name(alert);
    return name.empty() ? "alert " + std::to_string(alert) : std::string(name);
}

/// The outcome, as exactly as a reader wants to have it.
std::string detail_of(const Answer& answer) {
    if (is_answered(answer) && answer.established)
        return wire::tls_version_name(answer.tls_version) + " works";
    if (answer.connected && !answer.refused) {
        if (answer.alert) return alert_text(*answer.alert);
        if (answer.end && !is_answered(answer)) return *answer.end == 0 ? "closed" : "reset";
    }
    return outcome_of(answer);
}

const char* words_of(Question question) {
    switch (question) {
        case Question::same:
            return "the same once more";
        case Question::tls_1_2:
            return "TLS 1.2 alone";
        case Question::short_hello:
            return "a shorter greeting";
        case Question::old_tls:
            return "old TLS and ciphers too";
        case Question::nla:
            return "NLA or TLS";
        case Question::tls:
            return "TLS";
        case Question::rdp:
            return "RDP security";
    }
    return "";
}

Maybe<std::string>& member_for(Question question, AgainFacts& facts) {
    switch (question) {
        case Question::tls_1_2:
            return facts.tls_1_2;
        case Question::short_hello:
            return facts.short_hello;
        case Question::old_tls:
            return facts.old_tls;
        case Question::nla:
            return facts.nla;
        case Question::tls:
            return facts.tls;
        case Question::rdp:
            return facts.rdp;
        case Question::same:
            break;
    }
    return facts.same;
}

void add_accepted(const Answer& answer, AgainFacts& facts) {
    if (!is_answered(answer)) return;
    if (answer.question == Question::nla) facts.accepts.emplace_back("NLA");
    if (answer.question == Question::tls) facts.accepts.emplace_back("TLS");
    if (answer.question == Question::rdp) facts.accepts.emplace_back("RDP security");
    if (answer.question != Question::old_tls || !answer.tls_version) return;
    facts.old_tls_version = wire::tls_version_name(answer.tls_version);
    if (!answer.cipher.empty()) facts.old_tls_cipher = wire::printable(answer.cipher);
}

}  // namespace

AgainFacts again_facts(const AskedAgain& asked) {
    AgainFacts facts;
    if (asked.answers.empty()) return facts;
    facts.connections = static_cast<std::int64_t>(asked.answers.size());
    facts.duration_ms = asked.took.count();
    for (const Answer& answer : asked.answers) {
        member_for(answer.question, facts) = outcome_of(answer);
        facts.answers.push_back(std::string(words_of(answer.question)) + ": " + detail_of(answer));
        add_accepted(answer, facts);
    }
    return facts;
}

}  // namespace preflight::record
