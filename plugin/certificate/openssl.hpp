// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

namespace preflight::certificate {

template <auto free>
struct Free {
    template <class T>
    void operator()(T* object) const {
        free(object);
    }
};

inline void free_chain(STACK_OF(X509) * chain) { sk_X509_pop_free(chain, X509_free); }
inline void free_text(unsigned char* text) { OPENSSL_free(text); }

using X509Ptr = std::unique_ptr<X509, Free<X509_free>>;
using ChainPtr = std::unique_ptr<STACK_OF(X509), Free<free_chain>>;
using StorePtr = std::unique_ptr<X509_STORE, Free<X509_STORE_free>>;
using StoreContextPtr = std::unique_ptr<X509_STORE_CTX, Free<X509_STORE_CTX_free>>;
using BioPtr = std::unique_ptr<BIO, Free<BIO_free_all>>;
using NamesPtr = std::unique_ptr<GENERAL_NAMES, Free<GENERAL_NAMES_free>>;
using TextPtr = std::unique_ptr<unsigned char, Free<free_text>>;

/// Leaves OpenSSL's error queue of this thread as it was: the client reads it after us.
class QuietErrors {
  public:
    QuietErrors() { ERR_set_mark(); }
    ~QuietErrors() { ERR_pop_to_mark(); }
    QuietErrors(const QuietErrors&) = delete;
    QuietErrors& operator=(const QuietErrors&) = delete;
};

/// Printable text of a string as it stands in a certificate, whatever its encoding.
std::string text_of(const ASN1_STRING* string);

/// "CN=host,O=Example": RFC 2253, printable.
std::string distinguished_name(const X509_NAME* name);

/// The last common name, printable; empty where there is none.
std::string common_name(const X509_NAME* name);

}  // namespace preflight::certificate
