// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>
#include <string_view>

#include "wire/reassembler.hpp"

namespace preflight::wire {

/// An RDSTLS message, [MS-RDPBCGR] 2.2.17. The credentials of an authentication request are not
/// read.
struct RdstlsMessage {
    enum class Kind { capabilities, authentication_request, authentication_response };
    Kind kind = Kind::capabilities;
    std::uint16_t supported_versions = 0;  ///< of the capabilities
    std::uint32_t result = 0;              ///< resultCode of a response; 0 is success
};

/// The frame of a message that a server sends: capabilities or an authentication response.
Frame rdstls_server_frame(Bytes bytes);

/// Reads a message; nothing where it is malformed or something else.
std::optional<RdstlsMessage> parse_rdstls(Bytes message);

/// The name of a resultCode, such as RDSTLS_RESULT_LOGON_FAILURE; empty where it has none.
std::string_view rdstls_result_name(std::uint32_t result);

}  // namespace preflight::wire
