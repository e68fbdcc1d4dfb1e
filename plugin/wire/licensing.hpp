// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>
#include <string_view>

#include "wire/reader.hpp"

namespace preflight::wire {

/// LICENSE_ERROR_MESSAGE, [MS-RDPBCGR] 2.2.1.12.1.3.
struct LicenseError {
    std::uint32_t code = 0;        ///< dwErrorCode
    std::uint32_t transition = 0;  ///< dwStateTransition
};

/// A licensing message, [MS-RDPELE] 2.2.2: its type, and what an error alert says. Licences,
/// keys and hardware identifiers are not read.
struct LicenseMessage {
    std::uint8_t type = 0;              ///< bMsgType
    std::optional<LicenseError> error;  ///< of an ERROR_ALERT
};

/// Reads what stands behind a security header with SEC_LICENSE_PKT; nothing where it is malformed.
std::optional<LicenseMessage> parse_license(Bytes message);

/// The name of a bMsgType, such as LICENSE_REQUEST; empty where it has none.
std::string_view license_message_name(std::uint8_t type);

/// The name of a dwErrorCode, such as ERR_NO_LICENSE_SERVER; empty where it has none.
std::string_view license_error_name(std::uint32_t code);

/// The name of a dwStateTransition, such as ST_TOTAL_ABORT; empty where it has none.
std::string_view license_transition_name(std::uint32_t transition);

/// Whether an error alert only ends the licensing well: STATUS_VALID_CLIENT without transition.
bool is_valid_client(const LicenseError& error);

}  // namespace preflight::wire
