// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "ts_request.hpp"

namespace scripted {
namespace {

constexpr std::size_t longest_request = 65536;

Bytes tlv(std::uint8_t tag, const Bytes& content) {
    const std::size_t size = content.size();
    Bytes bytes = {tag};
    if (size >= 128) bytes.push_back(size >= 256 ? 0x82 : 0x81);
    if (size >= 256) bytes.push_back(static_cast<std::uint8_t>(size >> 8));
    bytes.push_back(static_cast<std::uint8_t>(size));
    bytes.insert(bytes.end(), content.begin(), content.end());
    return bytes;
}

/// Takes the element with `tag` from the front of `rest`; none when something else is there.
std::optional<Bytes> take(Bytes& rest, std::uint8_t tag) {
    if (rest.size() < 2 || rest[0] != tag) return std::nullopt;
    std::size_t size = rest[1], head = 2;
    if (size > 0x80) {
        const std::size_t octets = size - 0x80;
        if (octets > 3 || rest.size() < 2 + octets) return std::nullopt;
        size = 0;
        for (std::size_t i = 0; i < octets; ++i) size = size << 8 | rest[2 + i];
        head += octets;
    }
    if (rest.size() - head < size) return std::nullopt;
    const auto begin = rest.begin() + static_cast<std::ptrdiff_t>(head);
    const auto end = begin + static_cast<std::ptrdiff_t>(size);
    Bytes content(begin, end);
    rest.erase(rest.begin(), end);
    return content;
}

Bytes octets_in(Bytes context) { return take(context, 0x04).value_or(Bytes{}); }

Bytes first_token(Bytes context) {
    Bytes list = take(context, 0x30).value_or(Bytes{});
    Bytes item = take(list, 0x30).value_or(Bytes{});
    return octets_in(take(item, 0xA0).value_or(Bytes{}));
}

std::optional<TsRequest> parse_ts_request(Bytes bytes) {
    auto body = take(bytes, 0x30);
    if (!body) return std::nullopt;
    auto version = take(*body, 0xA0);
    const auto number = version ? take(*version, 0x02) : std::nullopt;
    if (!number || number->empty()) return std::nullopt;
    TsRequest request;
    request.version = number->back();
    if (const auto tokens = take(*body, 0xA1)) request.token = first_token(*tokens);
    request.has_auth_info = take(*body, 0xA2).has_value();
    if (const auto key = take(*body, 0xA3)) request.pub_key_auth = octets_in(*key);
    take(*body, 0xA4);
    if (const auto nonce = take(*body, 0xA5)) request.nonce = octets_in(*nonce);
    return request;
}

Bytes ts_request(int version, const Bytes& rest) {
    Bytes body = tlv(0xA0, tlv(0x02, {static_cast<std::uint8_t>(version)}));
    body.insert(body.end(), rest.begin(), rest.end());
    return tlv(0x30, body);
}

bool read_exactly(SSL* ssl, Bytes& bytes, std::size_t size) {
    const std::size_t before = bytes.size();
    bytes.resize(before + size);
    for (std::size_t have = before; have < bytes.size();) {
        const int got = SSL_read(ssl, bytes.data() + have, static_cast<int>(bytes.size() - have));
        if (got <= 0) return false;
        have += static_cast<std::size_t>(got);
    }
    return true;
}

}  // namespace

Bytes with_token(int version, const Bytes& token) {
    return ts_request(version, tlv(0xA1, tlv(0x30, tlv(0x30, tlv(0xA0, tlv(0x04, token))))));
}

Bytes with_pub_key_auth(int version, const Bytes& sealed) {
    return ts_request(version, tlv(0xA3, tlv(0x04, sealed)));
}

Bytes with_error(int version, std::uint32_t status) {
    Bytes number;  // four octets even where the highest bit is set: that is how Windows sends it
    for (int shift = 24; shift >= 0; shift -= 8)
        number.push_back(static_cast<std::uint8_t>(status >> shift));
    return ts_request(version, tlv(0xA4, tlv(0x02, number)));
}

std::optional<TsRequest> read_ts_request(SSL* ssl) {
    Bytes bytes;
    if (!read_exactly(ssl, bytes, 2) || bytes[0] != 0x30) return std::nullopt;
    std::size_t size = bytes[1];
    if (size > 0x80) {
        const std::size_t octets = size - 0x80;
        if (octets > 3 || !read_exactly(ssl, bytes, octets)) return std::nullopt;
        size = 0;
        for (std::size_t i = 0; i < octets; ++i) size = size << 8 | bytes[2 + i];
    }
    if (size > longest_request || !read_exactly(ssl, bytes, size)) return std::nullopt;
    return parse_ts_request(std::move(bytes));
}

}  // namespace scripted
