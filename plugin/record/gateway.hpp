// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>

#include "facts/gateway.hpp"
#include "record/ladder.hpp"
#include "wire/http_body.hpp"
#include "wire/rdg.hpp"
#include "wire/websocket.hpp"

namespace preflight::record {

/// What a Remote Desktop Gateway answers inside its TLS: HTTP, then its packets in a WebSocket or
/// in an endless HTTP body, [MS-TSGU] 3.3.5.1. What the client sends it is not looked at.
class GatewayStep {
  public:
    /// Takes bytes from the gateway.
    void received(Bytes bytes, Scribe& scribe);

    /// Forgets what was only kept to read on.
    void release();

    GatewayFacts facts;

  private:
    enum class Phase { head, body, endless_body, websocket, lost };
    using Octets = std::vector<std::uint8_t>;

    /// Each takes what belongs to its phase off the front; what is left belongs to the next.
    Octets read_head(Bytes bytes, Scribe& scribe);
    Octets read_body(Bytes bytes);
    Octets read_endless_body(Bytes bytes, Scribe& scribe);
    Octets read_websocket(Bytes bytes, Scribe& scribe);

    void take_response(const wire::HttpResponse& response, Scribe& scribe);
    void take_frame(const wire::WebsocketFrame& frame, Scribe& scribe);
    void take_packets(Bytes bytes, Scribe& scribe);
    void take_packet(const wire::RdgPacket& packet, Scribe& scribe);

    static constexpr std::size_t longest_head = 16 * 1024;
    static constexpr std::size_t longest_body = 4096;
    static constexpr std::size_t seed_length = 10;  ///< random bytes before the first packet

    Phase phase_ = Phase::head;
    wire::Reassembler head_{wire::http_head_frame, longest_head};
    wire::Reassembler frames_{wire::websocket_frame};
    wire::Reassembler packets_{wire::rdg_frame};
    std::optional<wire::HttpBody> body_;
    Octets content_;  ///< beginning of a body
    std::size_t seed_left_ = 0;
};

}  // namespace preflight::record
