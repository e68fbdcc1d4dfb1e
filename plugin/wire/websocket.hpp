// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>

#include "wire/reassembler.hpp"

namespace preflight::wire {

/// A WebSocket frame of a server, RFC 6455 section 5.2.
struct WebsocketFrame {
    enum class Opcode : std::uint8_t {
        continuation = 0x0,
        text = 0x1,
        binary = 0x2,
        close = 0x8,
        ping = 0x9,
        pong = 0xa,
    };
    Opcode opcode = Opcode::binary;
    bool last = true;                         ///< FIN
    Bytes payload;                            ///< within the bytes that were parsed
    std::optional<std::uint16_t> close_code;  ///< RFC 6455 section 7.4
};

/// The frame at the front of some bytes, masked or not.
Frame websocket_frame(Bytes bytes);

/// Reads a whole frame; nothing where it is malformed or masked, which a server's never is.
std::optional<WebsocketFrame> parse_websocket(Bytes frame);

}  // namespace preflight::wire
