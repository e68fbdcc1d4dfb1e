// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "messages.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace scripted {
namespace {

constexpr std::uint8_t tpkt_version = 3;
constexpr std::uint8_t x224_connection_request = 0xE0;
constexpr std::uint8_t x224_connection_confirm = 0xD0;
constexpr std::uint8_t rdp_neg_req = 1;
constexpr std::uint8_t rdp_neg_rsp = 2;
constexpr std::uint8_t rdp_neg_failure = 3;

std::uint8_t byte_of(std::uint32_t value, int index) {
    return static_cast<std::uint8_t>(value >> (8 * index));
}

/// TPKT and X.224 Connection Confirm around `negotiation` (8 bytes or none).
Bytes confirm(const Bytes& negotiation) {
    const auto length = static_cast<std::uint8_t>(11 + negotiation.size());
    Bytes bytes(length, 0);
    const std::array<std::uint8_t, 11> head = {tpkt_version,
                                               0,
                                               0,
                                               length,
                                               static_cast<std::uint8_t>(length - 5),
                                               x224_connection_confirm,
                                               0,
                                               0,
                                               0x12,
                                               0x34,
                                               0};
    std::copy(head.begin(), head.end(), bytes.begin());
    std::copy(negotiation.begin(), negotiation.end(), bytes.begin() + head.size());
    return bytes;
}

Bytes negotiation(std::uint8_t type, std::uint8_t flags, std::uint32_t value) {
    return {type,
            flags,
            8,
            0,
            byte_of(value, 0),
            byte_of(value, 1),
            byte_of(value, 2),
            byte_of(value, 3)};
}

}  // namespace

Bytes negotiation_response(std::uint32_t protocol, std::uint8_t flags) {
    return confirm(negotiation(rdp_neg_rsp, flags, protocol));
}

Bytes negotiation_failure(std::uint32_t code) {
    return confirm(negotiation(rdp_neg_failure, 0, code));
}

Bytes connection_confirm() { return confirm({}); }

Bytes tls_alert(std::uint8_t code, std::uint8_t level) { return {21, 3, 3, 0, 2, level, code}; }

Bytes server_hello_without_renegotiation_info() {
    Bytes hello = {22, 3, 3, 0, 42, 2, 0, 0, 38, 3, 3};
    std::generate_n(std::back_inserter(hello), 32,
                    [n = 0]() mutable { return static_cast<std::uint8_t>(n++); });
    const std::array<std::uint8_t, 4> rest = {0, 0xC0, 0x2F,
                                              0};  // no session, cipher, no compression
    hello.insert(hello.end(), rest.begin(), rest.end());
    return hello;
}

Bytes ts_request_error(std::uint32_t ntstatus) {
    return {0x30,
            0x0D,
            0xA0,
            0x03,
            0x02,
            0x01,
            0x06,
            0xA4,
            0x06,
            0x02,
            0x04,
            byte_of(ntstatus, 3),
            byte_of(ntstatus, 2),
            byte_of(ntstatus, 1),
            byte_of(ntstatus, 0)};
}

Bytes text(std::string_view text) { return {text.begin(), text.end()}; }

std::optional<Request> parse_request(const Bytes& bytes) {
    if (bytes.size() < 11 || bytes[0] != tpkt_version || bytes[5] != x224_connection_request)
        return std::nullopt;
    Request request;
    request.reference[0] = bytes[8];
    request.reference[1] = bytes[9];
    if (bytes.size() < 19) return request;
    const std::uint8_t* tail = bytes.data() + bytes.size() - 8;  // RDP_NEG_REQ comes last
    if (tail[0] == rdp_neg_req && tail[2] == 8 && tail[3] == 0)
        request.protocols = tail[4] | tail[5] << 8 | tail[6] << 16 | std::uint32_t{tail[7]} << 24;
    return request;
}

}  // namespace scripted
