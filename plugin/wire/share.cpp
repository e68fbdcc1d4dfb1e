// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/share.hpp"

#include <array>

namespace preflight::wire {
namespace {

constexpr std::uint16_t flow_control = 0x8000;
constexpr std::uint16_t version_1 = 0x0010;
constexpr std::uint16_t type_and_length = 4;

bool is_known_type(std::uint16_t pdu_type) {
    switch (static_cast<ShareType>(pdu_type & 0x0f)) {
        case ShareType::demand_active:
        case ShareType::confirm_active:
        case ShareType::deactivate_all:
        case ShareType::data:
        case ShareType::server_redirection:
            return true;
        default:
            return false;
    }
}

/// A flow PDU is eight bytes long whatever it says.
bool skip_flow_control(Reader& reader) {
    std::uint16_t length = 0;
    while (Reader(reader).u16le(length) && length == flow_control)
        if (!reader.skip(8)) return false;
    return true;
}

/// TS_LOGON_INFO_EXTENDED, 2.2.10.1.1.4: fields by the bits that tell of them, each with its
/// length.
bool read_extended_info(Reader reader, SaveSessionInfo& info) {
    constexpr std::uint32_t reconnect_cookie = 0x1;
    constexpr std::uint32_t logon_errors = 0x2;
    std::uint16_t total = 0;
    std::uint32_t fields = 0;
    std::uint32_t length = 0;
    Bytes contents;
    if (!reader.u16le(total) || !reader.u32le(fields)) return false;
    if ((fields & reconnect_cookie) && (!reader.u32le(length) || !reader.skip(length)))
        return false;
    if (!(fields & logon_errors)) return true;
    LogonError error;
    if (!reader.u32le(length) || !reader.bytes(length, contents)) return false;
    Reader field(contents);
    if (!field.u32le(error.type) || !field.u32le(error.data)) return false;
    info.error = error;
    return true;
}

std::optional<SaveSessionInfo> read_session_info(Reader reader) {
    constexpr std::uint32_t extended = 3;
    SaveSessionInfo info;
    if (!reader.u32le(info.info_type) || info.info_type > extended) return std::nullopt;
    info.logged_on = info.info_type != extended;
    if (info.info_type == extended && !read_extended_info(reader, info)) return std::nullopt;
    return info;
}

/// TS_SHAREDATAHEADER, 2.2.8.1.1.1.2, and what it goes before.
bool read_data(Reader reader, SharePdu& pdu) {
    constexpr std::size_t share_pad_and_stream = 4 + 1 + 1;
    constexpr std::uint8_t compressed = 0x20;
    std::uint16_t uncompressed_length = 0;
    std::uint8_t type = 0;
    std::uint8_t compression = 0;
    std::uint16_t compressed_length = 0;
    std::uint32_t value = 0;
    if (!reader.skip(share_pad_and_stream) || !reader.u16le(uncompressed_length) ||
        !reader.u8(type) || !reader.u8(compression) || !reader.u16le(compressed_length))
        return false;
    pdu.data_type = type;
    if (compression & compressed) return true;
    switch (static_cast<ShareDataType>(type)) {
        case ShareDataType::set_error_info:
            if (!reader.u32le(value)) return false;
            pdu.error_info = value;
            return true;
        case ShareDataType::status_info:
            if (!reader.u32le(value)) return false;
            pdu.status = value;
            return true;
        case ShareDataType::save_session_info:
            pdu.session = read_session_info(reader);
            return true;
        default:
            return true;
    }
}

}  // namespace

bool is_share_pdu(Bytes data) {
    Reader reader(data);
    std::uint16_t length = 0;
    std::uint16_t type = 0;
    if (!reader.u16le(length) || !reader.u16le(type)) return false;
    if (length == flow_control) return data.size() >= 8;
    return length >= type_and_length && length <= data.size() && (type & 0xfff0) == version_1 &&
           is_known_type(type);
}

std::optional<SharePdu> read_share_pdu(Reader& reader) {
    std::uint16_t length = 0;
    std::uint16_t type = 0;
    std::uint16_t source = 0;
    SharePdu pdu;
    if (!skip_flow_control(reader) || !reader.u16le(length) || !reader.u16le(type) ||
        length < type_and_length || !is_known_type(type) ||
        !reader.bytes(length - type_and_length, pdu.body))
        return std::nullopt;
    pdu.type = static_cast<ShareType>(type & 0x0f);
    // Windows XP's Deactivate All ends before pduSource.
    Reader body(pdu.body);
    if (body.u16le(source)) pdu.body = body.rest();
    if (pdu.type == ShareType::data && !read_data(body, pdu)) return std::nullopt;
    return pdu;
}

std::string_view share_data_name(std::uint8_t type) {
    switch (static_cast<ShareDataType>(type)) {
        case ShareDataType::control:
            return "Control";
        case ShareDataType::synchronize:
            return "Synchronize";
        case ShareDataType::shutdown_request_denied:
            return "Shutdown Request Denied";
        case ShareDataType::save_session_info:
            return "Save Session Info";
        case ShareDataType::font_map:
            return "Font Map";
        case ShareDataType::set_error_info:
            return "Set Error Info";
        case ShareDataType::arc_status:
            return "Auto-Reconnect Status";
        case ShareDataType::status_info:
            return "Server Status Info";
        case ShareDataType::monitor_layout:
            return "Monitor Layout";
        default:
            return {};
    }
}

std::string_view logon_error_type_name(std::uint32_t type) {
    switch (type) {
        case 0xfffffff9:
            return "LOGON_MSG_DISCONNECT_REFUSED";
        case 0xfffffffa:
            return "LOGON_MSG_NO_PERMISSION";
        case 0xfffffffb:
            return "LOGON_MSG_BUMP_OPTIONS";
        case 0xfffffffc:
            return "LOGON_MSG_RECONNECT_OPTIONS";
        case 0xfffffffd:
            return "LOGON_MSG_SESSION_TERMINATE";
        case 0xfffffffe:
            return "LOGON_MSG_SESSION_CONTINUE";
        default:
            return {};
    }
}

std::string_view logon_error_data_name(std::uint32_t data) {
    constexpr std::array<std::string_view, 4> names = {"LOGON_FAILED_BAD_PASSWORD",
                                                       "LOGON_FAILED_UPDATE_PASSWORD",
                                                       "LOGON_FAILED_OTHER", "LOGON_WARNING"};
    return data < names.size() ? names[data] : std::string_view();
}

}  // namespace preflight::wire
