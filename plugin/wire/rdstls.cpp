// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/rdstls.hpp"

namespace preflight::wire {
namespace {

// [MS-RDPBCGR] 2.2.17.1 to 2.2.17.4
constexpr std::uint16_t version_1 = 0x0001;
constexpr std::uint16_t type_capabilities = 0x0001;
constexpr std::uint16_t type_authentication_request = 0x0002;
constexpr std::uint16_t type_authentication_response = 0x0004;
constexpr std::uint16_t data_capabilities = 0x0001;
constexpr std::uint16_t data_result_code = 0x0001;

}  // namespace

Frame rdstls_server_frame(Bytes bytes) {
    Reader reader(bytes);
    std::uint16_t version = 0;
    std::uint16_t type = 0;
    if (!reader.u16le(version)) return {};
    if (version != version_1) return {Frame::State::broken, 0};
    if (!reader.u16le(type)) return {};
    if (type == type_capabilities) return {Frame::State::known, 8};
    if (type == type_authentication_response) return {Frame::State::known, 10};
    return {Frame::State::broken, 0};
}

std::optional<RdstlsMessage> parse_rdstls(Bytes bytes) {
    Reader reader(bytes);
    std::uint16_t version = 0;
    std::uint16_t type = 0;
    std::uint16_t data = 0;
    RdstlsMessage message;
    if (!reader.u16le(version) || version != version_1 || !reader.u16le(type) ||
        !reader.u16le(data))
        return std::nullopt;
    switch (type) {
        case type_capabilities:
            message.kind = RdstlsMessage::Kind::capabilities;
            if (data != data_capabilities || !reader.u16le(message.supported_versions))
                return std::nullopt;
            return message;
        case type_authentication_request:
            message.kind = RdstlsMessage::Kind::authentication_request;
            return message;
        case type_authentication_response:
            message.kind = RdstlsMessage::Kind::authentication_response;
            if (data != data_result_code || !reader.u32le(message.result)) return std::nullopt;
            return message;
        default:
            return std::nullopt;
    }
}

std::string_view rdstls_result_name(std::uint32_t result) {
    switch (result) {
        case 0x00000000:
            return "RDSTLS_RESULT_SUCCESS";
        case 0x00000005:
            return "RDSTLS_RESULT_ACCESS_DENIED";
        case 0x0000052e:
            return "RDSTLS_RESULT_LOGON_FAILURE";
        case 0x00000530:
            return "RDSTLS_RESULT_INVALID_LOGON_HOURS";
        case 0x00000532:
            return "RDSTLS_RESULT_PASSWORD_EXPIRED";
        case 0x00000533:
            return "RDSTLS_RESULT_ACCOUNT_DISABLED";
        case 0x00000773:
            return "RDSTLS_RESULT_PASSWORD_MUST_CHANGE";
        case 0x00000775:
            return "RDSTLS_RESULT_ACCOUNT_LOCKED_OUT";
        default:
            return {};
    }
}

}  // namespace preflight::wire
