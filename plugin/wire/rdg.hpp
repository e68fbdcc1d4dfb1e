// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>
#include <string_view>

#include "wire/reassembler.hpp"

namespace preflight::wire {

/// packetType of an HTTP_PACKET_HEADER, [MS-TSGU] 2.2.5.3.3.
enum class RdgType : std::uint16_t {
    handshake_request = 0x1,
    handshake_response = 0x2,
    extended_auth = 0x3,
    tunnel_create = 0x4,
    tunnel_response = 0x5,
    tunnel_auth = 0x6,
    tunnel_auth_response = 0x7,
    channel_create = 0x8,
    channel_response = 0x9,
    data = 0xa,
    service_message = 0xb,
    reauth = 0xc,
    keepalive = 0xd,
    close_channel = 0x10,
    close_channel_response = 0x11,
};

/// A packet of a Remote Desktop Gateway, [MS-TSGU] 2.2.10. Cookies, tokens, certificates and
/// statements of health are not read, nor what a consent message says.
struct RdgPacket {
    RdgType type = RdgType::data;
    std::optional<std::uint32_t> error_code;  ///< HRESULT or Win32 code of an answer; 0 is success
    std::uint16_t extended_auth = 0;          ///< what a handshake response offers, 2.2.5.3.2
    bool consent_message = false;             ///< a tunnel response has one
    std::optional<std::uint32_t> redirection_flags;  ///< of a tunnel auth response, 2.2.5.3.7
    std::optional<std::uint32_t> idle_timeout;       ///< of a tunnel auth response, in minutes
};

/// The frame of a packet.
Frame rdg_frame(Bytes bytes);

/// Reads a whole packet; nothing where it is malformed or its type is unknown. Of what a client
/// sends only the type is told.
std::optional<RdgPacket> parse_rdg(Bytes packet);

/// A type in words, such as "tunnel response".
std::string_view name_of(RdgType type);

}  // namespace preflight::wire
