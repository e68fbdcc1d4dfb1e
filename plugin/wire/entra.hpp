// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>

#include "wire/reassembler.hpp"

namespace preflight::wire {

/// A message of a server that signs in with Entra ID, [MS-RDPBCGR] 2.2.18: JSON with a zero behind
/// it. The nonce is not read, only that it came.
struct EntraMessage {
    enum class Kind { nonce, result };
    Kind kind = Kind::nonce;
    std::uint32_t result = 0;  ///< authentication_result, an HRESULT; 0 is success
};

/// The frame of a message: up to and with the zero.
Frame entra_frame(Bytes bytes);

/// Reads a message of the server; nothing where it is malformed or something else.
std::optional<EntraMessage> parse_entra(Bytes message);

}  // namespace preflight::wire
