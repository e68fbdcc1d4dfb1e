// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/tls_record.hpp"

namespace preflight::wire {
namespace {

// RFC 5246 6.2.3: a protected fragment may be 2048 bytes longer than 2^14.
constexpr std::size_t longest_fragment = 16384 + 2048;
constexpr std::size_t record_header = 5;
constexpr std::size_t handshake_header = 4;

}  // namespace

Frame tls_record_frame(Bytes bytes) {
    Reader reader(bytes);
    std::uint8_t type = 0;
    std::uint8_t major = 0;
    std::uint16_t length = 0;
    if (!reader.u8(type)) return {};
    if (type < content_type::change_cipher_spec || type > content_type::application_data)
        return {Frame::State::broken, 0};
    if (!reader.u8(major)) return {};
    if (major != 3) return {Frame::State::broken, 0};
    if (!reader.skip(1) || !reader.u16be(length)) return {};
    if (length > longest_fragment) return {Frame::State::broken, 0};
    return {Frame::State::known, record_header + length};
}

std::optional<TlsRecord> parse_tls_record(Bytes record) {
    Reader reader(record);
    std::uint8_t type = 0;
    std::uint16_t version = 0;
    Reader fragment;
    if (!reader.u8(type) || !reader.u16be(version) || !reader.vector16(fragment) || !reader.empty())
        return std::nullopt;
    return TlsRecord{type, version, fragment.rest()};
}

Frame tls_handshake_frame(Bytes bytes) {
    Reader reader(bytes);
    std::uint32_t length = 0;
    if (!reader.skip(1) || !reader.u24be(length)) return {};
    return {Frame::State::known, handshake_header + length};
}

std::optional<TlsAlert> parse_tls_alert(Bytes bytes) {
    Reader reader(bytes);
    TlsAlert alert;
    // Anything but two bytes is an encrypted alert.
    if (!reader.u8(alert.level) || !reader.u8(alert.description) || !reader.empty())
        return std::nullopt;
    if (alert.level != 1 && alert.level != fatal_level) return std::nullopt;
    return alert;
}

bool is_close_notify(Bytes alert) {
    const auto parsed = parse_tls_alert(alert);
    return parsed && parsed->description == 0;
}

}  // namespace preflight::wire
