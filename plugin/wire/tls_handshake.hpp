// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "wire/reader.hpp"

namespace preflight::wire {

/// HandshakeType, RFC 8446 section 4 and RFC 5246 section 7.4.
namespace handshake_type {
inline constexpr int client_hello = 1;
inline constexpr int server_hello = 2;
inline constexpr int certificate = 11;
inline constexpr int server_key_exchange = 12;
}  // namespace handshake_type

/// What a client offers; values as on the wire, GREASE (RFC 8701) and signalling values left out.
struct ClientHello {
    int legacy_version = 0;
    std::vector<int> versions;  ///< of supported_versions; empty where the extension is absent
    std::vector<int> ciphers;
    std::vector<int> groups;
    std::vector<int> signature_algorithms;
    std::string server_name;  ///< printable; empty where the extension is absent
};

/// What a server chose.
struct ServerHello {
    int version = 0;  ///< of supported_versions, else legacy_version
    int cipher = 0;
    int group = 0;  ///< of key_share; 0 where the extension is absent
    bool hello_retry = false;
    bool renegotiation_info = false;
};

/// The key exchange group in a ServerKeyExchange, RFC 8422 5.4, or the size of the prime, RFC 5246
/// 7.4.3. Which of the two it is the cipher suite says.
struct KeyExchange {
    int group = 0;
    int prime_bits = 0;
};

/// Each takes a whole handshake message with its header; nothing where it is malformed.
std::optional<ClientHello> parse_client_hello(Bytes message);
std::optional<ServerHello> parse_server_hello(Bytes message);
std::optional<KeyExchange> parse_elliptic_key_exchange(Bytes message);
std::optional<KeyExchange> parse_finite_field_key_exchange(Bytes message);

/// The certificates in a Certificate message, DER, the server's own first, at most 16. RFC 5246
/// 7.4.2 and, `tls13`, RFC 8446 4.4.2.
std::optional<std::vector<Bytes>> parse_certificate(Bytes message, bool tls13);

/// The type of a handshake message, or -1.
int handshake_type_of(Bytes message);

}  // namespace preflight::wire
