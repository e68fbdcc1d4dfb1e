// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/reader.hpp"

namespace preflight::wire {

/// The server's settings in a GCC Conference Create Response, [MS-RDPBCGR] 2.2.1.4. The server's
/// random number is not kept.
struct GccServerData {
    enum class Certificate { none, proprietary, x509, unknown };

    std::uint8_t result = 0;               ///< of the Conference Create Response; 0 is success
    std::optional<std::uint32_t> version;  ///< TS_UD_SC_CORE
    std::optional<std::uint32_t> requested_protocols;  ///< clientRequestedProtocols, as received
    std::optional<std::uint32_t> early_capabilities;   ///< earlyCapabilityFlags
    std::optional<std::uint32_t> encryption_method;    ///< TS_UD_SC_SEC1
    std::optional<std::uint32_t> encryption_level;     ///< 0: TLS or CredSSP protects
    Certificate certificate = Certificate::none;
    std::optional<std::uint16_t> io_channel;            ///< MCSChannelId of TS_UD_SC_NET
    std::vector<std::uint16_t> channels;                ///< in the order of the client's request
    std::optional<std::uint16_t> message_channel;       ///< TS_UD_SC_MCS_MSGCHANNEL
    std::optional<std::uint32_t> multitransport_flags;  ///< TS_UD_SC_MULTITRANSPORT
};

/// Reads the userData of an MCS Connect Response; nothing where it is malformed.
std::optional<GccServerData> parse_gcc_response(Bytes user_data);

/// A version of RDP as numbers, such as 10.12 for 0x00080011; 0x%08x where it has no name.
std::string rdp_version_name(std::uint32_t version);

/// none, 40 bit, 128 bit, 56 bit, FIPS; empty for anything else. [MS-RDPBCGR] 2.2.1.4.3
std::string_view encryption_method_name(std::uint32_t method);

/// none, low, client compatible, high, FIPS; empty for anything else.
std::string_view encryption_level_name(std::uint32_t level);

}  // namespace preflight::wire
