// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/kerberos.hpp"

#include "wire/der.hpp"
#include "wire/text.hpp"

namespace preflight::wire {
namespace {

using Kind = KerberosMessage::Kind;

// RFC 4120 section 5.10: application tags.
constexpr unsigned tag_ticket = 1;
constexpr unsigned tag_as_rep = 11;
constexpr unsigned tag_tgs_rep = 13;
constexpr unsigned tag_ap_req = 14;
constexpr unsigned tag_ap_rep = 15;
constexpr unsigned tag_krb_error = 30;

// RFC 4121 section 4.1; draft-swift-win2k-krb-user2user section 6 for the last two.
constexpr std::uint16_t token_ap_req = 0x0100;
constexpr std::uint16_t token_ap_rep = 0x0200;
constexpr std::uint16_t token_error = 0x0300;
constexpr std::uint16_t token_tgt_req = 0x0400;
constexpr std::uint16_t token_tgt_rep = 0x0401;

/// The element [number] with what is inside it, if it is next; RFC 4120 tags every field so.
bool read_field(Reader& reader, unsigned number, Reader& field) {
    return der::read(reader, der::context(number), field);
}

bool read_number_field(Reader& reader, unsigned number, std::int64_t& value) {
    Reader field;
    return read_field(reader, number, field) && der::read_number(field, der::integer, value);
}

/// KerberosString, RFC 4120 section 5.2.1.
std::string read_string(Reader reader) {
    Reader text;
    return der::read(reader, der::general_string, text) ? printable(text.rest()) : std::string();
}

/// PrincipalName, RFC 4120 section 5.2.2, its parts with slashes between them.
std::string read_principal(Reader reader) {
    constexpr std::size_t most_parts = 8;
    Reader name;
    Reader field;
    Reader parts;
    std::int64_t type = 0;
    if (!der::read(reader, der::sequence, name) || !read_number_field(name, 0, type) ||
        !read_field(name, 1, field) || !der::read(field, der::sequence, parts))
        return {};
    std::string text;
    Reader part;
    for (std::size_t i = 0; i < most_parts && der::read(parts, der::general_string, part); ++i)
        text += (i ? "/" : "") + printable(part.rest());
    return text;
}

bool read_digits(Reader& reader, int count, int& value) {
    value = 0;
    for (int i = 0; i < count; ++i) {
        std::uint8_t digit = 0;
        if (!reader.u8(digit) || digit < '0' || digit > '9') return false;
        value = value * 10 + (digit - '0');
    }
    return true;
}

/// Days from 1970-01-01 to a date of the Gregorian calendar.
std::int64_t days_since_1970(int year, int month, int day) {
    const int shifted = month <= 2 ? year - 1 : year;
    const int era = shifted / 400;
    const int year_of_era = shifted - era * 400;
    const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return std::int64_t{era} * 146097 + day_of_era - 719468;
}

/// KerberosTime, RFC 4120 section 5.2.3: YYYYMMDDhhmmssZ.
std::optional<std::int64_t> read_time(Reader reader) {
    Reader text;
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (!der::read(reader, der::generalized_time, text) || !read_digits(text, 4, year) ||
        !read_digits(text, 2, month) || !read_digits(text, 2, day) || !read_digits(text, 2, hour) ||
        !read_digits(text, 2, minute) || !read_digits(text, 2, second))
        return std::nullopt;
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60)
        return std::nullopt;
    return ((days_since_1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
}

/// KERB-ERROR-DATA with a KERB_EXT_ERROR in it, [MS-KILE] 2.2.1 and 2.2.2.
std::optional<std::uint32_t> read_extended_error(Reader reader) {
    constexpr std::int64_t type_extended = 3;
    Reader e_data;
    Reader sequence;
    Reader field;
    Reader value;
    std::int64_t type = 0;
    std::uint32_t status = 0;
    if (!der::read(reader, der::octet_string, e_data) ||
        !der::read(e_data, der::sequence, sequence) || !read_number_field(sequence, 1, type) ||
        type != type_extended || !read_field(sequence, 2, field) ||
        !der::read(field, der::octet_string, value) || !value.u32le(status))
        return std::nullopt;
    return status;
}

/// KRB-ERROR, RFC 4120 section 5.9.1; `reader` is inside its SEQUENCE.
std::optional<KerberosMessage> read_error(Reader reader) {
    KerberosMessage message;
    message.kind = Kind::error;
    std::uint8_t tag = 0;
    Reader field;
    while (der::read_any(reader, tag, field)) {
        std::int64_t code = 0;
        switch (tag) {
            case der::context(4):
                message.server_time = read_time(field);
                break;
            case der::context(6):
                if (!der::read_number(field, der::integer, code)) return std::nullopt;
                message.error_code = static_cast<std::int32_t>(code);
                break;
            case der::context(9):
                message.realm = read_string(field);
                break;
            case der::context(10):
                message.service = read_principal(field);
                break;
            case der::context(12):
                message.error_status = read_extended_error(field);
                break;
            default:
                break;
        }
    }
    if (!message.error_code || !reader.empty()) return std::nullopt;
    return message;
}

/// The clear part of the ticket in an AP-REQ, RFC 4120 sections 5.5.1 and 5.3.
KerberosMessage read_ap_req(Reader reader) {
    KerberosMessage message;
    std::int64_t number = 0;
    Reader options;
    Reader field;
    Reader ticket;
    Reader sequence;
    Reader realm;
    Reader service;
    if (read_number_field(reader, 0, number) && read_number_field(reader, 1, number) &&
        read_field(reader, 2, options) && read_field(reader, 3, field) &&
        der::read(field, der::application(tag_ticket), ticket) &&
        der::read(ticket, der::sequence, sequence) && read_number_field(sequence, 0, number) &&
        read_field(sequence, 1, realm) && read_field(sequence, 2, service)) {
        message.realm = read_string(realm);
        message.service = read_principal(service);
    }
    return message;
}

KerberosMessage of_kind(Kind kind) {
    KerberosMessage message;
    message.kind = kind;
    return message;
}

}  // namespace

std::optional<KerberosMessage> parse_kerberos(Bytes bytes) {
    Reader reader(bytes);
    std::uint8_t tag = 0;
    Reader application;
    Reader sequence;
    if (!der::read_any(reader, tag, application) ||
        !der::read(application, der::sequence, sequence))
        return std::nullopt;
    switch (tag) {
        case der::application(tag_as_rep):
            return of_kind(Kind::as_rep);
        case der::application(tag_tgs_rep):
            return of_kind(Kind::tgs_rep);
        case der::application(tag_ap_req):
            return read_ap_req(sequence);
        case der::application(tag_ap_rep):
            return of_kind(Kind::ap_rep);
        case der::application(tag_krb_error):
            return read_error(sequence);
        default:
            return std::nullopt;
    }
}

std::optional<KerberosMessage> parse_kerberos_token(Bytes token) {
    Reader reader(token);
    std::uint16_t id = 0;
    if (!reader.u16be(id)) return std::nullopt;
    switch (id) {
        case token_ap_req:
        case token_ap_rep:
        case token_error:
            return parse_kerberos(reader.rest());
        case token_tgt_req:
            return of_kind(Kind::tgt_req);
        case token_tgt_rep:
            return of_kind(Kind::tgt_rep);
        default:
            return std::nullopt;
    }
}

std::optional<KerberosMessage> parse_kdc_proxy_message(Bytes bytes) {
    Reader reader(bytes);
    Reader sequence;
    Reader field;
    Reader message;
    constexpr std::size_t length_prefix = 4;  // RFC 4120 section 7.2.2
    if (!der::read(reader, der::sequence, sequence) || !read_field(sequence, 0, field) ||
        !der::read(field, der::octet_string, message) || !message.skip(length_prefix))
        return std::nullopt;
    return parse_kerberos(message.rest());
}

}  // namespace preflight::wire
