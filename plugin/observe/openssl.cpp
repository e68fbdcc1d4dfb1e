// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "observe/openssl.hpp"

#include <openssl/err.h>
#include <openssl/x509.h>

namespace preflight {
namespace {

std::string text(const char* words) { return words ? words : ""; }

std::vector<std::uint8_t> der(X509* certificate) {
    const int size = i2d_X509(certificate, nullptr);
    if (size <= 0) return {};
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(size));
    unsigned char* end = bytes.data();
    i2d_X509(certificate, &end);
    return bytes;
}

std::string group_of(SSL* ssl) {
#if OPENSSL_VERSION_NUMBER >= 0x30000000L && !defined(LIBRESSL_VERSION_NUMBER)
    const int id = static_cast<int>(SSL_get_negotiated_group(ssl));
    return id > 0 ? text(SSL_group_to_name(ssl, id)) : "";
#else
    static_cast<void>(ssl);
    return "";
#endif
}

}  // namespace

TlsConfigured tls_configuration(SSL* ssl) {
    TlsConfigured what;
    what.security_level = SSL_get_security_level(ssl);
    what.min_version = static_cast<int>(SSL_get_min_proto_version(ssl));
    what.max_version = static_cast<int>(SSL_get_max_proto_version(ssl));
    what.sni = text(SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name));
    return what;
}

TlsEstablished tls_established(SSL* ssl) {
    constexpr int longest_chain = 16;
    TlsEstablished what;
    what.version = SSL_version(ssl);
    what.cipher = text(SSL_CIPHER_standard_name(SSL_get_current_cipher(ssl)));
    what.group = group_of(ssl);
    if (BIO* below = SSL_get_rbio(ssl)) what.method = text(BIO_method_name(below));
    const STACK_OF(X509)* chain = SSL_get_peer_cert_chain(ssl);
    for (int i = 0; chain && i < sk_X509_num(chain) && i < longest_chain; ++i)
        what.chain.push_back(der(sk_X509_value(chain, i)));
    return what;
}

TlsFailed tls_failure(unsigned long code) {
    TlsFailed what;
    what.code = code;
    if (!code) return what;
    what.library = text(ERR_lib_error_string(code));
    what.reason = text(ERR_reason_error_string(code));
    return what;
}

std::optional<TlsMessage> tls_message(int sent, int version, int content_type, const void* bytes,
                                      std::size_t size) {
    constexpr int last_real_type = 255;  // OpenSSL also reports record headers, under types above
    if (content_type > last_real_type || !bytes) return std::nullopt;
    const Bytes message(static_cast<const std::uint8_t*>(bytes), size);
    return TlsMessage{sent ? Direction::sent : Direction::received, version, content_type, message};
}

}  // namespace preflight
