// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <ctime>
#include <span>
#include <string>
#include <vector>

#include "facts/certificate.hpp"

namespace preflight {

/// A certificate in DER.
using Der = std::vector<std::uint8_t>;

/// What a chain is judged by.
struct CertificateQuestion {
    std::string name;       ///< host name or address that it is to be valid for; may be empty
    std::time_t now = 0;    ///< the client's clock
    std::string directory;  ///< further authorities in OpenSSL's hashed form; may be empty
};

/// Describes and judges the chain that a server sent, its own certificate first. Verifies as
/// FreeRDP does: against OpenSSL's default authorities, for a TLS server, else for any purpose that
/// fits. Malformed input yields the defect "malformed". OpenSSL's error queue is left as it was.
CertificateFacts judge_certificate(std::span<const Der> chain, const CertificateQuestion& question);

/// SHA-256 fingerprint of a certificate, as hex with colons; empty where that fails.
std::string certificate_fingerprint(std::span<const std::uint8_t> der);

/// The same of a certificate in PEM; empty where there is none.
std::string pem_fingerprint(const std::string& pem);

}  // namespace preflight
