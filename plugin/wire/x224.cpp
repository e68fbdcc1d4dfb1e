// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/x224.hpp"

#include <array>
#include <cstdio>
#include <string_view>

namespace preflight::wire {
namespace {

constexpr std::uint8_t tpkt_version = 3;
constexpr std::size_t tpkt_header = 4;

// X.224 section 13.2.2.2: the code of a TPDU is its upper four bits.
constexpr std::uint8_t code_connection_request = 0xe0;
constexpr std::uint8_t code_connection_confirm = 0xd0;
constexpr std::uint8_t code_data = 0xf0;

// [MS-RDPBCGR] 2.2.1.1.1, 2.2.1.1.2, 2.2.1.2.1, 2.2.1.2.2
constexpr std::uint8_t type_request = 0x01;
constexpr std::uint8_t type_response = 0x02;
constexpr std::uint8_t type_failure = 0x03;
constexpr std::uint8_t type_correlation = 0x06;
constexpr std::uint16_t negotiation_length = 8;
constexpr std::uint16_t correlation_length = 36;

/// The TPDU header: length indicator (of the header without itself) and code; `header` is what
/// belongs to the header behind the code.
bool read_tpdu(Bytes tpkt, std::uint8_t& code, Reader& header) {
    Reader reader(tpkt);
    return reader.skip(tpkt_header) && reader.vector8(header) && header.u8(code);
}

/// The variable part of a connection request or confirm, X.224 sections 13.3 and 13.4: behind
/// DST-REF, SRC-REF and class.
bool read_connection(Bytes tpkt, std::uint8_t code, Reader& variable) {
    std::uint8_t found = 0;
    return read_tpdu(tpkt, found, variable) && (found & 0xf0) == code && variable.skip(2 + 2 + 1);
}

struct Negotiation {
    std::uint8_t type = 0;
    std::uint8_t flags = 0;
    std::uint32_t value = 0;
};

/// RDP_NEG_REQ, RDP_NEG_RSP and RDP_NEG_FAILURE have one layout.
bool read_negotiation(Reader& reader, Negotiation& negotiation) {
    Reader ahead = reader;
    std::uint16_t length = 0;
    if (!ahead.u8(negotiation.type) || !ahead.u8(negotiation.flags) || !ahead.u16le(length) ||
        length != negotiation_length || !ahead.u32le(negotiation.value))
        return false;
    reader = ahead;
    return true;
}

/// A cookie or routing token ends in CR LF, [MS-RDPBCGR] 2.2.1.1.
bool skip_cookie(Reader& reader) {
    Reader ahead = reader;
    std::uint8_t byte = 0;
    for (std::uint8_t before = 0; ahead.u8(byte); before = byte)
        if (before == '\r' && byte == '\n') {
            reader = ahead;
            return true;
        }
    return false;
}

/// RDP_NEG_CORRELATION_INFO, [MS-RDPBCGR] 2.2.1.1.2.
bool read_correlation(Reader reader) {
    std::uint8_t type = 0;
    std::uint8_t flags = 0;
    std::uint16_t length = 0;
    return reader.u8(type) && type == type_correlation && reader.u8(flags) &&
           reader.u16le(length) && length == correlation_length;
}

struct Bit {
    std::uint32_t bit;
    std::string_view name;
};

// [MS-RDPBCGR] 2.2.1.1.1
constexpr std::array<Bit, 5> protocol_bits = {
    {{0x01, "SSL"}, {0x02, "HYBRID"}, {0x04, "RDSTLS"}, {0x08, "HYBRID_EX"}, {0x10, "RDSAAD"}}};

// [MS-RDPBCGR] 2.2.1.2.1
constexpr std::array<Bit, 5> response_bits = {{{0x01, "EXTENDED_CLIENT_DATA_SUPPORTED"},
                                               {0x02, "DYNVC_GFX_PROTOCOL_SUPPORTED"},
                                               {0x04, "NEGRSP_FLAG_RESERVED"},
                                               {0x08, "RESTRICTED_ADMIN_MODE_SUPPORTED"},
                                               {0x10, "REDIRECTED_AUTHENTICATION_MODE_SUPPORTED"}}};

/// Appends the names of the bits that are set; returns those without a name.
std::uint32_t take_names(std::uint32_t bits, std::span<const Bit> known,
                         std::vector<std::string>& names) {
    for (const auto& [bit, name] : known)
        if (bits & bit) {
            names.emplace_back(name);
            bits &= ~bit;
        }
    return bits;
}

}  // namespace

Frame tpkt_frame(Bytes bytes) {
    Reader reader(bytes);
    std::uint8_t version = 0;
    std::uint16_t length = 0;
    if (!reader.u8(version)) return {};
    if (version != tpkt_version) return {Frame::State::broken, 0};
    if (!reader.skip(1) || !reader.u16be(length)) return {};
    // The shortest TPDU is a length indicator, a code and one byte.
    if (length < tpkt_header + 3) return {Frame::State::broken, 0};
    return {Frame::State::known, length};
}

std::optional<Tpdu> tpdu_of(Bytes tpkt) {
    std::uint8_t code = 0;
    Reader header;
    if (!read_tpdu(tpkt, code, header)) return std::nullopt;
    switch (code & 0xf0) {
        case code_connection_request:
            return Tpdu::connection_request;
        case code_connection_confirm:
            return Tpdu::connection_confirm;
        case code_data:
            return Tpdu::data;
        default:
            return Tpdu::other;
    }
}

std::optional<ConnectionRequest> parse_connection_request(Bytes tpkt) {
    Reader reader;
    if (!read_connection(tpkt, code_connection_request, reader)) return std::nullopt;
    ConnectionRequest request;
    Negotiation negotiation;
    // A request that begins with RDP_NEG_REQ has no cookie: a cookie is printable text.
    Reader ahead = reader;
    if (!(read_negotiation(ahead, negotiation) && negotiation.type == type_request))
        request.cookie = skip_cookie(reader);
    if (reader.empty()) return request;
    if (!read_negotiation(reader, negotiation) || negotiation.type != type_request)
        return std::nullopt;
    request.negotiation = true;
    request.flags = negotiation.flags;
    request.protocols = negotiation.value;
    request.correlation = read_correlation(reader);
    return request;
}

std::optional<ConnectionConfirm> parse_connection_confirm(Bytes tpkt) {
    Reader reader;
    if (!read_connection(tpkt, code_connection_confirm, reader)) return std::nullopt;
    ConnectionConfirm confirm;
    if (reader.empty()) return confirm;
    Negotiation negotiation;
    if (!read_negotiation(reader, negotiation)) return std::nullopt;
    confirm.flags = negotiation.flags;
    if (negotiation.type == type_response) {
        confirm.kind = ConnectionConfirm::Kind::response;
        confirm.protocol = negotiation.value;
    } else if (negotiation.type == type_failure) {
        confirm.kind = ConnectionConfirm::Kind::failure;
        confirm.failure_code = negotiation.value;
    } else {
        return std::nullopt;
    }
    return confirm;
}

std::vector<std::string> protocol_names(std::uint32_t bits) {
    if (bits == 0) return {"RDP"};
    std::vector<std::string> names;
    if (const std::uint32_t unknown = take_names(bits, protocol_bits, names)) {
        std::array<char, 16> text{};
        std::snprintf(text.data(), text.size(), "0x%08x", unknown);
        names.emplace_back(text.data());
    }
    return names;
}

std::vector<std::string> response_flag_names(std::uint8_t flags) {
    std::vector<std::string> names;
    take_names(flags, response_bits, names);
    return names;
}

std::uint8_t unknown_response_flags(std::uint8_t flags) {
    std::vector<std::string> names;
    return static_cast<std::uint8_t>(take_names(flags, response_bits, names));
}

std::string_view failure_name(std::uint32_t code) {
    // [MS-RDPBCGR] 2.2.1.2.2
    switch (code) {
        case 1:
            return "SSL_REQUIRED_BY_SERVER";
        case 2:
            return "SSL_NOT_ALLOWED_BY_SERVER";
        case 3:
            return "SSL_CERT_NOT_ON_SERVER";
        case 4:
            return "INCONSISTENT_FLAGS";
        case 5:
            return "HYBRID_REQUIRED_BY_SERVER";
        case 6:
            return "SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER";
        default:
            return {};
    }
}

}  // namespace preflight::wire
