// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "mcs.hpp"

#include <openssl/ssl.h>

#include <algorithm>
#include <string_view>

namespace scripted {
namespace {

constexpr std::uint8_t erect_domain_request = 0x04;
constexpr std::uint8_t attach_user_request = 0x28;
constexpr std::uint8_t channel_join_request = 0x38;
constexpr std::uint16_t io_channel = 1003;
constexpr std::uint16_t user_channel = 1007;
constexpr std::size_t mcs_at = 7;  // behind TPKT and X.224 Data

void append(Bytes& bytes, const Bytes& more) {
    bytes.insert(bytes.end(), more.begin(), more.end());
}

void be16(Bytes& bytes, std::size_t value) {
    append(bytes, {static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)});
}

void le16(Bytes& bytes, std::size_t value) {
    append(bytes, {static_cast<std::uint8_t>(value), static_cast<std::uint8_t>(value >> 8)});
}

Bytes tpkt(const Bytes& mcs) {
    Bytes bytes = {3, 0};
    be16(bytes, mcs.size() + mcs_at);
    append(bytes, {2, 0xF0, 0x80});
    append(bytes, mcs);
    return bytes;
}

/// Reads one TPKT; empty when the connection ends or something else comes.
Bytes read_tpkt(SSL* ssl) {
    Bytes bytes(4);
    std::size_t have = 0;
    while (have < bytes.size()) {
        const int got = SSL_read(ssl, bytes.data() + have, static_cast<int>(bytes.size() - have));
        if (got <= 0) return {};
        have += static_cast<std::size_t>(got);
        if (have == 4) bytes.resize(std::max(4, bytes[2] << 8 | bytes[3]));
        if (bytes[0] != 3) return {};
    }
    return bytes.size() > mcs_at ? bytes : Bytes{};
}

bool write(SSL* ssl, const Bytes& bytes) {
    const int size = static_cast<int>(bytes.size());
    return SSL_write(ssl, bytes.data(), size) == size;
}

/// How many channels the client asks for: channelCount of CS_NET (MS-RDPBCGR 2.2.1.3.4).
std::size_t channels_asked_for(const Bytes& connect_initial) {
    constexpr std::string_view key = "Duca";
    auto at = std::search(connect_initial.begin(), connect_initial.end(), key.begin(), key.end());
    if (connect_initial.end() - at < 6) return 0;
    at += (at[4] & 0x80) ? 6 : 5;  // the key, then a PER length
    while (connect_initial.end() - at >= 8) {
        const int type = at[0] | at[1] << 8, size = at[2] | at[3] << 8;
        if (type == 0xC003) return std::min<std::size_t>(at[4], 31);
        if (size < 4 || size > connect_initial.end() - at) return 0;
        at += size;
    }
    return 0;
}

Bytes block(std::uint16_t type, const Bytes& content) {
    Bytes bytes;
    le16(bytes, type);
    le16(bytes, content.size() + 4);
    append(bytes, content);
    return bytes;
}

/// Server core, security and network data (MS-RDPBCGR 2.2.1.4.2 to 4).
Bytes server_data(std::size_t channels) {
    Bytes network;
    le16(network, io_channel);
    le16(network, channels);
    for (std::size_t i = 0; i < channels + channels % 2; ++i)
        le16(network, i < channels ? io_channel + 1 + i : 0);
    Bytes data = block(0x0C01, {4, 0, 8, 0, 3, 0, 0, 0, 0, 0, 0, 0});
    append(data, block(0x0C02, {0, 0, 0, 0, 0, 0, 0, 0}));
    append(data, block(0x0C03, network));
    return data;
}

/// GCC Conference Create Response around the server data (T.124, PER).
Bytes conference_create_response(std::size_t channels) {
    const Bytes data = server_data(channels);
    Bytes inner = {0x14, 0x76, 0x0A, 1, 1, 0, 1, 0xC0, 0, 'M', 'c', 'D', 'n'};
    be16(inner, 0x8000 | data.size());
    append(inner, data);
    Bytes bytes = {0, 5, 0, 0x14, 0x7C, 0, 1};
    be16(bytes, 0x8000 | inner.size());
    append(bytes, inner);
    return bytes;
}

Bytes connect_response(std::uint8_t result, std::size_t channels) {
    const Bytes data = conference_create_response(channels);
    Bytes body = {0x0A, 1, result, 2, 1, 0};
    append(body, {0x30, 26, 2, 1, 34, 2, 1, 3, 2,    1,    0, 2, 1, 1, 2,
                  1,    0,  2, 1, 1,  2, 3, 0, 0xFF, 0xF8, 2, 1, 2});  // the domain parameters that
                                                                       // Windows sends
    append(body, {4, 0x82});
    be16(body, data.size());
    append(body, data);
    Bytes bytes = {0x7F, 0x66, 0x82};
    be16(bytes, body.size());
    append(bytes, body);
    return tpkt(bytes);
}

/// A confirm of T.125 in PER: 6 bits say which, a bit that the last field is there, 4 the result.
Bytes confirm(std::uint8_t choice, std::uint8_t result, const std::vector<std::uint16_t>& fields) {
    Bytes bytes = {static_cast<std::uint8_t>(choice | 2 | result >> 3),
                   static_cast<std::uint8_t>((result & 7) << 5)};
    for (const std::uint16_t field : fields) be16(bytes, field);
    return tpkt(bytes);
}

bool converse(SSL* ssl, const Mcs& server) {
    const Bytes initial = read_tpkt(ssl);
    if (initial.empty()) return false;
    if (!write(ssl, connect_response(server.connect_result, channels_asked_for(initial))))
        return false;
    if (server.connect_result != 0) return true;
    constexpr std::uint16_t user = user_channel - 1001;
    for (;;) {
        const Bytes message = read_tpkt(ssl);
        if (message.empty()) return false;
        const std::uint8_t choice = message[mcs_at] & 0xFC;
        if (choice == erect_domain_request) continue;
        if (choice == attach_user_request) {
            if (!write(ssl, confirm(0x2C, server.attach_result, {user}))) return false;
            if (server.attach_result != 0) return true;
        } else if (choice == channel_join_request && message.size() >= mcs_at + 5) {
            const auto id =
                static_cast<std::uint16_t>(message[mcs_at + 3] << 8 | message[mcs_at + 4]);
            if (!write(ssl, confirm(0x3C, server.join_result, {user, id, id}))) return false;
            if (server.join_result != 0) return true;
        } else {
            return true;  // Send Data Request: the Client Info PDU
        }
    }
}

}  // namespace

Step mcs(Mcs server) {
    return Talk{[server](SSL* ssl) { return converse(ssl, server); }};
}

}  // namespace scripted
