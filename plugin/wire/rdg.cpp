// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/rdg.hpp"

namespace preflight::wire {
namespace {

constexpr std::uint32_t header_length = 8;

bool read_error(Reader& reader, RdgPacket& packet) {
    std::uint32_t code = 0;
    if (!reader.u32le(code)) return false;
    packet.error_code = code;
    return true;
}

bool skip_counted(Reader& reader) {
    std::uint16_t length = 0;
    return reader.u16le(length) && reader.skip(length);
}

/// HTTP_HANDSHAKE_RESPONSE_PACKET, [MS-TSGU] 2.2.10.10.
bool read_handshake(Reader reader, RdgPacket& packet) {
    constexpr std::size_t versions = 1 + 1 + 2;
    return read_error(reader, packet) && reader.skip(versions) &&
           reader.u16le(packet.extended_auth);
}

/// HTTP_TUNNEL_RESPONSE, 2.2.10.20, and HTTP_TUNNEL_RESPONSE_OPTIONAL, 2.2.10.21. A refusal often
/// ends before its optional fields.
bool read_tunnel(Reader reader, RdgPacket& packet) {
    constexpr std::uint16_t tunnel_id = 0x1;
    constexpr std::uint16_t capabilities = 0x2;
    constexpr std::uint16_t soh_request = 0x4;
    constexpr std::uint16_t consent_message = 0x10;
    constexpr std::size_t nonce = 20;
    std::uint16_t server_version = 0;
    std::uint16_t fields = 0;
    std::uint16_t reserved = 0;
    if (!reader.u16le(server_version) || !read_error(reader, packet) || !reader.u16le(fields) ||
        !reader.u16le(reserved))
        return false;
    if ((fields & tunnel_id) && !reader.skip(4)) return true;
    if ((fields & capabilities) && !reader.skip(4)) return true;
    if ((fields & soh_request) && (!reader.skip(nonce) || !skip_counted(reader))) return true;
    std::uint16_t length = 0;
    packet.consent_message = (fields & consent_message) && reader.u16le(length) && length != 0;
    return true;
}

/// HTTP_TUNNEL_AUTH_RESPONSE, 2.2.10.16, and its optional fields, 2.2.10.17.
bool read_tunnel_auth(Reader reader, RdgPacket& packet) {
    constexpr std::uint16_t redirection_flags = 0x1;
    constexpr std::uint16_t idle_timeout = 0x2;
    std::uint16_t fields = 0;
    std::uint16_t reserved = 0;
    std::uint32_t value = 0;
    if (!read_error(reader, packet) || !reader.u16le(fields) || !reader.u16le(reserved))
        return false;
    if ((fields & redirection_flags) && reader.u32le(value)) packet.redirection_flags = value;
    if ((fields & idle_timeout) && reader.u32le(value)) packet.idle_timeout = value;
    return true;
}

bool read_body(Reader reader, RdgPacket& packet) {
    switch (packet.type) {
        case RdgType::handshake_response:
            return read_handshake(reader, packet);
        case RdgType::tunnel_response:
            return read_tunnel(reader, packet);
        case RdgType::tunnel_auth_response:
            return read_tunnel_auth(reader, packet);
        case RdgType::extended_auth:           // 2.2.10.7: begins with errorCode
        case RdgType::channel_response:        // 2.2.10.4
        case RdgType::close_channel:           // 2.2.10.5: statusCode
        case RdgType::close_channel_response:  // 2.2.10.5
            return read_error(reader, packet);
        default:
            return true;
    }
}

}  // namespace

Frame rdg_frame(Bytes bytes) {
    Reader reader(bytes);
    std::uint16_t type = 0;
    std::uint16_t reserved = 0;
    std::uint32_t length = 0;
    if (!reader.u16le(type)) return {};
    if (name_of(static_cast<RdgType>(type)).empty()) return {Frame::State::broken, 0};
    if (!reader.u16le(reserved) || !reader.u32le(length)) return {};
    if (length < header_length) return {Frame::State::broken, 0};
    return {Frame::State::known, length};
}

std::optional<RdgPacket> parse_rdg(Bytes bytes) {
    const Frame frame = rdg_frame(bytes);
    Reader reader(bytes);
    std::uint16_t type = 0;
    if (frame.state != Frame::State::known || frame.length != bytes.size() || !reader.u16le(type) ||
        !reader.skip(header_length - 2))
        return std::nullopt;
    RdgPacket packet;
    packet.type = static_cast<RdgType>(type);
    if (!read_body(reader, packet)) return std::nullopt;
    return packet;
}

std::string_view name_of(RdgType type) {
    switch (type) {
        case RdgType::handshake_request:
            return "handshake request";
        case RdgType::handshake_response:
            return "handshake response";
        case RdgType::extended_auth:
            return "extended authentication";
        case RdgType::tunnel_create:
            return "tunnel request";
        case RdgType::tunnel_response:
            return "tunnel response";
        case RdgType::tunnel_auth:
            return "tunnel authorization request";
        case RdgType::tunnel_auth_response:
            return "tunnel authorization response";
        case RdgType::channel_create:
            return "channel request";
        case RdgType::channel_response:
            return "channel response";
        case RdgType::data:
            return "data";
        case RdgType::service_message:
            return "service message";
        case RdgType::reauth:
            return "reauthentication";
        case RdgType::keepalive:
            return "keepalive";
        case RdgType::close_channel:
            return "close";
        case RdgType::close_channel_response:
            return "close answer";
        default:
            return {};
    }
}

}  // namespace preflight::wire
