// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <ctime>

#include "certificate/openssl.hpp"
#include "facts/certificate.hpp"

namespace preflight::certificate {

/// Fills in what stands in a certificate: names, validity at `now`, key, signature, usages,
/// fingerprint.
void read_contents(X509* certificate, std::time_t now, CertificateFacts& facts);

/// The same in short, for a list of a chain.
ChainEntryFacts chain_entry(X509* certificate);

/// SHA-256 fingerprint as hex with colons.
std::string fingerprint(const X509* certificate);

/// Whether subject and issuer are one and the same, and its own key signs it.
bool is_self_signed(X509* certificate);

}  // namespace preflight::certificate
