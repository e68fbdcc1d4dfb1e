// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "certificate_maker.hpp"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>

namespace preflight::test {
namespace {

void must(bool good, const char* what) {
    if (good) return;
    std::fprintf(stderr, "cannot make a certificate: %s\n", what);
    std::abort();
}

void add_extension(X509* certificate, int nid, const std::string& value) {
    if (value.empty()) return;
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
    must(extension, value.c_str());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

void set_common_name(X509_NAME* name, int type, const std::string& text) {
    must(X509_NAME_add_entry_by_NID(name, NID_commonName, type,
                                    reinterpret_cast<const unsigned char*>(text.data()),
                                    static_cast<int>(text.size()), -1, 0) == 1,
         "common name");
}

Key generate(int type, int rsa_bits) {
    EVP_PKEY_CTX* context = EVP_PKEY_CTX_new_id(type, nullptr);
    EVP_PKEY* key = nullptr;
    must(context && EVP_PKEY_keygen_init(context) == 1, "key");
    if (type == EVP_PKEY_RSA)
        must(EVP_PKEY_CTX_set_rsa_keygen_bits(context, rsa_bits) == 1, "key size");
    else
        must(EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1) == 1, "curve");
    must(EVP_PKEY_keygen(context, &key) == 1, "key");
    EVP_PKEY_CTX_free(context);
    return {key, FreeKey{}};
}

}  // namespace

Key make_key(int rsa_bits) { return generate(rsa_bits > 0 ? EVP_PKEY_RSA : EVP_PKEY_EC, rsa_bits); }

Key make_key_on(int curve) {
    EVP_PKEY* key = nullptr;
    EVP_PKEY_CTX* const context = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nullptr);
    if (EVP_PKEY_keygen_init(context) != 1 ||
        EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, curve) != 1 ||
        EVP_PKEY_keygen(context, &key) != 1)
        ERR_clear_error();
    EVP_PKEY_CTX_free(context);
    return key ? Key(key, FreeKey{}) : nullptr;
}

Key make_public_key(int rsa_bits) {
    // Any odd number with its highest bit set looks like a modulus.
    const std::vector<unsigned char> modulus(static_cast<std::size_t>(rsa_bits / 8), 0xa5);
    BIGNUM* const n = BN_bin2bn(modulus.data(), static_cast<int>(modulus.size()), nullptr);
    BIGNUM* const e = BN_new();
    BN_set_word(e, RSA_F4);
    OSSL_PARAM_BLD* const builder = OSSL_PARAM_BLD_new();
    OSSL_PARAM_BLD_push_BN(builder, "n", n);
    OSSL_PARAM_BLD_push_BN(builder, "e", e);
    OSSL_PARAM* const parameters = OSSL_PARAM_BLD_to_param(builder);
    EVP_PKEY_CTX* const context = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nullptr);
    EVP_PKEY* key = nullptr;
    must(EVP_PKEY_fromdata_init(context) == 1 &&
             EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters) == 1,
         "public key");
    EVP_PKEY_CTX_free(context);
    OSSL_PARAM_free(parameters);
    OSSL_PARAM_BLD_free(builder);
    BN_free(e);
    BN_free(n);
    return {key, FreeKey{}};
}

Der make_certificate(const Wanted& wanted, const Key& key, const Key& signer) {
    const std::unique_ptr<X509, void (*)(X509*)> certificate(X509_new(), X509_free);
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 7);
    ASN1_TIME_set(X509_getm_notBefore(certificate.get()), wanted.from);
    ASN1_TIME_set(X509_getm_notAfter(certificate.get()), wanted.until);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME* const subject = X509_get_subject_name(certificate.get());
    if (!wanted.subject.empty()) set_common_name(subject, wanted.subject_type, wanted.subject);
    if (wanted.issuer.empty())
        X509_set_issuer_name(certificate.get(), subject);
    else
        set_common_name(X509_get_issuer_name(certificate.get()), MBSTRING_UTF8, wanted.issuer);
    add_extension(certificate.get(), NID_subject_alt_name, wanted.names);
    add_extension(certificate.get(), NID_key_usage, wanted.usage);
    add_extension(certificate.get(), NID_ext_key_usage, wanted.extended_usage);
    if (wanted.authority) add_extension(certificate.get(), NID_basic_constraints, "CA:TRUE");
    if (wanted.further) wanted.further(certificate.get());
    const EVP_MD* const digest = EVP_get_digestbyname(wanted.digest.c_str());
    must(X509_sign(certificate.get(), (signer ? signer : key).get(), digest) > 0, "signature");
    unsigned char* bytes = nullptr;
    const int length = i2d_X509(certificate.get(), &bytes);
    must(length > 0, "DER");
    Der der(bytes, bytes + length);
    OPENSSL_free(bytes);
    return der;
}

std::string to_pem(const Der& der) {
    BIO* const memory = BIO_new(BIO_s_mem());
    // As bytes: OpenSSL 3.5 no longer reads all that it signs.
    must(PEM_write_bio(memory, "CERTIFICATE", "", der.data(), static_cast<long>(der.size())) > 0,
         "PEM");
    char* text = nullptr;
    const long length = BIO_get_mem_data(memory, &text);
    std::string pem(text, static_cast<std::size_t>(length));
    BIO_free(memory);
    return pem;
}

}  // namespace preflight::test
