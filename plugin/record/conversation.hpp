// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "record/authentication.hpp"
#include "record/licensing.hpp"
#include "record/mcs.hpp"
#include "record/session.hpp"
#include "wire/reassembler.hpp"

namespace preflight::record {

/// What client and host say behind the X.224 negotiation, inside TLS or without it: the sign-in
/// where there is one, then RDP.
class Conversation {
  public:
    /// The negotiation is over. `selected` is the protocol of the RDP_NEG_RSP, `requested` those of
    /// the RDP_NEG_REQ.
    void begin(std::uint32_t selected, const Maybe<std::int64_t>& requested);

    /// Takes one piece that went to the server; nothing of it is kept.
    void sent(Bytes bytes, Scribe& scribe);

    /// Takes bytes from the server.
    void received(Bytes bytes, Scribe& scribe);

    /// Forgets what was only kept to read on.
    void release();

    /// How far this tells that the connection came; nothing where it does not tell.
    std::optional<Stage> stage() const { return stage_; }

    AuthenticationStep authentication;
    McsStep mcs;
    LicensingStep licensing;
    SessionStep session;

  private:
    void advance(Stage stage) { stage_ = std::max(stage_.value_or(stage), stage); }
    void read_sign_in(Scribe& scribe);
    void read_rdp(Scribe& scribe);
    void take_pdu(Bytes pdu, Scribe& scribe);
    void take_data(const wire::McsSendDataIndication& indication, Scribe& scribe);
    void take_secured(Bytes data, Scribe& scribe);

    bool signing_in_ = false;
    wire::Reassembler sign_in_{AuthenticationStep::frame};
    wire::Reassembler rdp_{wire::rdp_frame};
    std::optional<Stage> stage_;
};

}  // namespace preflight::record
