// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/mcs.hpp"
#include "record/ladder.hpp"
#include "wire/mcs.hpp"

namespace preflight::record {

/// The basic settings exchange and the channels, [MS-RDPBCGR] 1.3.1.1.
class McsStep {
  public:
    /// The security protocols that the client requested, to compare with what the server received.
    void requested(std::uint32_t protocols) { requested_ = protocols; }

    /// Takes one PDU of the server.
    void take(const wire::McsPdu& pdu, Scribe& scribe);

    /// Whether standard RDP security encrypts what follows.
    bool encrypts() const { return encrypts_; }

    enum class Channel { io, message, other };

    /// The kind of a channel; all are `io` until the server said which is.
    Channel kind_of(std::uint32_t channel) const;

    McsFacts facts;

  private:
    void take(const wire::McsConnectResponse& response, Scribe& scribe);
    void take(const wire::McsAttachUserConfirm& confirm, Scribe& scribe);
    void take(const wire::McsChannelJoinConfirm& confirm, Scribe& scribe);
    void take(const wire::McsDisconnectProviderUltimatum& ultimatum, Scribe& scribe);
    void take(const wire::X224DisconnectRequest&, Scribe& scribe);
    template <class Other>
    void take(const Other&, Scribe&) {}
    void fill(const wire::GccServerData& server);
    void received(const char* message);

    std::optional<std::uint32_t> requested_;
    std::optional<std::uint32_t> io_channel_;
    std::optional<std::uint32_t> message_channel_;
    bool encrypts_ = false;
};

}  // namespace preflight::record
