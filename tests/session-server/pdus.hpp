// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <cstdint>
#include <vector>

/// PDUs that FreeRDP's server side sends not at all, or not with these values.
namespace session {

using Bytes = std::vector<std::uint8_t>;

/// Set Error Info PDU (MS-RDPBCGR 2.2.5.1) with any code, for a connection under TLS.
Bytes set_error_info(std::uint32_t code);

/// MCS Disconnect Provider Ultimatum (T.125, section 7) with a reason of 0 to 4.
Bytes disconnect_provider_ultimatum(std::uint8_t reason);

/// LICENSE_ERROR_MESSAGE (MS-RDPBCGR 2.2.1.12.1.3) with dwErrorCode and dwStateTransition.
Bytes license_error(std::uint32_t code, std::uint32_t transition);

}  // namespace session
