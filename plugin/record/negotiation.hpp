// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/negotiation.hpp"
#include "record/ladder.hpp"
#include "wire/x224.hpp"

namespace preflight::record {

/// The X.224 connection request and its answer, [MS-RDPBCGR] 2.2.1.1 and 2.2.1.2.
class NegotiationStep {
  public:
    /// Takes bytes that went to the server, until `requested`.
    void sent(Bytes bytes, Scribe& scribe);

    /// Takes bytes from the server, until `finished`; returns those behind the answer.
    std::vector<std::uint8_t> received(Bytes bytes, Scribe& scribe);

    bool requested() const { return requested_at_.has_value(); }

    /// The server has answered with a connection confirm.
    bool finished() const { return finished_; }

    /// Whether bytes came that are no connection confirm.
    bool derailed() const { return derailed_; }

    /// Whether TLS comes next.
    bool promises_tls() const;

    /// How long the answer took or has been awaited.
    std::int64_t waited_ms(Moment until) const;

    NegotiationFacts facts;

  private:
    void take_request(Bytes tpkt, Scribe& scribe);
    void take_confirm(Bytes tpkt, Scribe& scribe);
    void take_response(const wire::ConnectionConfirm& confirm, Scribe& scribe);
    void derail(Scribe& scribe);

    static constexpr std::size_t first_bytes_limit = 256;
    // A request with the longest routing token is far shorter, [MS-RDPBCGR] 2.2.1.1.
    static constexpr std::size_t longest_tpkt = 4096;
    wire::Reassembler sent_{wire::tpkt_frame, longest_tpkt};
    wire::Reassembler received_{wire::tpkt_frame, longest_tpkt};
    std::vector<std::uint8_t> first_bytes_;  ///< of the server, to recognise another protocol
    std::optional<Moment> requested_at_;
    std::optional<Moment> answered_at_;
    bool finished_ = false;
    bool derailed_ = false;
};

}  // namespace preflight::record
