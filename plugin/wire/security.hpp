// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>

#include "wire/reader.hpp"

namespace preflight::wire {

/// Flags of a security header, [MS-RDPBCGR] 2.2.8.1.1.2.1.
enum SecurityFlag : std::uint16_t {
    sec_exchange = 0x0001,
    sec_transport_request = 0x0002,  ///< Initiate Multitransport Request, 2.2.15.1
    sec_encrypt = 0x0008,
    sec_info = 0x0040,
    sec_license = 0x0080,
    sec_redirection = 0x0400,
    sec_autodetect_request = 0x1000,
    sec_heartbeat = 0x4000,
};

/// The basic security header in front of some data.
struct SecurityHeader {
    std::uint16_t flags = 0;
    bool has(SecurityFlag flag) const { return flags & flag; }
};

/// Reads the header and moves behind it. What follows SEC_ENCRYPT cannot be read.
std::optional<SecurityHeader> read_security_header(Reader& reader);

}  // namespace preflight::wire
