// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/spnego.hpp"

#include <array>
#include <string_view>

#include "wire/der.hpp"

namespace preflight::wire {
namespace {

struct MechanismName {
    std::string_view identifier;
    std::string_view name;
};

// RFC 4178, RFC 4121, [MS-SPNG] 1.9, [MS-NEGOEX] 2.2.3, draft-swift-win2k-krb-user2user
constexpr std::array<MechanismName, 6> mechanisms = {{
    {"1.3.6.1.5.5.2", "SPNEGO"},
    {"1.3.6.1.4.1.311.2.2.10", "NTLM"},
    {"1.2.840.113554.1.2.2", "Kerberos"},
    {"1.2.840.48018.1.2.2", "MS-Kerberos"},
    {"1.2.840.113554.1.2.2.3", "Kerberos user-to-user"},
    {"1.3.6.1.4.1.311.2.2.30", "NEGOEX"},
}};

constexpr std::size_t most_mechanisms = 16;
constexpr std::string_view negoex_signature = "NEGOEXTS";

std::string read_mechanism(Reader& reader) {
    Reader contents;
    if (!der::read(reader, der::object_identifier, contents)) return {};
    const std::string identifier = der::dotted(contents);
    for (const auto& mechanism : mechanisms)
        if (mechanism.identifier == identifier) return std::string(mechanism.name);
    return identifier;
}

bool begins_with(Bytes bytes, std::string_view text) {
    return bytes.size() >= text.size() &&
           std::string_view(reinterpret_cast<const char*>(bytes.data()), text.size()) == text;
}

/// A token of one mechanism, without SPNEGO around it: NTLM, NEGOEX, Kerberos with or without the
/// InitialContextToken of RFC 2743 section 3.1.
void read_inner(Bytes bytes, SecurityToken& token) {
    Reader reader(bytes);
    Reader contents;
    if (is_ntlm(bytes)) {
        token.mechanism = "NTLM";
        if (auto message = parse_ntlm(bytes)) token.message = std::move(*message);
    } else if (begins_with(bytes, negoex_signature)) {
        token.mechanism = "NEGOEX";
    } else if (der::read(reader, der::application(0), contents)) {
        token.mechanism = read_mechanism(contents);
        if (auto message = parse_kerberos_token(contents.rest()))
            token.message = std::move(*message);
    } else if (auto message = parse_kerberos(bytes)) {
        token.mechanism = "Kerberos";
        token.message = std::move(*message);
    }
}

void read_octets(Reader field, SecurityToken& token) {
    Reader octets;
    if (der::read(field, der::octet_string, octets)) read_inner(octets.rest(), token);
}

void read_offered(Reader field, SecurityToken& token) {
    Reader list;
    if (!der::read(field, der::sequence, list)) return;
    while (!list.empty() && token.offered.size() < most_mechanisms) {
        std::string name = read_mechanism(list);
        if (name.empty()) return;
        token.offered.push_back(std::move(name));
    }
}

/// NegTokenInit, RFC 4178 section 4.2.1; of NegTokenInit2 ([MS-SPNG] 2.2.1) the hints are passed
/// over.
bool read_init(Reader reader, SecurityToken& token) {
    token.wrapping = SecurityToken::Wrapping::init;
    Reader sequence;
    Reader field;
    std::uint8_t tag = 0;
    if (!der::read(reader, der::sequence, sequence)) return false;
    while (der::read_any(sequence, tag, field)) {
        if (tag == der::context(0)) read_offered(field, token);
        if (tag == der::context(2)) read_octets(field, token);
    }
    return sequence.empty();
}

std::optional<SecurityToken::State> read_state(Reader field) {
    std::int64_t number = 0;
    if (!der::read_number(field, der::enumerated, number) || number < 0 || number > 3)
        return std::nullopt;
    return static_cast<SecurityToken::State>(number);
}

/// NegTokenResp, RFC 4178 section 4.2.2.
bool read_response(Reader reader, SecurityToken& token) {
    token.wrapping = SecurityToken::Wrapping::response;
    Reader sequence;
    Reader field;
    std::uint8_t tag = 0;
    if (!der::read(reader, der::sequence, sequence)) return false;
    while (der::read_any(sequence, tag, field)) {
        if (tag == der::context(0)) token.state = read_state(field);
        if (tag == der::context(1)) token.selected = read_mechanism(field);
        if (tag == der::context(2)) read_octets(field, token);
    }
    return sequence.empty();
}

/// Whether this is the InitialContextToken of SPNEGO; then `reader` stands behind the identifier.
bool enter_spnego(Reader& reader) {
    Reader ahead = reader;
    Reader contents;
    if (!der::read(ahead, der::application(0), contents) ||
        read_mechanism(contents) != mechanisms[0].name)
        return false;
    reader = contents;
    return true;
}

}  // namespace

std::optional<SecurityToken> parse_security_token(Bytes bytes) {
    SecurityToken token;
    Reader reader(bytes);
    Reader contents;
    const bool initial = enter_spnego(reader);
    if (der::read(reader, der::context(0), contents)) {
        if (!read_init(contents, token)) return std::nullopt;
    } else if (der::read(reader, der::context(1), contents)) {
        if (!read_response(contents, token)) return std::nullopt;
    } else if (initial || bytes.empty()) {
        return std::nullopt;
    } else {
        read_inner(bytes, token);
    }
    return token;
}

}  // namespace preflight::wire
