// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/verdict.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "record/replayed.hpp"
#include "wire/text.hpp"

namespace preflight::record {
namespace {

// FreeRDP's connect errors, freerdp/error.h, the same in both majors.
constexpr std::uint32_t class_errinfo = 1;
constexpr std::uint32_t class_connect = 2;
constexpr std::uint32_t pre_connect_failed = 0x00020001;
constexpr std::uint32_t post_connect_failed = 0x00020003;
constexpr std::uint32_t dns_error = 0x00020004;
constexpr std::uint32_t dns_name_not_found = 0x00020005;
constexpr std::uint32_t connect_failed = 0x00020006;
constexpr std::uint32_t tls_connect_failed = 0x00020008;
constexpr std::uint32_t connect_cancelled = 0x0002000b;
constexpr std::uint32_t connect_transport_failed = 0x0002000d;
constexpr std::uint32_t activation_timeout = 0x0002001c;

/// The steps that a connection of this kind takes, as far as is known, in order.
std::vector<Stage> steps_of(const Facts& facts, Stage stage) {
    std::vector<Stage> steps;
    const auto take = [&](Stage step, bool taken) {
        if (taken) steps.push_back(step);
    };
    const std::int64_t selected = facts.negotiation.selected_bits.value_or(0);
    const bool at_gateway = facts.tls.peer == "gateway" && stage >= Stage::tls;
    const bool tls =
        facts.tls.started.value_or(false) && (facts.tls.peer != "gateway" || at_gateway);
    const bool signs_in = selected > 1 || facts.authentication.started.value_or(false);
    take(Stage::dns, facts.dns.result == "found" || stage == Stage::dns);
    take(Stage::tcp, true);
    take(Stage::proxy, facts.proxy.type && facts.proxy.used.value_or(false));
    take(Stage::gateway, facts.gateway.used.value_or(false) && !at_gateway);
    take(Stage::negotiation, facts.negotiation.request_sent.value_or(false));
    take(Stage::tls, tls);
    take(Stage::certificate, tls);
    take(Stage::authentication, signs_in);
    for (const Stage later : {Stage::mcs, Stage::licensing, Stage::activation}) take(later, true);
    take(Stage::session, stage == Stage::session);
    return steps;
}

}  // namespace

std::uint32_t error_of(const Record& record) {
    return static_cast<std::uint32_t>(record.freerdp.code.value_or(0));
}

const Attempt* furthest_of(const Record& record, int first, int last) {
    const Attempt* choice = nullptr;
    for (const auto& attempt : record.attempts) {
        if (attempt->round < first || attempt->round > last) continue;
        if (!choice || attempt->progress() > choice->progress()) choice = attempt.get();
    }
    return choice;
}

/// Whether an error says more than that the host was not there or went away.
bool is_an_answer(std::uint32_t error) {
    constexpr std::array none = {0u,
                                 dns_error,
                                 dns_name_not_found,
                                 connect_failed,
                                 connect_cancelled,
                                 connect_transport_failed,
                                 activation_timeout};
    return std::find(none.begin(), none.end(), error) == none.end();
}

const Attempt* deciding(const Record& record) {
    // A check that passed goes by the connection that did; those before were refused.
    if (record.check_passed.value_or(false)) return record.attempts.back().get();
    const Life& life = record.life;
    if (!life.ended) return furthest_of(record, record.redirection_round, record.rounds);
    const Attempt* const again = furthest_of(record, life.round + 1, record.rounds);
    if (again && again->stage() >= Stage::tls && is_an_answer(life.last_try.code)) return again;
    return furthest_of(record, record.redirection_round, life.round);
}

std::string outcome_of(const Record& record, Moment now) {
    if (record.check_passed) return *record.check_passed ? "would-connect" : "failed";
    if (record.known.capture.read.value_or(false))
        return replayed_outcome(record, deciding(record), now);
    if (record.terminated && (record.activated || record.freerdp.result == 0)) return "ended";
    if (!record.ended_at) return record.activated ? "connected" : "waiting";
    if (record.freerdp.result == 0) return "connected";
    // FreeRDP 3 gives -1 for a sign-in check (+auth-only) that went well.
    const bool checked = record.known.client.auth_only.value_or(false) && error_of(record) == 0;
    return checked ? "connected" : "failed";
}

Stage stage_of(const Record& record, const Attempt* attempt) {
    const std::uint32_t error = error_of(record);
    if (record.life.ended && attempt) return attempt->stage();
    const bool local = error == pre_connect_failed || error == post_connect_failed;
    if (local || (record.rounds == 0 && record.attempts.empty())) return Stage::local;
    if (error == dns_error || error == dns_name_not_found) return Stage::dns;
    if (attempt && record.check_passed.value_or(false))  // the step that a check does not take
        return attempt->stage() == Stage::authentication ? Stage::authentication : Stage::mcs;
    if (attempt) return attempt->stage();
    // FreeRDP has an error of its own for names; where it gave none, a second look tells.
    const bool unknown_name = error != connect_failed && record.again && record.again->looked_up &&
                              (record.again->lookup_error != 0 || record.again->lookup_timeout);
    return unknown_name ? Stage::dns : Stage::tcp;
}

Closing closing_of(const Record& record, const Attempt& attempt, Moment now) {
    Closing closing;
    closing.now = record.ended_at.value_or(now);
    closing.check = record.is_check();
    // The two connections of a gateway without WebSocket end together.
    const bool last = attempt.number() == record.attempts.back()->number();
    const bool sought = attempt.round > record.life.round && record.life.ended.has_value();
    closing.over = !last || record.ended_at.has_value() || sought;
    if (!last || !closing.over) return closing;
    closing.error = sought ? record.life.last_try.code : error_of(record);
    closing.timed_out = activation_timed_out(record, attempt);
    closing.gave_up = closing.error == tls_connect_failed || closing.error == connect_cancelled;
    closing.transport = closing.error == connect_transport_failed;
    return closing;
}

bool activation_timed_out(const Record& record, const Attempt& attempt) {
    const Stage stage = attempt.stage();
    if (stage < Stage::authentication || stage == Stage::session || attempt.has_ended())
        return false;
    if (error_of(record) == activation_timeout) return true;
    // FreeRDP 2 gives up without an error, and has no other reason to do so behind TLS.
    const bool checks_only = record.known.client.auth_only.value_or(false);
    return record.freerdp.result == -1 && error_of(record) == 0 && !checks_only;
}

Texts reached_steps(const Record& record, const Facts& facts, Stage stage) {
    // What fails locally after the connection was made follows all other steps.
    const bool after_all = error_of(record) == post_connect_failed;
    const bool active = facts.outcome == "connected" || facts.outcome == "ended";
    Stage until = after_all ? record.state_stage.value_or(Stage::local) : stage;
    if (active && facts.client.auth_only.value_or(false) && !record.activated) until = Stage::mcs;
    Texts reached;
    for (const Stage step : steps_of(facts, until))
        if (step < until || (step == until && active && step == Stage::session))
            reached.emplace_back(name_of(step));
    return reached;
}

bool names_resolved(const Record& record) {
    const std::uint32_t error = error_of(record);
    if (error == dns_error || error == dns_name_not_found) return false;
    // FreeRDP has an error of its own for names: with this one the name was found.
    return !record.attempts.empty() || error == connect_failed;
}

bool is_sign_in(const ErrorSeen& error) {
    // freerdp/error.h: AUTHENTICATION_FAILED, and from PASSWORD_EXPIRED to
    // NO_OR_MISSING_CREDENTIALS
    constexpr std::uint32_t authentication_failed = 0x00020009;
    constexpr std::uint32_t password_expired = 0x0002000e;
    constexpr std::uint32_t no_credentials = 0x0002001b;
    return error.code == authentication_failed ||
           (error.code >= password_expired && error.code <= no_credentials);
}

void fill_error(const ErrorSeen& error, FreerdpFacts& facts) {
    std::array<char, 16> hex{};
    std::snprintf(hex.data(), hex.size(), "0x%08X", error.code);
    facts.code = error.code;
    facts.code_hex = hex.data();
    facts.name = wire::printable(error.name);
    facts.text = wire::printable(error.text);
    const std::uint32_t error_class = error.code >> 16;
    facts.kind = error.code == 0                ? "none"
                 : error_class == class_connect ? "connect"
                 : error_class == class_errinfo ? "errinfo"
                                                : "other";
}

}  // namespace preflight::record
