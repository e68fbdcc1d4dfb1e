// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <openssl/ssl.h>

#include "script.hpp"

namespace scripted {

/// SSL_write that counts, since an alert made by hand must know its record's number.
bool write_counted(SSL* ssl, const Bytes& bytes);

/// A fatal TLS alert inside the encrypted connection. OpenSSL has no way to send one: the record is
/// made by hand, which needs the handshake of alert_tls(), and write_counted() before it.
Step encrypted_alert(std::uint8_t code);
Tls alert_tls();

}  // namespace scripted
