// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/ntlm.hpp"

#include <algorithm>
#include <array>

#include "wire/utf16.hpp"

namespace preflight::wire {
namespace {

constexpr std::array<std::uint8_t, 8> signature = {'N', 'T', 'L', 'M', 'S', 'S', 'P', 0};

// [MS-NLMP] 2.2.1.1 to 2.2.1.3
constexpr std::uint32_t type_negotiate = 1;
constexpr std::uint32_t type_challenge = 2;
constexpr std::uint32_t type_authenticate = 3;

// [MS-NLMP] 2.2.2.5
constexpr std::uint32_t negotiate_version = 0x02000000;

// [MS-NLMP] 2.2.2.1
enum AvId : std::uint16_t {
    av_eol = 0,
    av_netbios_computer = 1,
    av_netbios_domain = 2,
    av_dns_computer = 3,
    av_dns_domain = 4,
    av_dns_tree = 5,
    av_timestamp = 7,
};

/// Length and offset of a field in the payload: Len, MaxLen, BufferOffset.
struct Field {
    std::uint16_t length = 0;
    std::uint32_t offset = 0;
};

bool read_field(Reader& reader, Field& field) {
    return reader.u16le(field.length) && reader.skip(2) && reader.u32le(field.offset);
}

/// The bytes of a field; empty where it points out of the message.
Bytes payload(Bytes message, const Field& field) {
    Reader reader(message);
    Bytes bytes;
    if (!reader.skip(field.offset) || !reader.bytes(field.length, bytes)) return {};
    return bytes;
}

/// A FILETIME ([MS-DTYP] 2.3.3: 100 ns since 1601) as seconds since 1970; nothing for a time that
/// no clock shows.
std::optional<std::int64_t> read_filetime(Reader reader) {
    std::uint32_t low = 0;
    std::uint32_t high = 0;
    if (!reader.u32le(low) || !reader.u32le(high)) return std::nullopt;
    constexpr std::uint64_t ticks_per_second = 10'000'000;
    constexpr std::int64_t seconds_1601_to_1970 = 11'644'473'600;
    constexpr std::int64_t end_of_year_9999 = 253'402'300'799;
    const std::uint64_t ticks = std::uint64_t{high} << 32 | low;
    const auto seconds = static_cast<std::int64_t>(ticks / ticks_per_second) - seconds_1601_to_1970;
    if (seconds < 0 || seconds > end_of_year_9999) return std::nullopt;
    return seconds;
}

/// The list of AV_PAIR, [MS-NLMP] 2.2.2.1. A broken tail leaves what came before it.
void read_target_info(Reader reader, NtlmChallenge& challenge) {
    std::uint16_t id = 0;
    std::uint16_t length = 0;
    Bytes value;
    while (reader.u16le(id) && reader.u16le(length) && reader.bytes(length, value)) {
        switch (id) {
            case av_eol:
                return;
            case av_netbios_computer:
                challenge.netbios_computer = printable_utf16(value);
                break;
            case av_netbios_domain:
                challenge.netbios_domain = printable_utf16(value);
                break;
            case av_dns_computer:
                challenge.dns_computer = printable_utf16(value);
                break;
            case av_dns_domain:
                challenge.dns_domain = printable_utf16(value);
                break;
            case av_dns_tree:
                challenge.dns_tree = printable_utf16(value);
                break;
            case av_timestamp:
                challenge.time = read_filetime(Reader(value));
                break;
            default:
                break;
        }
    }
}

std::optional<NtlmVersion> read_version(Reader& reader) {
    std::uint8_t major = 0;
    std::uint8_t minor = 0;
    std::uint16_t build = 0;
    if (!reader.u8(major) || !reader.u8(minor) || !reader.u16le(build)) return std::nullopt;
    return NtlmVersion{major, minor, build};
}

std::optional<NtlmMessage> parse_challenge(Bytes message, Reader reader) {
    NtlmChallenge challenge;
    Field name;
    Field info;
    constexpr std::size_t server_challenge = 8;
    constexpr std::size_t reserved = 8;
    if (!read_field(reader, name) || !reader.u32le(challenge.flags) ||
        !reader.skip(server_challenge))
        return std::nullopt;
    challenge.target_name = printable_utf16(payload(message, name));
    // Servers before Windows 2000 end here.
    if (!reader.skip(reserved) || !read_field(reader, info)) return challenge;
    if (challenge.flags & negotiate_version) challenge.version = read_version(reader);
    read_target_info(Reader(payload(message, info)), challenge);
    return challenge;
}

std::optional<NtlmMessage> parse_authenticate(Reader reader) {
    Field lm_response;
    Field nt_response;
    Field domain;
    Field user;
    if (!read_field(reader, lm_response) || !read_field(reader, nt_response) ||
        !read_field(reader, domain) || !read_field(reader, user))
        return std::nullopt;
    return NtlmAuthenticate{user.length != 0, domain.length != 0};
}

}  // namespace

bool is_ntlm(Bytes token) {
    return token.size() >= signature.size() &&
           std::equal(signature.begin(), signature.end(), token.begin());
}

std::optional<NtlmMessage> parse_ntlm(Bytes message) {
    if (!is_ntlm(message)) return std::nullopt;
    Reader reader(message);
    std::uint32_t type = 0;
    if (!reader.skip(signature.size()) || !reader.u32le(type)) return std::nullopt;
    NtlmNegotiate negotiate;
    switch (type) {
        case type_negotiate:
            if (!reader.u32le(negotiate.flags)) return std::nullopt;
            return negotiate;
        case type_challenge:
            return parse_challenge(message, reader);
        case type_authenticate:
            return parse_authenticate(reader);
        default:
            return std::nullopt;
    }
}

}  // namespace preflight::wire
