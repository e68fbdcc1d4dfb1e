// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

namespace preflight {

/// Whether OpenSSL, or the whole computer, allows FIPS-approved algorithms only.
bool fips_mode();

/// Whether OpenSSL has MD4 to offer, which NTLM needs. Leaves no trace in its error queue as long
/// as the caller is a guest.
bool openssl_has_md4();

}  // namespace preflight
