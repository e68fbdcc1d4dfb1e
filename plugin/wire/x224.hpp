// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/reassembler.hpp"

namespace preflight::wire {

/// The frame of a TPKT: version 3, reserved, length of two bytes; RFC 2126 section 4.3.
Frame tpkt_frame(Bytes bytes);

/// What can stand in the user data of an X.224 connection request, [MS-RDPBCGR] 2.2.1.1. The text
/// of the cookie or routing token is not kept: it can name a user.
struct ConnectionRequest {
    bool cookie = false;          ///< there is a cookie or routing token
    bool negotiation = false;     ///< there is an RDP_NEG_REQ
    std::uint8_t flags = 0;       ///< of the RDP_NEG_REQ
    std::uint32_t protocols = 0;  ///< requestedProtocols
    bool correlation = false;     ///< there is an RDP_NEG_CORRELATION_INFO
};

/// An X.224 connection confirm, [MS-RDPBCGR] 2.2.1.2.
struct ConnectionConfirm {
    enum class Kind {
        plain,     ///< without negotiation data: the server knows RDP security only
        response,  ///< RDP_NEG_RSP
        failure,   ///< RDP_NEG_FAILURE
    };
    Kind kind = Kind::plain;
    std::uint8_t flags = 0;
    std::uint32_t protocol = 0;      ///< selectedProtocol of a response
    std::uint32_t failure_code = 0;  ///< failureCode of a failure
};

/// What a TPKT carries, by the code of its X.224 TPDU.
enum class Tpdu { connection_request, connection_confirm, data, other };

/// The kind of TPDU in a whole TPKT, or nothing where it is none.
std::optional<Tpdu> tpdu_of(Bytes tpkt);

/// Reads a whole TPKT; nothing where it is malformed or something else.
std::optional<ConnectionRequest> parse_connection_request(Bytes tpkt);
std::optional<ConnectionConfirm> parse_connection_confirm(Bytes tpkt);

/// Names of the bits of requestedProtocols or selectedProtocol: RDP (0), SSL, HYBRID, RDSTLS,
/// HYBRID_EX, RDSAAD; unknown bits together as 0x%08x.
std::vector<std::string> protocol_names(std::uint32_t bits);

/// Names of the known RDP_NEG_RSP flags that are set.
std::vector<std::string> response_flag_names(std::uint8_t flags);

/// The bits of RDP_NEG_RSP flags that have no name.
std::uint8_t unknown_response_flags(std::uint8_t flags);

/// The name of an RDP_NEG_FAILURE code; empty where it has none.
std::string_view failure_name(std::uint32_t code);

}  // namespace preflight::wire
