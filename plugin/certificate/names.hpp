// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "certificate/openssl.hpp"
#include "facts/fields.hpp"

namespace preflight::certificate {

/// DNS names and addresses of subjectAltName, printable, at most 100.
Texts alternative_names(const X509* certificate);

/// Whether FreeRDP takes the certificate to be valid for `name`: it compares the common name and
/// the DNS names of subjectAltName, with "*." at the front standing for any beginning, and looks at
/// no addresses (tls_match_hostname, the same in FreeRDP 2 and 3).
bool matches_name(const X509* certificate, const std::string& name);

}  // namespace preflight::certificate
