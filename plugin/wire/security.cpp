// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/security.hpp"

namespace preflight::wire {

std::optional<SecurityHeader> read_security_header(Reader& reader) {
    SecurityHeader header;
    std::uint16_t flags_high = 0;
    if (!reader.u16le(header.flags) || !reader.u16le(flags_high)) return std::nullopt;
    return header;
}

}  // namespace preflight::wire
