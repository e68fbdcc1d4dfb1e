// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "identity.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <stdexcept>

namespace scripted {
namespace {

using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;
using File = std::unique_ptr<std::FILE, Freed<std::fclose>>;

constexpr long day = 24L * 60 * 60;

void require(bool good, const char* what) {
    if (!good) throw std::runtime_error(std::string(what) + ": " + openssl_reason());
}

Key make_rsa_key(int bits) {
    KeyContext context{EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nullptr)};
    EVP_PKEY* key = nullptr;
    require(context && EVP_PKEY_keygen_init(context.get()) > 0 &&
                EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), bits) > 0 &&
                EVP_PKEY_keygen(context.get(), &key) > 0,
            "key");
    return Key{key};
}

void add_extension(X509* certificate, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    Extension extension{X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str())};
    require(extension && X509_add_ext(certificate, extension.get(), -1), "extension");
}

void set_name(X509* certificate, const std::string& common_name) {
    X509_NAME* name = X509_get_subject_name(certificate);
    const auto* text = reinterpret_cast<const unsigned char*>(common_name.data());
    require(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, text,
                                       static_cast<int>(common_name.size()), -1, 0),
            "name");
}

/// A certificate with everything but extensions and signature.
Certificate make_body(const Identity& identity, EVP_PKEY* key, long serial) {
    Certificate certificate{X509_new()};
    X509* x = certificate.get();
    require(x && X509_set_version(x, 2), "certificate");
    ASN1_INTEGER_set(X509_get_serialNumber(x), serial);
    X509_gmtime_adj(X509_getm_notBefore(x), identity.begins * day);
    X509_gmtime_adj(X509_getm_notAfter(x), identity.ends * day);
    X509_set_pubkey(x, key);
    set_name(x, identity.common_name);
    return certificate;
}

/// The Diffie-Hellman group that OpenSSL knows by this name.
void use_dh_group(SSL_CTX* context, const std::string& name) {
    KeyContext maker{EVP_PKEY_CTX_new_id(EVP_PKEY_DH, nullptr)};
    EVP_PKEY* group = nullptr;
    require(maker && EVP_PKEY_paramgen_init(maker.get()) > 0 &&
                EVP_PKEY_CTX_set_group_name(maker.get(), name.c_str()) > 0 &&
                EVP_PKEY_paramgen(maker.get(), &group) > 0 &&
                SSL_CTX_set0_tmp_dh_pkey(context, group),
            "Diffie-Hellman group");
}

std::string joined(const std::vector<std::string>& parts) {
    std::string all;
    for (const auto& part : parts) all += (all.empty() ? "" : ",") + part;
    return all;
}

Credentials make_authority() {
    const Identity identity{.common_name = "Scripted Server Authority", .names = {}, .ends = 3650};
    Key key = make_rsa_key(2048);
    Certificate certificate = make_body(identity, key.get(), 1);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
    add_extension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    add_extension(certificate.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    require(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0, "signature");
    return {std::move(key), std::move(certificate)};
}

}  // namespace

std::string openssl_reason() {
    char text[256] = "no reason given";
    if (const unsigned long error = ERR_get_error()) ERR_error_string_n(error, text, sizeof text);
    ERR_clear_error();
    return text;
}

const Credentials& authority() {
    static const Credentials made = make_authority();
    return made;
}

Credentials make_credentials(const Identity& identity) {
    Key key = make_rsa_key(identity.rsa_bits);
    Certificate certificate = make_body(identity, key.get(), 2);
    if (!identity.names.empty())
        add_extension(certificate.get(), NID_subject_alt_name, joined(identity.names));
    add_extension(certificate.get(), NID_ext_key_usage, "serverAuth");
    const Credentials* issuer = identity.by_authority ? &authority() : nullptr;
    X509* issued_by = issuer ? issuer->certificate.get() : certificate.get();
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issued_by));
    const EVP_MD* digest = EVP_get_digestbyname(identity.digest.c_str());
    EVP_PKEY* signer = issuer ? issuer->key.get() : key.get();
    require(digest && X509_sign(certificate.get(), signer, digest) > 0, "signature");
    return {std::move(key), std::move(certificate)};
}

Context make_context(const Tls& tls) {
    Context context{SSL_CTX_new(TLS_server_method())};
    SSL_CTX* c = context.get();
    require(c, "context");
    SSL_CTX_set_security_level(c, 0);
    require(SSL_CTX_set_min_proto_version(c, tls.min_version) &&
                SSL_CTX_set_max_proto_version(c, tls.max_version) &&
                SSL_CTX_set_cipher_list(c, tls.ciphers.c_str()),
            "versions and ciphers");
    if (!tls.suites.empty()) require(SSL_CTX_set_ciphersuites(c, tls.suites.c_str()), "suites");
    if (!tls.groups.empty()) require(SSL_CTX_set1_groups_list(c, tls.groups.c_str()), "groups");
    if (!tls.signatures.empty())
        require(SSL_CTX_set1_sigalgs_list(c, tls.signatures.c_str()), "signatures");
    if (!tls.dh_group.empty()) use_dh_group(c, tls.dh_group);
    const Credentials own = make_credentials(tls.identity);
    require(SSL_CTX_use_certificate(c, own.certificate.get()) &&
                SSL_CTX_use_PrivateKey(c, own.key.get()),
            "credentials");
    if (tls.identity.by_authority)
        require(SSL_CTX_add1_chain_cert(c, authority().certificate.get()), "chain");
    return context;
}

void write_authority(const std::string& path) {
    File file{std::fopen(path.c_str(), "w")};
    require(file && PEM_write_X509(file.get(), authority().certificate.get()), path.c_str());
}

}  // namespace scripted
