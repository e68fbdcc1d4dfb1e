// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "probe/messages.hpp"

#include <initializer_list>
#include <iterator>

namespace preflight {
namespace {

using Message = std::vector<std::uint8_t>;

constexpr std::uint8_t low(std::uint32_t value, int byte) {
    return static_cast<std::uint8_t>(value >> (8 * byte));
}

/// A DER element whose contents are shorter than 128 bytes, X.690 section 8.1.3.4.
Message element(std::uint8_t tag, const Message& contents) {
    Message whole{tag, static_cast<std::uint8_t>(contents.size())};
    whole.insert(whole.end(), contents.begin(), contents.end());
    return whole;
}

Message joined(std::initializer_list<Message> parts) {
    Message whole;
    for (const auto& part : parts) whole.insert(whole.end(), part.begin(), part.end());
    return whole;
}

/// Unicode, OEM, request target, sign, seal, NTLM, always sign, extended session security, version,
/// 128, key exchange, 56; [MS-NLMP] 2.2.2.5. What Windows asks for.
constexpr std::uint32_t ntlm_flags = 0xE2088237;

Message ntlm_negotiate() {
    Message message = {'N', 'T', 'L', 'M', 'S', 'S', 'P', 0, 1, 0, 0, 0};
    for (int byte = 0; byte < 4; ++byte) message.push_back(low(ntlm_flags, byte));
    message.resize(message.size() + 16);  // neither domain nor workstation is named
    // Version 10.0, build 0, revision 15 (NTLMSSP_REVISION_W2K3), 2.2.2.10
    constexpr std::uint8_t version[] = {10, 0, 0, 0, 0, 0, 0, 15};
    message.insert(message.end(), std::begin(version), std::end(version));
    return message;
}

}  // namespace

std::vector<std::uint8_t> connection_request(std::uint32_t protocols, bool negotiate) {
    const std::uint8_t size = negotiate ? 19 : 11;
    // TPKT: version, reserved, length; X.224: length, connection request, references, class
    Message message = {3, 0, 0, size, static_cast<std::uint8_t>(size - 5), 0xE0, 0, 0, 0, 0, 0};
    if (!negotiate) return message;
    constexpr std::uint8_t header[] = {1, 0, 8, 0};  // RDP_NEG_REQ: type, flags, length
    message.insert(message.end(), std::begin(header), std::end(header));
    for (int byte = 0; byte < 4; ++byte) message.push_back(low(protocols, byte));
    return message;
}

std::vector<std::uint8_t> ntlm_question() {
    constexpr std::uint8_t credssp_version = 6;
    const auto token = element(0x30, element(0xA0, element(0x04, ntlm_negotiate())));
    const auto tokens = element(0xA1, element(0x30, token));
    return element(0x30, joined({element(0xA0, {0x02, 1, credssp_version}), tokens}));
}

}  // namespace preflight
