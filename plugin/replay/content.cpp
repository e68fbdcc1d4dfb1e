// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "replay/content.hpp"

#include "wire/reader.hpp"

namespace preflight::replay {
namespace {

constexpr std::uint8_t tpkt_version = 3;  // RFC 2126 4.3
constexpr std::uint8_t connection_request = 0xe0;
constexpr std::uint8_t connection_confirm = 0xd0;  // X.224 13.3 and 13.4
constexpr std::uint8_t tls_handshake = 22;
constexpr std::uint32_t longest_preconnection = 1024;

Content tpkt_content(wire::Reader reader) {
    std::uint8_t version = 0;
    std::uint8_t reserved = 0;
    std::uint16_t length = 0;
    std::uint8_t indicator = 0;
    std::uint8_t code = 0;
    if (!reader.u8(version)) return Content::unknown;
    if (version != tpkt_version) return Content::other;
    if (!reader.u8(reserved) || !reader.u16be(length) || !reader.u8(indicator) || !reader.u8(code))
        return Content::unknown;
    if (reserved != 0 || length < 11 || indicator < 6 || indicator + 5 > length)
        return Content::other;
    if ((code & 0xf0) == connection_request) return Content::request;
    return (code & 0xf0) == connection_confirm ? Content::confirm : Content::other;
}

Content tls_content(wire::Reader reader) {
    std::uint8_t type = 0;
    std::uint8_t major = 0;
    if (!reader.u8(type) || !reader.u8(major)) return Content::unknown;
    return type == tls_handshake && major == 3 ? Content::tls : Content::other;
}

/// cbSize, Flags (zero), Version (1 or 2), then the rest of cbSize bytes.
Content behind_preconnection(wire::Reader reader) {
    std::uint32_t size = 0;
    std::uint32_t flags = 0;
    std::uint32_t version = 0;
    if (!reader.u32le(size) || !reader.u32le(flags) || !reader.u32le(version))
        return Content::unknown;
    if (size < 16 || size > longest_preconnection || flags != 0 || version < 1 || version > 2)
        return Content::other;
    return reader.skip(size - 12) ? content_of(reader.rest()) : Content::unknown;
}

}  // namespace

Content content_of(Bytes first) {
    if (first.empty()) return Content::unknown;
    if (first.front() == tpkt_version) return tpkt_content(wire::Reader(first));
    if (first.front() == tls_handshake) return tls_content(wire::Reader(first));
    return behind_preconnection(wire::Reader(first));
}

}  // namespace preflight::replay
