// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <vector>

#include "facts/tls.hpp"
#include "record/ladder.hpp"

namespace preflight::record {

/// A TLS handshake, from OpenSSL's own words or from the records on the wire.
class TlsStep {
  public:
    void configured(const TlsConfigured& event);

    /// A handshake message, an alert or a ChangeCipherSpec in clear.
    void message(Direction direction, int content_type, Bytes bytes, Scribe& scribe);

    /// An alert that could not be read, being encrypted.
    void encrypted_alert(Direction direction, Scribe& scribe);

    void established(const TlsEstablished& event, Scribe& scribe);
    void failed(const TlsFailed& event, Scribe& scribe);

    /// Bytes from the peer that are no TLS record; `first` are all of them so far, at most 256.
    void other_reply(Bytes first, Scribe& scribe);

    bool started() const { return started_at_.has_value(); }
    bool is_established() const { return facts.established.value_or(false); }
    bool has_failed() const { return failed_; }

    /// Milliseconds from the ClientHello to the end of the handshake, or to `until`.
    std::int64_t duration_ms(Moment until) const;

    TlsFacts facts;

    /// The certificates as sent, DER, the server's own first.
    std::vector<std::vector<std::uint8_t>> chain;

  private:
    void handshake(Direction direction, Bytes bytes, Scribe& scribe);
    void alert(Direction direction, Bytes bytes, Scribe& scribe);
    std::string client_hello(Bytes bytes, Moment at);
    std::string server_hello(Bytes bytes);
    std::string certificate(Bytes bytes);
    std::string key_exchange(Bytes bytes);
    void started_now(Moment at);

    std::optional<Moment> started_at_;
    std::optional<Moment> ended_at_;
    int configured_min_ = 0;
    bool failed_ = false;
};

}  // namespace preflight::record
