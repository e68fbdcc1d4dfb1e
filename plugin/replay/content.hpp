// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "replay/segment.hpp"

namespace preflight::replay {

inline constexpr std::uint16_t rdp_port = 3389;

/// What the first bytes of a TCP connection tell.
enum class Content {
    unknown,  ///< more bytes are needed
    request,  ///< an X.224 connection request: the sender is an RDP client
    confirm,  ///< an X.224 connection confirm: the sender is an RDP server
    tls,      ///< TLS without a negotiation before it
    other,
};

/// Judges all bytes that one side has sent so far. A preconnection PDU ([MS-RDPEPS] 2.2.1) may go
/// before a request.
Content content_of(Bytes first);

}  // namespace preflight::replay
