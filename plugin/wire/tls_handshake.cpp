// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/tls_handshake.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "wire/text.hpp"

namespace preflight::wire {
namespace {

constexpr std::size_t most_certificates = 16;
constexpr std::size_t random_length = 32;

// ExtensionType, RFC 8446 4.2, RFC 5746 3.2
constexpr int extension_server_name = 0;
constexpr int extension_supported_groups = 10;
constexpr int extension_signature_algorithms = 13;
constexpr int extension_supported_versions = 43;
constexpr int extension_key_share = 51;
constexpr int extension_renegotiation_info = 0xff01;

// RFC 5746 3.3, RFC 7507 3
constexpr int signal_renegotiation = 0x00ff;
constexpr int signal_fallback = 0x5600;

// The random of a HelloRetryRequest, RFC 8446 4.1.3
constexpr std::array<std::uint8_t, random_length> retry_random = {
    0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
    0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c};

/// RFC 8701 section 2: both bytes equal, each 0x?a.
constexpr bool is_grease(int value) {
    return (value & 0x0f0f) == 0x0a0a && (value >> 8) == (value & 0xff);
}

constexpr bool is_signal(int value) {
    return value == signal_renegotiation || value == signal_fallback;
}

/// The body of a handshake message of the given type.
bool read_message(Bytes message, int type, Reader& body) {
    Reader reader(message);
    std::uint8_t found = 0;
    return reader.u8(found) && found == type && reader.vector24(body);
}

std::vector<int> read_values(Reader list) {
    std::vector<int> values;
    std::uint16_t value = 0;
    while (list.u16be(value))
        if (!is_grease(value)) values.push_back(value);
    return values;
}

/// The host_name of server_name, RFC 6066 section 3.
std::string read_server_name(Reader extension) {
    Reader list;
    Reader name;
    std::uint8_t type = 0;
    if (!extension.vector16(list) || !list.u8(type) || type != 0 || !list.vector16(name)) return {};
    return printable(name.rest());
}

void read_client_extension(int type, Reader data, ClientHello& hello) {
    Reader list;
    if (type == extension_server_name) hello.server_name = read_server_name(data);
    if (type == extension_supported_groups && data.vector16(list)) hello.groups = read_values(list);
    if (type == extension_signature_algorithms && data.vector16(list))
        hello.signature_algorithms = read_values(list);
    if (type == extension_supported_versions && data.vector8(list))
        hello.versions = read_values(list);
}

void read_server_extension(int type, Reader data, ServerHello& hello) {
    std::uint16_t value = 0;
    if (type == extension_renegotiation_info) hello.renegotiation_info = true;
    if (type == extension_supported_versions && data.u16be(value)) hello.version = value;
    if (type == extension_key_share && data.u16be(value)) hello.group = value;
}

/// Calls `visit(type, data)` for each extension; RFC 8446 4.2. A hello may end before them.
template <class Visit>
bool read_extensions(Reader body, Visit visit) {
    if (body.empty()) return true;
    Reader extensions;
    if (!body.vector16(extensions)) return false;
    while (!extensions.empty()) {
        std::uint16_t type = 0;
        Reader data;
        if (!extensions.u16be(type) || !extensions.vector16(data)) return false;
        visit(type, data);
    }
    return true;
}

}  // namespace

std::optional<ClientHello> parse_client_hello(Bytes message) {
    Reader body;
    Reader session_id;
    Reader ciphers;
    Reader compression;
    std::uint16_t version = 0;
    if (!read_message(message, handshake_type::client_hello, body) || !body.u16be(version) ||
        !body.skip(random_length) || !body.vector8(session_id) || !body.vector16(ciphers) ||
        !body.vector8(compression))
        return std::nullopt;
    ClientHello hello;
    hello.legacy_version = version;
    hello.ciphers = read_values(ciphers);
    hello.ciphers.erase(std::remove_if(hello.ciphers.begin(), hello.ciphers.end(), is_signal),
                        hello.ciphers.end());
    const auto visit = [&](int type, Reader data) { read_client_extension(type, data, hello); };
    if (!read_extensions(body, visit)) return std::nullopt;
    return hello;
}

std::optional<ServerHello> parse_server_hello(Bytes message) {
    Reader body;
    Reader session_id;
    Bytes random;
    std::uint16_t version = 0;
    std::uint16_t cipher = 0;
    if (!read_message(message, handshake_type::server_hello, body) || !body.u16be(version) ||
        !body.bytes(random_length, random) || !body.vector8(session_id) || !body.u16be(cipher) ||
        !body.skip(1))
        return std::nullopt;
    ServerHello hello;
    hello.version = version;
    hello.cipher = cipher;
    hello.hello_retry = std::equal(random.begin(), random.end(), retry_random.begin());
    const auto visit = [&](int type, Reader data) { read_server_extension(type, data, hello); };
    if (!read_extensions(body, visit)) return std::nullopt;
    return hello;
}

std::optional<KeyExchange> parse_elliptic_key_exchange(Bytes message) {
    constexpr std::uint8_t named_curve = 3;
    Reader body;
    std::uint8_t type = 0;
    std::uint16_t group = 0;
    if (!read_message(message, handshake_type::server_key_exchange, body) || !body.u8(type) ||
        type != named_curve || !body.u16be(group))
        return std::nullopt;
    return KeyExchange{group, 0};
}

std::optional<KeyExchange> parse_finite_field_key_exchange(Bytes message) {
    Reader body;
    Reader prime;
    if (!read_message(message, handshake_type::server_key_exchange, body) || !body.vector16(prime))
        return std::nullopt;
    std::uint8_t first = 0;
    while (prime.u8(first) && first == 0) continue;
    if (first == 0) return std::nullopt;
    return KeyExchange{0, static_cast<int>(prime.size() * 8) + std::bit_width(first)};
}

std::optional<std::vector<Bytes>> parse_certificate(Bytes message, bool tls13) {
    Reader body;
    Reader context;
    Reader list;
    if (!read_message(message, handshake_type::certificate, body) ||
        (tls13 && !body.vector8(context)) || !body.vector24(list))
        return std::nullopt;
    std::vector<Bytes> certificates;
    while (!list.empty()) {
        Reader certificate;
        Reader extensions;
        if (!list.vector24(certificate) || (tls13 && !list.vector16(extensions)))
            return std::nullopt;
        if (certificates.size() < most_certificates) certificates.push_back(certificate.rest());
    }
    return certificates;
}

int handshake_type_of(Bytes message) {
    Reader reader(message);
    std::uint8_t type = 0;
    return reader.u8(type) ? type : -1;
}

}  // namespace preflight::wire
