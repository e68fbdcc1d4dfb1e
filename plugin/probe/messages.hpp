// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <cstdint>
#include <vector>

namespace preflight {

/// requestedProtocols and selectedProtocol, [MS-RDPBCGR] 2.2.1.1.1.
namespace protocol {
inline constexpr std::uint32_t rdp = 0;
inline constexpr std::uint32_t ssl = 1;
inline constexpr std::uint32_t hybrid = 2;
inline constexpr std::uint32_t rdstls = 4;
inline constexpr std::uint32_t hybrid_ex = 8;
inline constexpr std::uint32_t rdsaad = 16;
}  // namespace protocol

/// failureCode of an RDP_NEG_FAILURE, [MS-RDPBCGR] 2.2.1.2.2.
namespace refusal {
inline constexpr std::uint32_t ssl_not_allowed = 2;
inline constexpr std::uint32_t ssl_certificate_missing = 3;
}  // namespace refusal

/// An X.224 connection request as FreeRDP sends it, [MS-RDPBCGR] 2.2.1.1, without a cookie. The
/// RDP_NEG_REQ is left out where `negotiate` is false.
std::vector<std::uint8_t> connection_request(std::uint32_t protocols, bool negotiate);

/// A TSRequest ([MS-CSSP] 2.2.1) with an NTLM NEGOTIATE_MESSAGE ([MS-NLMP] 2.2.1.1) that names
/// nobody. It asks for the host's challenge; an unanswered challenge is no sign-in that failed.
std::vector<std::uint8_t> ntlm_question();

}  // namespace preflight
