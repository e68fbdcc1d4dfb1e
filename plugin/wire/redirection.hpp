// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "wire/reader.hpp"

namespace preflight::wire {

/// Where a Server Redirection Packet ([MS-RDPBCGR] 2.2.13.1) sends the client. User name, domain,
/// password, cookie, certificate and load balancing information are passed over.
struct ServerRedirection {
    std::uint32_t flags = 0;   ///< RedirFlags
    std::string net_address;   ///< TargetNetAddress; printable, as all names here; may be empty
    std::string fqdn;          ///< TargetFQDN
    std::string netbios_name;  ///< TargetNetBiosName
    std::vector<std::string> net_addresses;  ///< TargetNetAddresses; at most 16
    bool refused = false;                    ///< LB_NOREDIRECT: informs only, the client stays
    bool password = false;                   ///< whether a password or cookie was sent along
};

/// Reads RDP_SERVER_REDIRECTION_PACKET, which begins with its own flags SEC_REDIRECTION_PKT;
/// nothing where it is malformed.
std::optional<ServerRedirection> parse_redirection(Bytes packet);

/// The same behind a share control header: Enhanced Security Server Redirection PDU, 2.2.13.3.1.
std::optional<ServerRedirection> parse_enhanced_redirection(Bytes body);

}  // namespace preflight::wire
