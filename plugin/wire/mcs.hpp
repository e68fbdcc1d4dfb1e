// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>
#include <string_view>
#include <variant>

#include "wire/gcc.hpp"
#include "wire/reassembler.hpp"

namespace preflight::wire {

/// The frame of what an RDP connection carries behind the X.224 negotiation: a TPKT, or a fast-path
/// PDU ([MS-RDPBCGR] 2.2.8.1.2 and 2.2.9.1.2).
Frame rdp_frame(Bytes bytes);

/// Whether a whole PDU is a fast-path one; if so, whether it is encrypted (standard RDP security).
bool is_fast_path(Bytes pdu);
bool is_encrypted_fast_path(Bytes pdu);

/// The PDUs of MCS that a connection uses, T.125 section 7, [MS-RDPBCGR] 2.2.1.3 to 2.2.1.9. Of
/// what a client sends only the kind is told: its data can hold credentials.
struct McsConnectInitial {};
struct McsConnectResponse {
    std::uint8_t result = 0;              ///< 0 is rt-successful
    std::optional<GccServerData> server;  ///< nothing where it is malformed or missing
};
struct McsErectDomainRequest {};
struct McsAttachUserRequest {};
struct McsAttachUserConfirm {
    std::uint8_t result = 0;
    std::optional<std::uint32_t> user;
};
struct McsChannelJoinRequest {
    std::uint32_t channel = 0;
};
struct McsChannelJoinConfirm {
    std::uint8_t result = 0;
    std::uint32_t requested = 0;
};
struct McsSendDataRequest {
    std::uint32_t channel = 0;
};
struct McsSendDataIndication {
    std::uint32_t channel = 0;
    Bytes data;  ///< within the bytes that were parsed
};
struct McsDisconnectProviderUltimatum {
    std::uint8_t reason = 0;
};
/// An X.224 Disconnect Request in place of an MCS PDU.
struct X224DisconnectRequest {};
struct McsOther {
    std::uint8_t choice = 0;  ///< number of the DomainMCSPDU
};

using McsPdu = std::variant<McsConnectInitial, McsConnectResponse, McsErectDomainRequest,
                            McsAttachUserRequest, McsAttachUserConfirm, McsChannelJoinRequest,
                            McsChannelJoinConfirm, McsSendDataRequest, McsSendDataIndication,
                            McsDisconnectProviderUltimatum, X224DisconnectRequest, McsOther>;

/// Reads a whole TPKT; nothing where it is malformed or something else.
std::optional<McsPdu> parse_mcs(Bytes tpkt);

/// The name of an MCS result, such as rt-domain-merging; empty where it has none.
std::string_view mcs_result_name(std::uint8_t result);

/// The name of a reason, such as rn-user-requested; empty where it has none.
std::string_view mcs_reason_name(std::uint8_t reason);

}  // namespace preflight::wire
