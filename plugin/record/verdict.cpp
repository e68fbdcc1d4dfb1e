// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

#include "facts/stage.hpp"
#include "record/look_again.hpp"
#include "record/record.hpp"
#include "wire/text.hpp"

namespace preflight {
namespace {

using record::Attempt;
using record::Closing;
using record::Moment;
using record::Record;

// FreeRDP's connect errors, freerdp/error.h, the same in both majors.
constexpr std::uint32_t class_errinfo = 1;
constexpr std::uint32_t class_connect = 2;
constexpr std::uint32_t pre_connect_failed = 0x00020001;
constexpr std::uint32_t post_connect_failed = 0x00020003;
constexpr std::uint32_t dns_error = 0x00020004;
constexpr std::uint32_t dns_name_not_found = 0x00020005;
constexpr std::uint32_t tls_connect_failed = 0x00020008;
constexpr std::uint32_t connect_cancelled = 0x0002000b;
constexpr std::uint32_t connect_transport_failed = 0x0002000d;

std::uint32_t error_of(const Record& state) {
    return static_cast<std::uint32_t>(state.freerdp.code.value_or(0));
}

std::string outcome_of(const Record& state) {
    if (state.terminated && (state.activated || state.freerdp.result == 0)) return "ended";
    if (!state.ended_at) return state.activated ? "connected" : "waiting";
    if (state.freerdp.result == 0) return "connected";
    // FreeRDP 3 gives -1 for a sign-in check (+auth-only) that went well.
    const bool checked = state.known.client.auth_only.value_or(false) && error_of(state) == 0;
    return checked ? "connected" : "failed";
}

Stage stage_of(const Record& state, const Attempt* attempt) {
    const std::uint32_t error = error_of(state);
    const bool local = error == pre_connect_failed || error == post_connect_failed;
    if (local || (state.rounds == 0 && state.attempts.empty())) return Stage::local;
    if (error == dns_error || error == dns_name_not_found) return Stage::dns;
    if (attempt) return attempt->stage();
    const bool unknown_name = state.again && state.again->looked_up &&
                              (state.again->lookup_error != 0 || state.again->lookup_timeout);
    return unknown_name ? Stage::dns : Stage::tcp;
}

Closing closing_of(const Record& state, const Attempt& attempt, Moment now) {
    Closing closing;
    closing.now = state.ended_at.value_or(now);
    const bool last = &attempt == state.attempts.back().get();
    closing.over = !last || state.ended_at.has_value();
    if (!last || !state.ended_at) return closing;
    closing.error = error_of(state);
    closing.gave_up = closing.error == tls_connect_failed || closing.error == connect_cancelled;
    closing.transport = closing.error == connect_transport_failed;
    return closing;
}

/// The steps that a connection of this kind takes, as far as is known, in order.
std::vector<Stage> steps_of(const Facts& facts, Stage stage) {
    std::vector<Stage> steps;
    const auto take = [&](Stage step, bool taken) {
        if (taken) steps.push_back(step);
    };
    const std::int64_t selected = facts.negotiation.selected_bits.value_or(0);
    const bool tls = facts.tls.started.value_or(false) && facts.tls.peer != "gateway";
    const bool signs_in = selected > 1 || facts.authentication.started.value_or(false);
    take(Stage::dns, !facts.target.is_address.value_or(false) || facts.proxy.used.value_or(false));
    take(Stage::tcp, true);
    take(Stage::proxy, facts.proxy.type && facts.proxy.used.value_or(false));
    take(Stage::gateway, facts.gateway.used.value_or(false));
    take(Stage::negotiation, facts.negotiation.request_sent.value_or(false));
    take(Stage::tls, tls);
    take(Stage::certificate, tls);
    take(Stage::authentication, signs_in);
    for (const Stage later : {Stage::mcs, Stage::licensing, Stage::activation}) take(later, true);
    take(Stage::session, stage == Stage::session);
    return steps;
}

Texts reached_steps(const Record& state, const Facts& facts, Stage stage) {
    // What fails locally after the connection was made follows all other steps.
    const bool after_all = error_of(state) == post_connect_failed;
    const bool active = facts.outcome == "connected" || facts.outcome == "ended";
    Stage until = after_all ? state.state_stage.value_or(Stage::local) : stage;
    if (active && facts.client.auth_only.value_or(false) && !state.activated) until = Stage::mcs;
    Texts reached;
    for (const Stage step : steps_of(facts, until))
        if (step < until || (step == until && active && step == Stage::session))
            reached.emplace_back(name_of(step));
    return reached;
}

/// What this computer's clock showed at the start, seconds since 1970; now, where it is not known.
std::time_t clock_of(const ClientFacts& client) {
    return record::seconds_of(client.time.value_or("")).value_or(std::time(nullptr));
}

std::string checked_name(const Facts& facts, const AttemptFacts& attempt) {
    if (attempt.tls.peer == "gateway") return facts.gateway.host.value_or("");
    // Whereto a redirection led only the name in the handshake tells.
    if (attempt.redirected.value_or(false)) return attempt.tls.sni.value_or("");
    return facts.target.server_name.value_or(facts.target.host.value_or(""));
}

/// Where FreeRDP keeps what it knows of the host: 2 in one list, 3 in a file for each host and
/// port.
Maybe<std::string> known_file(const Facts& facts) {
    if (!facts.client.config_path || !facts.client.freerdp_version || !facts.target.host)
        return std::nullopt;
    if (facts.client.freerdp_version->substr(0, 2) == "2.")
        return *facts.client.config_path + "/known_hosts2";
    std::string host = *facts.target.host;
    std::transform(host.begin(), host.end(), host.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return *facts.client.config_path + "/server/" + host + "_" +
           std::to_string(facts.target.port.value_or(3389)) + ".pem";
}

void fill_certificate(const Record& state, const Facts& facts, const Attempt& attempt,
                      AttemptFacts& result) {
    if (attempt.chain().empty()) return;
    CertificateQuestion question;
    question.name = checked_name(facts, result);
    question.now = clock_of(facts.client);
    if (facts.client.config_path) question.directory = *facts.client.config_path + "/certs";
    CertificateFacts contents = state.judged.of(attempt.chain(), question);
    record::merge_fate(result.certificate, contents);
    if (result.tls.peer != "gateway") contents.known_file = known_file(facts);
    result.certificate = std::move(contents);
}

AttemptFacts facts_of(const Record& state, const Facts& facts, const Attempt& attempt, Moment now) {
    const Closing closing = closing_of(state, attempt, now);
    AttemptFacts result =
        attempt.facts(closing, facts.client.security,
                      {state.start, record::seconds_of(facts.client.time.value_or(""))});
    if (result.tls.peer)
        result.tls.peer_name =
            result.tls.peer == "gateway" ? facts.gateway.host : facts.target.host;
    fill_certificate(state, facts, attempt, result);
    return result;
}

void fill_dns(const Record& state, Facts& facts) {
    DnsFacts& dns = facts.dns;
    const bool numeric = facts.target.is_address.value_or(false);
    if (facts.proxy.used.value_or(false) && facts.proxy.host)
        dns.name = facts.proxy.host;
    else if (facts.gateway.used.value_or(false) && facts.gateway.host)
        dns.name = facts.gateway.host;
    else if (!numeric)
        dns.name = facts.target.host;
    if (dns.name && !state.attempts.empty()) dns.result = "found";
    if (state.again) record::apply_look_up(*state.again, dns);
}

/// Of the session, what the client told goes before what was seen on the wire.
void merge_session(const AttemptFacts& attempt, SessionFacts& session) {
    SessionFacts seen = attempt.session;
    if (session.activated) seen.activated = session.activated;
    if (session.error_info) {
        // Behind the activation nobody listens any more, and what is encrypted tells nothing.
        const bool heard = attempt.mcs.last_received && !session.activated && !seen.encrypted &&
                           !attempt.licensing.encrypted;
        if (heard) seen.error_info_sent = seen.error_info == session.error_info;
        seen.error_info = session.error_info;
        seen.error_info_name = session.error_info_name;
        seen.error_info_text = session.error_info_text;
    }
    session = std::move(seen);
}

/// The steps behind TLS.
void take_over_later(const AttemptFacts& attempt, Facts& facts) {
    const auto library_error = facts.authentication.kerberos.library_error;
    facts.authentication = attempt.authentication;
    facts.authentication.kerberos.library_error = library_error;
    facts.mcs = attempt.mcs;
    facts.licensing = attempt.licensing;
    merge_session(attempt, facts.session);
    if (!facts.gateway.used.value_or(false)) return;
    GatewayFacts gateway = attempt.gateway;
    gateway.used = facts.gateway.used;
    gateway.host = facts.gateway.host;
    gateway.port = facts.gateway.port;
    facts.gateway = std::move(gateway);
}

void take_over(const AttemptFacts& attempt, Facts& facts) {
    facts.attempt = attempt.number;
    facts.tcp = attempt.tcp;
    facts.negotiation = attempt.negotiation;
    facts.tls = attempt.tls;
    facts.certificate = attempt.certificate;
    take_over_later(attempt, facts);
    if (!attempt.proxy.used.value_or(false)) return;
    facts.proxy.used = true;
    facts.proxy.type = attempt.proxy.type;
    facts.proxy.status = attempt.proxy.status;
    facts.proxy.reason = attempt.proxy.reason;
}

void fill_wait(const Record& state, const std::string& waiting_for, Moment now, Facts& facts) {
    if (facts.outcome != "waiting" || waiting_for.empty()) return;
    facts.wait.waiting_for = waiting_for;
    facts.wait.seconds = record::milliseconds(state.progress, now) / 1000;
}

}  // namespace

namespace record {

const Attempt* deciding(const std::vector<std::unique_ptr<Attempt>>& attempts) {
    const Attempt* choice = nullptr;
    bool redirected = false;
    for (const auto& attempt : attempts) {
        const bool newly = attempt->redirected && !redirected;
        redirected = redirected || attempt->redirected;
        if (!choice || newly || attempt->stage() > choice->stage()) choice = attempt.get();
    }
    return choice;
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

}  // namespace record

Facts Recorder::facts(Observation::Clock::time_point now) const {
    const Record& state = *state_;
    Facts facts = state.known;
    facts.schema = 1;
    facts.outcome = outcome_of(state);
    facts.attempt_count = state.attempt_count;
    facts.duration_ms = record::milliseconds(state.start, state.ended_at.value_or(now));
    facts.freerdp = state.freerdp;
    facts.local = state.local;
    facts.session = state.session;
    if (state.redirected) facts.target.redirected = true;

    const Attempt* const choice = record::deciding(state.attempts);
    for (const auto& attempt : state.attempts)
        facts.attempts.push_back(facts_of(state, facts, *attempt, now));
    if (choice) {
        const auto index = static_cast<std::size_t>(
            std::find_if(state.attempts.begin(), state.attempts.end(),
                         [&](const auto& attempt) { return attempt.get() == choice; }) -
            state.attempts.begin());
        take_over(facts.attempts[index], facts);
    }
    // A redirection is told on one connection and met on the next.
    for (const AttemptFacts& attempt : facts.attempts)
        if (attempt.session.redirection.seen)
            facts.session.redirection = attempt.session.redirection;
    if (state.again)
        record::apply_connect(*state.again, choice && choice->anything_moved(), facts.tcp);
    if (!choice && state.ended_at && state.rounds > 0)
        facts.tcp.duration_ms = record::milliseconds(state.dialled, *state.ended_at);
    fill_dns(state, facts);

    const Stage stage = stage_of(state, choice);
    facts.stage = std::string(name_of(stage));
    facts.reached = reached_steps(state, facts, stage);
    fill_wait(state, waiting_for(), now, facts);
    facts.events = state.ladder.events();
    return facts;
}

}  // namespace preflight
