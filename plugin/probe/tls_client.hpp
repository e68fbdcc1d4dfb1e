// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <openssl/ssl.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "observe/observation.hpp"

namespace preflight {

/// What a TLS client offers.
struct TlsOffer {
    int security_level = 1;
    int min_version = 0;      ///< wire value such as 0x0303; 0: OpenSSL's own lowest
    int max_version = 0;      ///< wire value; 0: OpenSSL's own highest
    std::string ciphers;      ///< OpenSSL's cipher list for TLS up to 1.2; empty: its default
    std::string groups = {};  ///< OpenSSL's list of groups; empty: its default
};

/// OpenSSL's set-up for an offer. May be shared by threads and connections.
using TlsContext = std::shared_ptr<SSL_CTX>;

/// Sets OpenSSL up as FreeRDP does (tls_prepare of 2 and 3); nullptr where OpenSSL does not know
/// the versions or ciphers.
TlsContext tls_context(const TlsOffer& offer);

/// A TLS client that is handed bytes and hands bytes out; it has no socket. Verifies nothing: the
/// chain is judged from what it observed. Everything worth knowing goes to `hear`.
class TlsClient {
  public:
    using Hear = std::function<void(decltype(Observation::what)&&)>;

    TlsClient(const TlsContext& context, const std::string& server_name, Hear hear);
    ~TlsClient();
    TlsClient(const TlsClient&) = delete;
    TlsClient& operator=(const TlsClient&) = delete;

    /// `ended`: after the handshake, by a message of the peer.
    enum class State { handshake, established, failed, ended };

    /// Takes what came from the peer and goes on; `ended` says that nothing more comes. What is
    /// decrypted goes to `hear`.
    State advance(Bytes received, bool ended = false);

    /// Why the handshake failed.
    TlsFailed failure() const { return failure_; }

    /// Encrypts `plain`, once established.
    void send(Bytes plain);

    /// Says goodbye (close_notify), once established.
    void close();

    /// What is to be sent to the peer by now; taken out.
    std::vector<std::uint8_t> take_output();

  private:
    static void on_message(int sent, int version, int content_type, const void* bytes,
                           std::size_t size, SSL* ssl, void* self) noexcept;
    void shake_hands();
    void read_plain();

    Hear hear_;
    TlsContext context_;
    std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
    State state_ = State::handshake;
    bool configured_ = false;
    bool ended_ = false;
    TlsFailed failure_;
};

}  // namespace preflight
