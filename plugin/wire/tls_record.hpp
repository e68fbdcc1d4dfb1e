// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>

#include "wire/reassembler.hpp"

namespace preflight::wire {

/// ContentType, RFC 8446 5.1.
namespace content_type {
inline constexpr int change_cipher_spec = 20;
inline constexpr int alert = 21;
inline constexpr int handshake = 22;
inline constexpr int application_data = 23;
}  // namespace content_type

/// A TLS record, RFC 8446 5.1. `fragment` is part of the bytes that were parsed.
struct TlsRecord {
    int type = 0;
    int version = 0;
    Bytes fragment;
};

/// The frame of a TLS record; broken where a type, version or length says that it is none.
Frame tls_record_frame(Bytes bytes);
std::optional<TlsRecord> parse_tls_record(Bytes record);

/// The frame of a handshake message: type, length of three bytes; RFC 8446 section 4.
Frame tls_handshake_frame(Bytes bytes);

/// An alert, RFC 8446 section 6.
struct TlsAlert {
    std::uint8_t level = 0;
    std::uint8_t description = 0;
};
inline constexpr std::uint8_t fatal_level = 2;
std::optional<TlsAlert> parse_tls_alert(Bytes bytes);

/// Whether an alert says that its sender is done, RFC 8446 6.1.
bool is_close_notify(Bytes alert);

}  // namespace preflight::wire
