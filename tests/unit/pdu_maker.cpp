// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "pdu_maker.hpp"

namespace preflight::test {
namespace {

Octets be16(std::size_t value) {
    return {static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
}

Octets tpkt(const Octets& mcs) {
    return joined({hex("0300"), be16(mcs.size() + 7), hex("02f080"), mcs});
}

Octets connect_response_with(std::uint8_t result, const Octets& user_data) {
    const Octets inside =
        joined({{0x0a, 0x01, result}, hex("020100 3000"), element(0x04, user_data)});
    return tpkt(joined({hex("7f66"), {static_cast<std::uint8_t>(inside.size())}, inside}));
}

}  // namespace

Octets ts_error(std::uint32_t code) {
    Octets big = le32(code);
    return joined({hex("300da003020106a4060204"), Octets(big.rbegin(), big.rend())});
}

Octets send_data(const Octets& data, std::uint16_t channel) {
    const Octets length = data.size() < 0x80 ? Octets{static_cast<std::uint8_t>(data.size())}
                                             : be16(0x8000 | data.size());
    return tpkt(joined({hex("680001"), be16(channel), {0x70}, length, data}));
}

Octets secured(std::uint16_t flags, const Octets& data) {
    return send_data(joined({le16(flags), le16(0), data}));
}

Octets license_error(std::uint32_t code, std::uint32_t transition) {
    return secured(0x0080, joined({hex("ff031000"), le32(code), le32(transition), le32(4)}));
}

Octets share_data(std::uint8_t type, const Octets& body, std::uint8_t compression) {
    const auto length = static_cast<std::uint16_t>(18 + body.size());
    return joined({le16(length),
                   le16(0x0017),
                   le16(1002),
                   le32(0x000103ea),
                   {0, 1},
                   le16(length),
                   {type, compression},
                   le16(0),
                   body});
}

Octets demand_active() {
    return joined({le16(14), le16(0x0011), le16(1002), le32(0x000103ea), le32(0)});
}

Octets counted(const Octets& field) {
    return joined({le32(static_cast<std::uint32_t>(field.size())), field});
}

Octets redirection_packet(std::uint32_t flags, const Octets& fields) {
    return joined({le16(0x0400), le16(static_cast<std::uint16_t>(12 + fields.size())), le32(1),
                   le32(flags), fields});
}

Octets connect_response(std::uint32_t requested) {
    const Octets blocks = joined({hex("010c1000 11000800"), le32(requested), hex("08000000"),
                                  hex("030c0c00 eb030200 ec03ed03"),
                                  hex("020c0c00 00000000 00000000"), hex("040c0600 f003")});
    return connect_response_with(0,
                                 joined({hex("000500147c0001 2a 14760a 0101 00 01c0 00 4d63446e"),
                                         {static_cast<std::uint8_t>(blocks.size())},
                                         blocks}));
}

Octets refused_connect_response(std::uint8_t result) { return connect_response_with(result, {}); }

Octets rdg_packet(std::uint16_t type, const Octets& body) {
    return joined({le16(type), le16(0), le32(static_cast<std::uint32_t>(8 + body.size())), body});
}

Octets websocket(const Octets& payload, std::uint8_t opcode) {
    return joined(
        {{static_cast<std::uint8_t>(0x80 | opcode), static_cast<std::uint8_t>(payload.size())},
         payload});
}

Octets ascii(std::string_view text) { return Octets(text.begin(), text.end()); }

}  // namespace preflight::test
