// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "script.hpp"

namespace scripted {

/// How a server answers the basic settings exchange and the channel connection (MS-RDPBCGR 1.3.1.1,
/// T.125). A result other than 0 ends the conversation there.
struct Mcs {
    std::uint8_t connect_result = 0;  ///< T.125 Result, 0 to 15
    std::uint8_t attach_result = 0;
    std::uint8_t join_result = 0;
};

/// Plays MCS until something is refused, or else until the client's Client Info PDU has arrived.
Step mcs(Mcs server);

}  // namespace scripted
