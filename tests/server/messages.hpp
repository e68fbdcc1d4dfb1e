// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string_view>

#include "script.hpp"

namespace scripted {

/// RDP_NEG_REQ / RDP_NEG_RSP protocol numbers (MS-RDPBCGR 2.2.1.1.1).
enum Protocol : std::uint32_t {
    rdp = 0,
    ssl = 1,
    hybrid = 2,
    rdstls = 4,
    hybrid_ex = 8,
    rdsaad = 16
};

/// X.224 Connection Confirm with RDP_NEG_RSP: the protocol chosen, and flags (2.2.1.2.1).
Bytes negotiation_response(std::uint32_t protocol, std::uint8_t flags = 0x1F);
/// X.224 Connection Confirm with RDP_NEG_FAILURE (2.2.1.2.2).
Bytes negotiation_failure(std::uint32_t code);
/// X.224 Connection Confirm without negotiation data, as servers before RDP 5.2 send it.
Bytes connection_confirm();
/// A TLS alert record in clear (RFC 8446, section 6): level 1 warning, 2 fatal.
Bytes tls_alert(std::uint8_t code, std::uint8_t level = 2);
/// A TLS 1.2 ServerHello without the extension renegotiation_info (RFC 5746).
Bytes server_hello_without_renegotiation_info();
/// A TSRequest that carries nothing but errorCode (MS-CSSP 2.2.1).
Bytes ts_request_error(std::uint32_t ntstatus);
Bytes text(std::string_view text);

/// Reads a Connection Request; empty when it is none. `attempt` stays 0.
std::optional<Request> parse_request(const Bytes& bytes);

}  // namespace scripted
