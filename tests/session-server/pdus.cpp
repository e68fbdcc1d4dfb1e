// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "pdus.hpp"

namespace session {
namespace {

constexpr std::uint16_t server_user = 1002;
constexpr std::uint16_t io_channel = 1003;
constexpr std::uint16_t data_pdu = 0x17;  // PDUTYPE_DATAPDU, version 1
constexpr std::uint8_t set_error_info_pdu = 0x2F;
constexpr std::uint8_t stream_low = 1;
constexpr std::uint16_t license_packet = 0x80;  // SEC_LICENSE_PKT
constexpr std::uint8_t error_alert = 0xFF;
constexpr std::uint8_t license_version_3 = 3;
constexpr std::uint16_t error_blob = 4;

/// Writes numbers into a message, in the byte order that the name says.
struct Writer {
    Bytes bytes;

    Writer& u8(std::uint8_t value) { return bytes.push_back(value), *this; }
    Writer& le16(std::uint32_t value) { return u8(value & 0xFF).u8(value >> 8 & 0xFF); }
    Writer& le32(std::uint32_t value) { return le16(value & 0xFFFF).le16(value >> 16); }
    Writer& be16(std::uint32_t value) { return u8(value >> 8 & 0xFF).u8(value & 0xFF); }
    Writer& add(const Bytes& more) {
        bytes.insert(bytes.end(), more.begin(), more.end());
        return *this;
    }
};

/// TPKT and X.224 Data around an MCS message.
Bytes tpkt(const Bytes& mcs) {
    Writer w;
    w.u8(3).u8(0).be16(static_cast<std::uint32_t>(mcs.size() + 7));
    return w.u8(2).u8(0xF0).u8(0x80).add(mcs).bytes;
}

/// MCS Send Data Indication on the I/O channel.
Bytes send_data_indication(const Bytes& payload) {
    Writer w;
    w.u8(0x68).be16(server_user - 1001).be16(io_channel).u8(0x70);
    w.be16(0x8000 | static_cast<std::uint32_t>(payload.size())).add(payload);
    return tpkt(w.bytes);
}

/// Share Control and Share Data headers (MS-RDPBCGR 2.2.8.1.1) before `body`.
Bytes share_data(std::uint8_t type, const Bytes& body) {
    const auto size = static_cast<std::uint32_t>(body.size());
    Writer w;
    w.le16(18 + size).le16(data_pdu).le16(server_user);
    w.le32(0x10000 + server_user).u8(0).u8(stream_low).le16(size + 4).u8(type).u8(0).le16(0);
    return send_data_indication(w.add(body).bytes);
}

}  // namespace

Bytes set_error_info(std::uint32_t code) {
    return share_data(set_error_info_pdu, Writer{}.le32(code).bytes);
}

Bytes disconnect_provider_ultimatum(std::uint8_t reason) {
    const auto high = static_cast<std::uint8_t>(0x20 | reason >> 1);
    const auto low = static_cast<std::uint8_t>((reason & 1) << 7);
    return tpkt({high, low});
}

Bytes license_error(std::uint32_t code, std::uint32_t transition) {
    Writer w;
    w.le16(license_packet).le16(0);
    w.u8(error_alert).u8(license_version_3).le16(16);
    return send_data_indication(w.le32(code).le32(transition).le16(error_blob).le16(0).bytes);
}

}  // namespace session
