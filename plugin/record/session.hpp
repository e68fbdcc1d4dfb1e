// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>

#include "facts/session.hpp"
#include "facts/stage.hpp"
#include "record/ladder.hpp"
#include "wire/redirection.hpp"
#include "wire/share.hpp"

namespace preflight::record {

/// Fills in what the host's sign-in program shows, [MS-RDPBCGR] 2.2.10.1.1.4.1.1.
void fill_logon_error(std::uint32_t type, std::uint32_t data, SessionFacts& facts);

/// Activation and what the server says of the session, [MS-RDPBCGR] 1.3.1.1 and 2.2.8.1.1.1.
class SessionStep {
  public:
    /// Takes the data of one message on the I/O channel that begins with a share control header.
    void take(Bytes data, Scribe& scribe);

    /// Takes a Server Redirection Packet.
    void take(const wire::ServerRedirection& redirection, Scribe& scribe);

    /// Standard RDP security encrypts what arrives: it cannot be read.
    void encrypted(Scribe& scribe);

    /// How far this step tells that the connection came.
    std::optional<Stage> stage() const { return stage_; }

    SessionFacts facts;

  private:
    void take(const wire::SharePdu& pdu, Scribe& scribe);
    void take_data(const wire::SharePdu& pdu, Scribe& scribe);
    void take_session_info(const wire::SaveSessionInfo& info, Scribe& scribe);
    void received(std::string message, Scribe& scribe);

    std::optional<Stage> stage_;
};

}  // namespace preflight::record
