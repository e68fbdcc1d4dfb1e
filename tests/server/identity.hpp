// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

#include "script.hpp"

namespace scripted {

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Context = std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, Freed<SSL_free>>;

/// A key with the certificate that belongs to it.
struct Credentials {
    Key key;
    Certificate certificate;
};

/// The authority that signs where an Identity asks for one; made at the first call.
const Credentials& authority();

/// Makes a key and a certificate. Throws std::runtime_error with OpenSSL's reason.
Credentials make_credentials(const Identity& identity);

/// A context for the server side, with credentials of its own.
Context make_context(const Tls& tls);

/// OpenSSL's latest error as text.
std::string openssl_reason();

/// Writes the authority's certificate as PEM, for a client that shall trust it.
void write_authority(const std::string& path);

}  // namespace scripted
