// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "pdu_samples.hpp"

namespace preflight::test {

/// PDUs of the later steps as a server sends them, whole and valid.

/// A TSRequest of version 6 that refuses with this errorCode.
Octets ts_error(std::uint32_t code);

/// Data on the I/O channel (1003) in an MCS Send Data Indication.
Octets send_data(const Octets& data, std::uint16_t channel = 1003);

/// The same with a basic security header in front.
Octets secured(std::uint16_t flags, const Octets& data);

/// A LICENSE_ERROR_ALERT.
Octets license_error(std::uint32_t code, std::uint32_t transition);

/// A share data PDU of this pduType2.
Octets share_data(std::uint8_t type, const Octets& body, std::uint8_t compression = 0);

/// A Demand Active PDU without capabilities.
Octets demand_active();

/// An RDP_SERVER_REDIRECTION_PACKET with these flags and fields.
Octets redirection_packet(std::uint32_t flags, const Octets& fields);

/// A field behind its length of four bytes.
Octets counted(const Octets& field);

/// A successful MCS Connect Response of a server with TLS: RDP 10.12, channels 1004 and 1005; the
/// client's protocols as the server received them.
Octets connect_response(std::uint32_t requested);

/// The same that refuses.
Octets refused_connect_response(std::uint8_t result);

/// A packet of a gateway, [MS-TSGU] 2.2.10.
Octets rdg_packet(std::uint16_t type, const Octets& body);

/// A server's WebSocket frame.
Octets websocket(const Octets& payload, std::uint8_t opcode = 2);

Octets ascii(std::string_view text);

}  // namespace preflight::test
