// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <openssl/ssl.h>

#include <optional>

#include "observe/observation.hpp"

namespace preflight {

/// What OpenSSL tells of one handshake, as observations. Nothing of the SSL is changed; OpenSSL's
/// error queue is neither read nor touched.

/// How a handshake that begins is set up.
TlsConfigured tls_configuration(SSL* ssl);

/// What a handshake that was completed led to: at most 16 certificates of the chain.
TlsEstablished tls_established(SSL* ssl);

/// The failure that OpenSSL's packed error code `code` stands for; 0 is a failure without one.
TlsFailed tls_failure(unsigned long code);

/// A message as OpenSSL's message callback gives it; nothing where it is a record header, which
/// the callback reports too. The bytes are borrowed.
std::optional<TlsMessage> tls_message(int sent, int version, int content_type, const void* bytes,
                                      std::size_t size);

}  // namespace preflight
