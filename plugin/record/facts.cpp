// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <algorithm>
#include <ctime>

#include "record/ask_again.hpp"
#include "record/channels.hpp"
#include "record/look_again.hpp"
#include "record/recorder.hpp"
#include "record/verdict.hpp"

namespace preflight::record {
namespace {

/// What this computer's clock showed at the start, seconds since 1970; now, where it is not known.
std::time_t clock_of(const ClientFacts& client) {
    return seconds_of(client.time.value_or("")).value_or(std::time(nullptr));
}

std::string checked_name(const Facts& facts, const AttemptFacts& attempt) {
    if (attempt.tls.peer == "gateway") return facts.gateway.host.value_or("");
    // Whereto a redirection led only the name in the handshake tells.
    if (attempt.redirected.value_or(false)) return attempt.tls.sni.value_or("");
    // Nor does a capture hold any other name.
    if (facts.capture.read.value_or(false)) return attempt.tls.sni.value_or("");
    return facts.target.server_name.value_or(facts.target.host.value_or(""));
}

/// Where FreeRDP keeps what it knows of the host: 2 in one list, 3 in a file for each host and
/// port.
Maybe<std::string> known_file(const Facts& facts, const TlsFacts& tls) {
    if (!facts.client.config_path || !facts.client.freerdp_version || !tls.peer_name)
        return std::nullopt;
    if (facts.client.freerdp_version->substr(0, 2) == "2.")
        return *facts.client.config_path + "/known_hosts2";
    std::string host = *tls.peer_name;
    std::transform(host.begin(), host.end(), host.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return *facts.client.config_path + "/server/" + host + "_" +
           std::to_string(tls.peer_port.value_or(3389)) + ".pem";
}

void fill_certificate(const Record& record, const Facts& facts, const Attempt& attempt,
                      AttemptFacts& result) {
    CertificateQuestion question;
    question.name = checked_name(facts, result);
    question.now = clock_of(facts.client);
    if (facts.client.config_path) question.directory = *facts.client.config_path + "/certs";
    CertificateFacts contents;
    if (!attempt.chain().empty()) contents = record.judged.of(attempt.chain(), question);
    merge_fate(result.certificate, contents);
    if (contents.seen.value_or(false)) contents.known_file = known_file(facts, result.tls);
    result.certificate = std::move(contents);
}

/// The gateway's certificate, where the one above is the host's.
void fill_gateway_certificate(const Record& record, const Facts& facts, const Attempt& attempt,
                              AttemptFacts& result) {
    if (!result.gateway.tls.started) return;
    result.gateway.tls.peer_name = facts.gateway.host;
    result.gateway.tls.peer_port = facts.gateway.port;
    if (attempt.gateway_chain().empty()) return;
    CertificateQuestion question;
    question.name = facts.gateway.host.value_or("");
    question.now = clock_of(facts.client);
    if (facts.client.config_path) question.directory = *facts.client.config_path + "/certs";
    CertificateFacts contents = record.judged.of(attempt.gateway_chain(), question);
    merge_fate(result.gateway.certificate, contents);
    result.gateway.certificate = std::move(contents);
}

AttemptFacts facts_of(const Record& record, const Facts& facts, const Attempt& attempt,
                      Moment now) {
    const Closing closing = closing_of(record, attempt, now);
    AttemptFacts result = attempt.facts(closing, facts.client.security,
                                        {record.start, seconds_of(facts.client.time.value_or(""))});
    if (result.tls.peer) {
        const bool gateway = result.tls.peer == "gateway";
        result.tls.peer_name = gateway ? facts.gateway.host : facts.target.host;
        result.tls.peer_port = gateway ? facts.gateway.port : facts.target.port;
    }
    fill_certificate(record, facts, attempt, result);
    fill_gateway_certificate(record, facts, attempt, result);
    return result;
}

void fill_dns(const Record& record, Facts& facts) {
    DnsFacts& dns = facts.dns;
    const bool numeric = facts.target.is_address.value_or(false);
    if (facts.proxy.used.value_or(false) && facts.proxy.host)
        dns.name = facts.proxy.host;
    else if (facts.gateway.used.value_or(false) && facts.gateway.host)
        dns.name = facts.gateway.host;
    else if (!numeric)
        dns.name = facts.target.host;
    if (dns.name && names_resolved(record)) dns.result = "found";
    if (record.again) apply_look_up(*record.again, dns);
}

/// Of the session, what the client told goes before what was seen on the wire.
void merge_session(const AttemptFacts& attempt, SessionFacts& session) {
    SessionFacts seen = attempt.session;
    if (session.activated) seen.activated = session.activated;
    seen.ended_by = session.ended_by;
    if (session.logon_error_type)
        fill_logon_error(static_cast<std::uint32_t>(*session.logon_error_type),
                         static_cast<std::uint32_t>(session.logon_error_data.value_or(0)), seen);
    if (session.error_info) {
        // Behind the activation nobody listens any more, and what is encrypted tells nothing.
        const bool heard = attempt.mcs.last_received && !session.activated && !seen.encrypted &&
                           !attempt.licensing.encrypted;
        if (heard) seen.error_info_sent = seen.error_info == session.error_info;
        if (session.activated) seen.error_info_sent = session.error_info_sent;
        seen.error_info = session.error_info;
        seen.error_info_name = session.error_info_name;
        seen.error_info_text = session.error_info_text;
    }
    session = std::move(seen);
}

/// What the source of a replay knew stays.
void merge_capture(CaptureFacts attempt, CaptureFacts& capture) {
    attempt.read = capture.read;
    attempt.client = capture.client;
    attempt.from_start = capture.from_start;
    capture = std::move(attempt);
}

/// The steps behind TLS.
void take_over_later(const AttemptFacts& attempt, Facts& facts) {
    facts.authentication = attempt.authentication;
    facts.mcs = attempt.mcs;
    facts.licensing = attempt.licensing;
    merge_session(attempt, facts.session);
    if (facts.capture.read.value_or(false)) merge_capture(attempt.capture, facts.capture);
    if (!facts.gateway.used.value_or(false)) return;
    GatewayFacts gateway = attempt.gateway;
    gateway.used = facts.gateway.used;
    gateway.host = facts.gateway.host;
    gateway.port = facts.gateway.port;
    gateway.endpoint = facts.gateway.endpoint;
    gateway.transports = facts.gateway.transports;
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

void fill_wait(const Record& record, const std::string& waiting_for, Moment now, Facts& facts) {
    if (facts.outcome != "waiting" || waiting_for.empty()) return;
    facts.wait.waiting_for = waiting_for;
    facts.wait.seconds = milliseconds(record.progress, now) / 1000;
}

/// FreeRDP's limit ran out: what did not come.
void fill_timeout(const Record& record, const Attempt* choice, Facts& facts) {
    if (!choice || !record.ended_at || !activation_timed_out(record, *choice)) return;
    facts.freerdp.activation_timeout = true;
    if (const std::string awaited = choice->awaited(); !awaited.empty())
        facts.wait.waiting_for = awaited;
    facts.wait.seconds = milliseconds(choice->last_moved(), *record.ended_at) / 1000;
}

/// The facts of the deciding attempt, where there is one.
const AttemptFacts* facts_of_attempt(const Facts& facts, const Attempt* attempt) {
    for (const AttemptFacts& candidate : facts.attempts)
        if (attempt && candidate.number == attempt->number()) return &candidate;
    return nullptr;
}

void fill_attempts(const Record& record, const Attempt* choice, Moment now, Facts& facts) {
    for (const auto& attempt : record.attempts) {
        AttemptFacts result = facts_of(record, facts, *attempt, now);
        if (attempt->partner && !facts.attempts.empty())
            join_channels(std::move(result), facts.attempts.back());
        else
            facts.attempts.push_back(std::move(result));
    }
    if (const AttemptFacts* const attempt = facts_of_attempt(facts, choice))
        take_over(*attempt, facts);
    // A redirection is told on one connection and met on the next.
    for (const AttemptFacts& attempt : facts.attempts)
        if (attempt.session.redirection.seen)
            facts.session.redirection = attempt.session.redirection;
}

void fill_tcp(const Record& record, const Attempt* choice, Facts& facts) {
    if (record.again)
        apply_connect(*record.again, choice && choice->anything_moved(),
                      facts.client.prefer_ipv6.value_or(false), facts.tcp);
    if (!choice && record.ended_at && record.rounds > 0)
        facts.tcp.duration_ms = milliseconds(record.dialled, *record.ended_at);
}

}  // namespace
}  // namespace preflight::record

namespace preflight {

Facts Recorder::facts(Observation::Clock::time_point now) const {
    const record::Record& record = *state_;
    const record::Attempt* const choice = record::deciding(record);
    Facts facts = record.known;
    facts.schema = 1;
    facts.outcome = record::outcome_of(record, now);
    facts.attempt_count = record.attempt_count;
    facts.duration_ms = record::milliseconds(record.start, record.ended_at.value_or(now));
    facts.freerdp = record.freerdp;
    if (record.life.ended && choice && choice->round > record.life.round)
        record::fill_error(record.life.last_try, facts.freerdp);
    facts.local = record.local;
    facts.session = record.session;
    if (record.redirected) facts.target.redirected = true;
    record::fill_attempts(record, choice, now, facts);
    record::fill_tcp(record, choice, facts);
    record::fill_dns(record, facts);
    if (record.asked_again) facts.again = record::again_facts(*record.asked_again);
    const Stage stage = record::stage_of(record, choice);
    facts.stage = std::string(name_of(stage));
    facts.reached = record::reached_steps(record, facts, stage);
    record::fill_wait(record, waiting_for(), now, facts);
    record::fill_timeout(record, choice, facts);
    record::fill_life(record, now, facts);
    facts.events = record.ladder.events();
    return facts;
}

}  // namespace preflight
