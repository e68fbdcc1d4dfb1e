// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/facts.hpp"

namespace preflight {

/// Looks up what FreeRDP has stored about the host's certificate (certificate.known_file): sets
/// certificate.known to new, same or changed, and certificate.stored_sha256. FreeRDP 2 keeps a list
/// of fingerprints (known_hosts2), 3 a certificate for each host and port.
void compare_with_stored(const Facts& facts, CertificateFacts& certificate);

}  // namespace preflight
