// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/network.hpp"
#include "record/ladder.hpp"
#include "wire/proxy.hpp"

namespace preflight::record {

/// The words with a proxy, before the X.224 request goes through it.
class ProxyStep {
  public:
    /// Whether `first_sent`, the first bytes of a connection, speak to a proxy; then starts.
    bool begins_with(Bytes first_sent, Scribe& scribe);

    /// Takes bytes from the proxy, until `done`; returns those behind the proxy's last word.
    std::vector<std::uint8_t> received(Bytes bytes, Scribe& scribe);

    bool active() const { return active_; }

    /// The proxy has connected through.
    bool done() const { return done_; }

    ProxyFacts facts;

  private:
    void read_http(Scribe& scribe);
    void read_socks(Scribe& scribe);
    void socks_reply(std::uint8_t reply, Scribe& scribe);

    // FreeRDP gives up at 256 bytes; other clients take a few thousand.
    static constexpr std::size_t longest_head = 8192;
    wire::Reassembler http_{wire::http_head_frame, longest_head};
    std::vector<std::uint8_t> socks_;
    bool active_ = false;
    bool done_ = false;
    bool socks_chosen_ = false;
};

}  // namespace preflight::record
