// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/credssp.hpp"

#include <array>

#include "wire/der.hpp"

namespace preflight::wire {
namespace {

/// NegoData, [MS-CSSP] 2.2.1.1: a list of tokens, of which one is sent.
std::optional<SecurityToken> read_nego_data(Reader field) {
    Reader list;
    Reader item;
    Reader tagged;
    Reader octets;
    if (!der::read(field, der::sequence, list) || !der::read(list, der::sequence, item) ||
        !der::read(item, der::context(0), tagged) || !der::read(tagged, der::octet_string, octets))
        return std::nullopt;
    return parse_security_token(octets.rest());
}

bool read_member(std::uint8_t tag, Reader field, TsRequest& request) {
    std::int64_t number = 0;
    switch (tag) {
        case der::context(0):
            if (!der::read_number(field, der::integer, number)) return false;
            request.version = static_cast<std::uint32_t>(number);
            return true;
        case der::context(1):
            request.nego_tokens = true;
            request.token = read_nego_data(field);
            return true;
        case der::context(2):
            request.auth_info = true;
            return true;
        case der::context(3):
            request.pub_key_auth = true;
            return true;
        case der::context(4):
            // An NTSTATUS is sent as a signed number of four octets, or of five with a zero before
            // it.
            if (!der::read_number(field, der::integer, number)) return false;
            request.error_code = static_cast<std::uint32_t>(number);
            return true;
        case der::context(5):
            request.client_nonce = true;
            return true;
        default:
            return true;
    }
}

CredsspStep step_of(const NtlmMessage& message) {
    if (std::holds_alternative<NtlmNegotiate>(message)) return CredsspStep::negotiate;
    if (std::holds_alternative<NtlmChallenge>(message)) return CredsspStep::challenge;
    return CredsspStep::authenticate;
}

CredsspStep step_of(const KerberosMessage& message) {
    switch (message.kind) {
        case KerberosMessage::Kind::ap_req:
            return CredsspStep::authenticate;
        case KerberosMessage::Kind::tgt_req:
            return CredsspStep::negotiate;
        case KerberosMessage::Kind::tgt_rep:
            return CredsspStep::challenge;
        default:
            return CredsspStep::answer;
    }
}

CredsspStep step_of(const SecurityToken& token) {
    if (const auto* ntlm = std::get_if<NtlmMessage>(&token.message)) return step_of(*ntlm);
    if (const auto* kerberos = std::get_if<KerberosMessage>(&token.message))
        return step_of(*kerberos);
    if (token.wrapping == SecurityToken::Wrapping::init) return CredsspStep::negotiate;
    if (token.wrapping == SecurityToken::Wrapping::response) return CredsspStep::answer;
    return CredsspStep::unknown;
}

}  // namespace

Frame ts_request_frame(Bytes bytes) { return der::sequence_frame(bytes); }

std::optional<TsRequest> parse_ts_request(Bytes message) {
    Reader reader(message);
    Reader sequence;
    Reader field;
    TsRequest request;
    std::uint8_t tag = 0;
    if (!der::read(reader, der::sequence, sequence) || !reader.empty() ||
        !der::next_is(sequence, der::context(0)))
        return std::nullopt;
    while (der::read_any(sequence, tag, field))
        if (!read_member(tag, field, request)) return std::nullopt;
    if (!sequence.empty()) return std::nullopt;
    return request;
}

CredsspStep step_of(const TsRequest& request) {
    if (request.error_code) return CredsspStep::error;
    if (request.auth_info) return CredsspStep::credentials;
    if (request.token) return step_of(*request.token);
    if (request.nego_tokens) return CredsspStep::unknown;
    if (request.pub_key_auth) return CredsspStep::public_key;
    return CredsspStep::unknown;
}

std::string_view name_of(CredsspStep step) {
    constexpr std::array<std::string_view, 8> names = {
        "negotiate",        "challenge",   "authenticate", "answer",
        "public key check", "credentials", "error",        "unknown"};
    return names[static_cast<std::size_t>(step)];
}

std::optional<std::uint32_t> parse_early_user_authorization(Bytes message) {
    Reader reader(message);
    std::uint32_t result = 0;
    if (!reader.u32le(result) || !reader.empty()) return std::nullopt;
    return result;
}

}  // namespace preflight::wire
