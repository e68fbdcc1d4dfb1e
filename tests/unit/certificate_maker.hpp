// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <cstdint>
#include <ctime>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace preflight::test {

using Der = std::vector<std::uint8_t>;

/// A moment all tests agree on: 2026-11-21T12:00:00Z.
inline constexpr std::time_t noon = 1795262400;
inline constexpr std::time_t day = 24 * 60 * 60;

struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Key = std::shared_ptr<EVP_PKEY>;

/// RSA with that many bits; 0: elliptic, P-256.
Key make_key(int rsa_bits = 0);

/// On the curve of that number (NID_…); null where this OpenSSL does not have it.
Key make_key_on(int curve);

/// A public key of that many bits that nobody has the private one of: big ones take minutes.
Key make_public_key(int rsa_bits);

/// What a certificate is to say. An empty text leaves it out.
struct Wanted {
    std::string subject = "win-srv01.example.org";  ///< common name; any bytes
    int subject_type = MBSTRING_UTF8;               ///< how it is encoded: V_ASN1_…
    std::string issuer;                             ///< common name; empty: self-signed
    std::string names;  ///< subjectAltName in OpenSSL's form, such as "DNS:a,IP:10.0.0.5"
    std::string usage;  ///< keyUsage, such as "critical,digitalSignature"
    std::string extended_usage = "serverAuth";
    bool authority = false;
    std::time_t from = noon - 30 * day;
    std::time_t until = noon + 335 * day;
    std::string digest = "SHA256";
    std::function<void(X509*)> further;  ///< changes what it likes before it is signed
};

/// The certificate for `key`, signed with `signer` (its own key where that is null).
Der make_certificate(const Wanted& wanted, const Key& key, const Key& signer = nullptr);

/// The same as PEM.
std::string to_pem(const Der& der);

}  // namespace preflight::test
