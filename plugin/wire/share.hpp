// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>
#include <string_view>

#include "wire/reader.hpp"

namespace preflight::wire {

/// pduType of a share control header, [MS-RDPBCGR] 2.2.8.1.1.1.1.
enum class ShareType : std::uint8_t {
    demand_active = 1,
    confirm_active = 3,
    deactivate_all = 6,
    data = 7,
    server_redirection = 10,
};

/// pduType2 of a share data header, [MS-RDPBCGR] 2.2.8.1.1.1.2, as far as a connection is told by
/// them.
enum class ShareDataType : std::uint8_t {
    control = 0x14,
    synchronize = 0x1f,
    shutdown_request_denied = 0x25,
    save_session_info = 0x26,
    font_map = 0x28,
    set_error_info = 0x2f,
    arc_status = 0x32,
    status_info = 0x36,
    monitor_layout = 0x37,
};

/// TS_LOGON_ERRORS_INFO, [MS-RDPBCGR] 2.2.10.1.1.4.1.1. Its `data` can be a session's number.
struct LogonError {
    std::uint32_t type = 0;  ///< ErrorNotificationType
    std::uint32_t data = 0;  ///< ErrorNotificationData
};

/// A Save Session Info PDU, [MS-RDPBCGR] 2.2.10.1.1. Names of user and domain and the cookie for
/// reconnecting are not read.
struct SaveSessionInfo {
    std::uint32_t info_type = 0;  ///< 0 to 3
    bool logged_on = false;       ///< the server says that the user is logged on
    std::optional<LogonError> error;
};

/// One PDU behind a share control header. A list of them can stand in the data of one MCS PDU.
struct SharePdu {
    ShareType type = ShareType::data;
    Bytes body;  ///< behind the share control header, within the bytes that were parsed
    std::optional<std::uint8_t> data_type;    ///< pduType2, of ShareType::data
    std::optional<std::uint32_t> error_info;  ///< of a Set Error Info PDU, 2.2.5.1.1
    std::optional<std::uint32_t> status;      ///< of a Status Info PDU, 2.2.5.2
    std::optional<SaveSessionInfo> session;   ///< of a Save Session Info PDU
};

/// Whether a share control header stands here, rather than a security header.
bool is_share_pdu(Bytes data);

/// Reads the next PDU and moves behind it; nothing where it is malformed. Compressed data is told
/// by its type alone. Flow control PDUs ([T.128] 8.4) are passed over.
std::optional<SharePdu> read_share_pdu(Reader& reader);

/// The name of a pduType2, such as "Set Error Info"; empty where it has none here.
std::string_view share_data_name(std::uint8_t type);

/// The name of an ErrorNotificationType, such as LOGON_MSG_NO_PERMISSION; empty where it has none.
std::string_view logon_error_type_name(std::uint32_t type);

/// The name of an ErrorNotificationData, such as LOGON_FAILED_BAD_PASSWORD; empty where it has
/// none.
std::string_view logon_error_data_name(std::uint32_t data);

}  // namespace preflight::wire
