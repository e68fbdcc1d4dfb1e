// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <freerdp/freerdp.h>
#include <freerdp/peer.h>

#include <string>

/// What FreeRDP 2 and 3 do differently, under one name.
namespace session {

/// The server's certificate and key, both as PEM text.
struct Identity {
    std::string certificate;
    std::string key;
};

/// Gives the peer its certificate and key.
bool use_identity(freerdp_peer* peer, const Identity& identity);

/// Where a Server Redirection PDU sends the client. Empty fields are left out.
struct Target {
    std::string address;
    std::string fqdn;
    std::string netbios;
};
bool send_redirection(freerdp_peer* peer, const Target& target);

/// Calls `at_licensing` once, when the Client Info PDU has arrived and licensing would begin.
void watch_licensing(freerdp_peer* peer, void (*at_licensing)(freerdp_peer*));

}  // namespace session
