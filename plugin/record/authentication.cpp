// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/authentication.hpp"

#include <algorithm>
#include <array>

#include "wire/text.hpp"

namespace preflight::record {
namespace {

Maybe<std::string> if_any(const std::string& text) {
    return text.empty() ? std::nullopt : Maybe<std::string>(text);
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

/// Whether names differ but for upper and lower case (NetBIOS names are ASCII mostly).
bool differ(std::string a, std::string b) {
    for (std::string* text : {&a, &b})
        std::transform(text->begin(), text->end(), text->begin(), [](char c) {
            return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        });
    return a != b;
}

bool is_step(wire::CredsspStep step) {
    return step != wire::CredsspStep::error && step != wire::CredsspStep::unknown;
}

/// Whether an error of libkrb5 only says that nothing was kept from an earlier sign-in:
/// KRB5_CC_NOTFOUND, KRB5_CC_END, KRB5_KT_NOTFOUND, KRB5_FCC_NOFILE. The client goes on from there.
bool is_empty_cache(std::int64_t code) {
    constexpr std::array<std::int64_t, 4> codes = {-1765328243, -1765328242, -1765328203,
                                                   -1765328189};
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

std::string state_name(wire::SecurityToken::State state) {
    constexpr std::array<const char*, 4> names = {"accept-completed", "accept-incomplete", "reject",
                                                  "request-mic"};
    return names[static_cast<std::size_t>(state)];
}

std::string words_for(const wire::TsRequest& request) {
    std::string text = "TSRequest: " + std::string(name_of(step_of(request)));
    if (request.error_code) return text + " " + as_hex(*request.error_code);
    if (!request.token) return text;
    if (!request.token->mechanism.empty()) text += ", " + request.token->mechanism;
    if (!request.token->offered.empty()) text += "; offers " + joined(request.token->offered);
    return text;
}

}  // namespace

wire::Frame AuthenticationStep::frame(Bytes bytes) {
    using wire::Frame;
    if (bytes.empty()) return {};
    switch (bytes.front()) {
        case 0x30:
            return wire::ts_request_frame(bytes);
        case 0x01:
            return wire::rdstls_server_frame(bytes);
        case '{':
            return wire::entra_frame(bytes);
        // Early User Authorization Result: 0 or 5 in four bytes
        case 0x00:
        case 0x05:
            return {Frame::State::known, 4};
        default:
            return {Frame::State::broken, 0};
    }
}

void AuthenticationStep::begin(const char* method) {
    facts_.started = true;
    facts_.method = method;
}

void AuthenticationStep::sent(Bytes bytes, Scribe& scribe) {
    if (const auto request = wire::parse_ts_request(bytes)) {
        begin("CredSSP");
        // Later messages take up the server's version where that is lower.
        if (!facts_.client_version) facts_.client_version = request->version;
        facts_.last_sent = std::string(name_of(step_of(*request)));
        take(Direction::sent, *request, scribe);
    } else if (const auto message = wire::parse_rdstls(bytes)) {
        begin("RDSTLS");
        if (message->kind != wire::RdstlsMessage::Kind::authentication_request) return;
        facts_.last_sent = "authentication request";
        scribe.note(Direction::sent, "RDSTLS authentication request");
    }
}

void AuthenticationStep::received(Bytes message, Scribe& scribe) {
    if (const auto request = wire::parse_ts_request(message)) {
        begin("CredSSP");
        facts_.server_version = request->version;
        facts_.last_received = std::string(name_of(step_of(*request)));
        take(Direction::received, *request, scribe);
    } else if (const auto rdstls = wire::parse_rdstls(message)) {
        begin("RDSTLS");
        take(*rdstls, scribe);
    } else if (const auto entra = wire::parse_entra(message)) {
        begin("Entra");
        take(*entra, scribe);
    } else if (const auto result = wire::parse_early_user_authorization(message)) {
        take_authorization(*result, scribe);
    }
}

void AuthenticationStep::take(Direction direction, const wire::TsRequest& request, Scribe& scribe) {
    const wire::CredsspStep step = step_of(request);
    if (is_step(step)) {
        furthest_ = std::max(furthest_.value_or(step), step);
        facts_.step = std::string(name_of(*furthest_));
    }
    if (direction == Direction::received) {
        if (request.error_code) {
            facts_.error_code = *request.error_code;
            facts_.error_hex = as_hex(*request.error_code);
        } else if (request.pub_key_auth) {
            // A server proves its key only once it has accepted who signs in, [MS-CSSP] 3.1.5.
            facts_.accepted = true;
        }
    }
    if (request.token) take_token(direction, *request.token, scribe);
    scribe.note(direction, words_for(request));
}

void AuthenticationStep::take_token(Direction direction, const wire::SecurityToken& token,
                                    Scribe& scribe) {
    if (direction == Direction::sent && !token.offered.empty()) facts_.offered = token.offered;
    if (direction == Direction::received && token.state)
        facts_.negotiation_state = state_name(*token.state);
    if (!token.selected.empty()) facts_.mechanism = token.selected;
    if (!token.mechanism.empty()) facts_.mechanism = token.mechanism;
    if (const auto* ntlm = std::get_if<wire::NtlmMessage>(&token.message)) {
        if (const auto* challenge = std::get_if<wire::NtlmChallenge>(ntlm))
            take_challenge(*challenge, scribe);
        if (const auto* proof = std::get_if<wire::NtlmAuthenticate>(ntlm))
            facts_.ntlm.user_named = proof->user;
    } else if (const auto* kerberos = std::get_if<wire::KerberosMessage>(&token.message)) {
        take_kerberos(*kerberos, scribe);
    }
}

void AuthenticationStep::take_challenge(const wire::NtlmChallenge& challenge, Scribe& scribe) {
    NtlmFacts& ntlm = facts_.ntlm;
    ntlm.target = if_any(challenge.target_name);
    ntlm.computer = if_any(challenge.netbios_computer);
    ntlm.domain = if_any(challenge.netbios_domain);
    ntlm.dns_computer = if_any(challenge.dns_computer);
    ntlm.dns_domain = if_any(challenge.dns_domain);
    ntlm.dns_tree = if_any(challenge.dns_tree);
    if (ntlm.computer && ntlm.domain) ntlm.domain_member = differ(*ntlm.computer, *ntlm.domain);
    if (const auto& version = challenge.version) {
        ntlm.os_version = std::to_string(version->major) + "." + std::to_string(version->minor) +
                          "." + std::to_string(version->build);
        ntlm.os_build = version->build;
    }
    if (!challenge.time) return;
    ntlm.server_time = iso_time(*challenge.time);
    ntlm_clock_ = Clock{*challenge.time, scribe.at};
}

void AuthenticationStep::take_kerberos(const wire::KerberosMessage& message, Scribe& scribe) {
    KerberosFacts& kerberos = facts_.kerberos;
    if (!message.realm.empty()) kerberos.realm = message.realm;
    if (!message.service.empty()) kerberos.service = message.service;
    if (message.error_code) kerberos.error_code = *message.error_code;
    if (message.error_status) kerberos.error_status = as_hex(*message.error_status);
    if (!message.server_time) return;
    kerberos.server_time = iso_time(*message.server_time);
    kerberos_clock_ = Clock{*message.server_time, scribe.at};
}

void AuthenticationStep::failed(const KerberosFailed& event, Moment since, Scribe& scribe) {
    KerberosFacts& kerberos = facts_.kerberos;
    kerberos.waited_ms = kerberos.waited_ms.value_or(0) + milliseconds(since, scribe.at);
    scribe.local("Kerberos error " + std::to_string(event.code));
    // What follows the first error mostly follows from it.
    if (kerberos.library_error && !is_empty_cache(*kerberos.library_error)) return;
    kerberos.library_error = event.code;
    if (!event.realm.empty()) kerberos.realm = wire::printable(event.realm);
}

void AuthenticationStep::take(const wire::RdstlsMessage& message, Scribe& scribe) {
    if (message.kind == wire::RdstlsMessage::Kind::capabilities) {
        facts_.last_received = "capabilities";
        return scribe.note(Direction::received, "RDSTLS capabilities");
    }
    const std::string_view name = wire::rdstls_result_name(message.result);
    facts_.last_received = "authentication response";
    facts_.rdstls_result = message.result;
    facts_.rdstls_result_name = name.empty() ? as_hex(message.result) : std::string(name);
    facts_.accepted = message.result == 0;
    scribe.note(Direction::received, "RDSTLS result: " + *facts_.rdstls_result_name);
}

void AuthenticationStep::take(const wire::EntraMessage& message, Scribe& scribe) {
    if (message.kind == wire::EntraMessage::Kind::nonce) {
        facts_.last_received = "nonce";
        return scribe.note(Direction::received, "Entra: nonce");
    }
    facts_.last_received = "result";
    facts_.entra_result = message.result;
    facts_.entra_result_hex = as_hex(message.result);
    facts_.accepted = message.result == 0;
    scribe.note(Direction::received, "Entra: result " + *facts_.entra_result_hex);
}

void AuthenticationStep::take_authorization(std::uint32_t result, Scribe& scribe) {
    facts_.authorization = result;
    scribe.note(Direction::received, "Early User Authorization Result: " + std::to_string(result));
}

AuthenticationFacts AuthenticationStep::facts(const LocalClock& clock) const {
    AuthenticationFacts facts = facts_;
    if (ntlm_clock_) facts.ntlm.clock_skew_s = clock.skew(ntlm_clock_->seconds, ntlm_clock_->at);
    if (kerberos_clock_)
        facts.kerberos.clock_skew_s = clock.skew(kerberos_clock_->seconds, kerberos_clock_->at);
    return facts;
}

}  // namespace preflight::record
