// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <span>
#include <string>

#include "certificate/openssl.hpp"

namespace preflight::certificate {

/// A store of those authorities of this computer that can matter to `chain`: its issuers, theirs,
/// and so on. They come from where OpenSSL's X509_STORE_set_default_paths finds them (the file and
/// the hashed directories it was built with, or SSL_CERT_FILE and SSL_CERT_DIR), and from
/// `directory`, another hashed directory, which may be empty.
///
/// OpenSSL's own loading takes 10 to 40 ms, as it decodes the keys of all authorities, and it
/// clears the caller's error queue; this takes about a millisecond and leaves the queue alone.
StorePtr issuers_store(std::span<const X509Ptr> chain, const std::string& directory);

}  // namespace preflight::certificate

namespace preflight {

/// From now on this process keeps what it has read of the file of all authorities: for programs
/// that judge many chains. A change of the file is then not noticed.
void keep_authorities();

}  // namespace preflight
