// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>

#include "facts/client.hpp"
#include "probe/tls_client.hpp"

namespace preflight {

/// Adds to `client`, whose program and version are known, what FreeRDP of that version does by
/// default: what it allows and offers, and that it asks about a certificate it does not know. It is
/// taken to have a terminal to ask on.
void add_defaults(ClientFacts& client);

/// What that client offers in TLS, by the facts that add_defaults gives.
TlsOffer offer_of(const ClientFacts& client);

/// Whether that client dials an IPv4 address where the resolver put an IPv6 one first: FreeRDP 2
/// does, 3 takes the first address.
bool dials_ipv4_first(const ClientFacts& client);

}  // namespace preflight
