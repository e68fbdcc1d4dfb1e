// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/redirection.hpp"

#include <algorithm>

#include "wire/security.hpp"
#include "wire/utf16.hpp"

namespace preflight::wire {
namespace {

// RedirFlags, [MS-RDPBCGR] 2.2.13.1
enum Flag : std::uint32_t {
    lb_target_net_address = 0x00000001,
    lb_load_balance_info = 0x00000002,
    lb_username = 0x00000004,
    lb_domain = 0x00000008,
    lb_password = 0x00000010,
    lb_noredirect = 0x00000080,
    lb_target_fqdn = 0x00000100,
    lb_target_netbios_name = 0x00000200,
    lb_target_net_addresses = 0x00000800,
    lb_client_tsv_url = 0x00001000,
    lb_redirection_guid = 0x00008000,
    lb_target_certificate = 0x00010000,
};

constexpr std::uint32_t most_addresses = 16;

/// A field that a length of four bytes goes before.
bool read_field(Reader& reader, Bytes& field) {
    std::uint32_t length = 0;
    return reader.u32le(length) && reader.bytes(length, field);
}

/// Reads the field into `name` if its flag is set.
bool read_name(Reader& reader, std::uint32_t flags, Flag flag, std::string& name) {
    Bytes field;
    if (!(flags & flag)) return true;
    if (!read_field(reader, field)) return false;
    name = printable_utf16(field);
    return true;
}

/// Passes the field over if its flag is set.
bool skip_field(Reader& reader, std::uint32_t flags, Flag flag) {
    Bytes field;
    return !(flags & flag) || read_field(reader, field);
}

/// TARGET_NET_ADDRESSES, 2.2.13.1.1: their length, their number, the addresses.
bool read_addresses(Reader& reader, ServerRedirection& redirection) {
    if (!(redirection.flags & lb_target_net_addresses)) return true;
    std::uint32_t length = 0;
    std::uint32_t count = 0;
    if (!reader.u32le(length) || !reader.u32le(count)) return false;
    for (std::uint32_t i = 0; i < std::min(count, most_addresses); ++i) {
        Bytes address;
        if (!read_field(reader, address)) return false;
        redirection.net_addresses.push_back(printable_utf16(address));
    }
    return true;
}

}  // namespace

std::optional<ServerRedirection> parse_redirection(Bytes packet) {
    Reader reader(packet);
    ServerRedirection redirection;
    std::uint16_t pdu_flags = 0;
    std::uint16_t length = 0;
    std::uint32_t session = 0;
    std::uint32_t& flags = redirection.flags;
    if (!reader.u16le(pdu_flags) || pdu_flags != sec_redirection || !reader.u16le(length) ||
        !reader.u32le(session) || !reader.u32le(flags))
        return std::nullopt;
    redirection.refused = flags & lb_noredirect;
    redirection.password = flags & lb_password;
    if (!read_name(reader, flags, lb_target_net_address, redirection.net_address) ||
        !skip_field(reader, flags, lb_load_balance_info) ||
        !skip_field(reader, flags, lb_username) || !skip_field(reader, flags, lb_domain) ||
        !skip_field(reader, flags, lb_password) ||
        !read_name(reader, flags, lb_target_fqdn, redirection.fqdn) ||
        !read_name(reader, flags, lb_target_netbios_name, redirection.netbios_name) ||
        !skip_field(reader, flags, lb_client_tsv_url) ||
        !skip_field(reader, flags, lb_redirection_guid) ||
        !skip_field(reader, flags, lb_target_certificate) || !read_addresses(reader, redirection))
        return std::nullopt;
    return redirection;
}

std::optional<ServerRedirection> parse_enhanced_redirection(Bytes body) {
    Reader reader(body);
    constexpr std::size_t padding = 2;
    if (!reader.skip(padding)) return std::nullopt;
    return parse_redirection(reader.rest());
}

}  // namespace preflight::wire
