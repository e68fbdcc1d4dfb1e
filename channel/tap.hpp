// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <openssl/ssl.h>

#include "channel/listener.hpp"

namespace preflight {

/// The way into the client: OpenSSL tells us of each object it creates, and those that the
/// connecting thread creates get our callbacks. Other TLS users in the process cost a comparison
/// per object and show up nowhere.

/// Installs the hooks, once per process, for good. False where the TLS library has none.
bool install_tap() noexcept;

/// Binds the objects that this thread creates from now on to `listener`; nullptr ends it.
void bind_thread(Listener* listener) noexcept;

/// The listener bound to this thread, if it still listens.
Listener* bound_listener() noexcept;

/// How many of FreeRDP's own BIOs were bound since the process began. Stays 0 where FreeRDP uses
/// another TLS library than we do.
unsigned long bound_objects() noexcept;

/// The stream that `bio`, or one below it in its chain, belongs to; 0 when it is none of ours.
std::uint32_t stream_of(BIO* bio) noexcept;

/// Whether `bio`, or one below it in its chain, is the tunnel of a gateway.
bool in_tunnel(BIO* bio) noexcept;

/// OpenSSL's error that was in the queue when `bio` was last written to; 0 when there was none.
/// FreeRDP 3 clears the queue in that write, which for a failed handshake sends the alert.
unsigned long error_before_write(BIO* bio) noexcept;

/// Finds the socket of a BIO that does not tell it by BIO_C_SET_FD; -1 when it has none.
using SocketFinder = int (*)(BIO*);
void set_socket_finder(SocketFinder finder) noexcept;

namespace tap {
bool install_bio() noexcept;
bool install_tls() noexcept;
}  // namespace tap

}  // namespace preflight
