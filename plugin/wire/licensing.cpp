// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/licensing.hpp"

namespace preflight::wire {
namespace {

constexpr std::uint8_t error_alert = 0xff;
constexpr std::uint32_t status_valid_client = 0x00000007;
constexpr std::uint32_t st_no_transition = 0x00000002;

}  // namespace

std::optional<LicenseMessage> parse_license(Bytes bytes) {
    // LICENSE_PREAMBLE, [MS-RDPBCGR] 2.2.1.12.1.1. Its length is not asked: some servers count the
    // security header in.
    Reader reader(bytes);
    LicenseMessage message;
    constexpr std::size_t flags_and_length = 3;
    if (!reader.u8(message.type) || license_message_name(message.type).empty() ||
        !reader.skip(flags_and_length))
        return std::nullopt;
    if (message.type != error_alert) return message;
    LicenseError error;
    if (!reader.u32le(error.code) || !reader.u32le(error.transition)) return std::nullopt;
    message.error = error;
    return message;
}

std::string_view license_message_name(std::uint8_t type) {
    switch (type) {
        case 0x01:
            return "LICENSE_REQUEST";
        case 0x02:
            return "PLATFORM_CHALLENGE";
        case 0x03:
            return "NEW_LICENSE";
        case 0x04:
            return "UPGRADE_LICENSE";
        case 0x12:
            return "LICENSE_INFO";
        case 0x13:
            return "NEW_LICENSE_REQUEST";
        case 0x15:
            return "PLATFORM_CHALLENGE_RESPONSE";
        case error_alert:
            return "ERROR_ALERT";
        default:
            return {};
    }
}

std::string_view license_error_name(std::uint32_t code) {
    switch (code) {
        case 0x00000001:
            return "ERR_INVALID_SERVER_CERTIFICATE";
        case 0x00000002:
            return "ERR_NO_LICENSE";
        case 0x00000003:
            return "ERR_INVALID_MAC";
        case 0x00000004:
            return "ERR_INVALID_SCOPE";
        case 0x00000006:
            return "ERR_NO_LICENSE_SERVER";
        case status_valid_client:
            return "STATUS_VALID_CLIENT";
        case 0x00000008:
            return "ERR_INVALID_CLIENT";
        case 0x0000000b:
            return "ERR_INVALID_PRODUCTID";
        case 0x0000000c:
            return "ERR_INVALID_MESSAGE_LEN";
        default:
            return {};
    }
}

std::string_view license_transition_name(std::uint32_t transition) {
    switch (transition) {
        case 0x00000001:
            return "ST_TOTAL_ABORT";
        case st_no_transition:
            return "ST_NO_TRANSITION";
        case 0x00000003:
            return "ST_RESET_PHASE_TO_START";
        case 0x00000004:
            return "ST_RESEND_LAST_MESSAGE";
        default:
            return {};
    }
}

bool is_valid_client(const LicenseError& error) {
    return error.code == status_valid_client && error.transition == st_no_transition;
}

}  // namespace preflight::wire
