// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
//
// TLS 1.2 with AES-128-GCM: RFC 5246, RFC 5288.
#include "encrypted_alert.hpp"

#include <openssl/evp.h>
#include <openssl/kdf.h>

#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "identity.hpp"

namespace scripted {
namespace {

/// How many records went out since the handshake: the number of the next one, for an alert.
std::uintptr_t sent(SSL* ssl) { return reinterpret_cast<std::uintptr_t>(SSL_get_app_data(ssl)); }

/// PRF of TLS 1.2 with SHA-256 (RFC 5246, section 5).
Bytes tls12_prf(const Bytes& secret, const Bytes& seed, std::size_t size) {
    const std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>> context{
        EVP_PKEY_CTX_new_id(EVP_PKEY_TLS1_PRF, nullptr)};
    EVP_PKEY_CTX* c = context.get();
    Bytes result(size);
    if (EVP_PKEY_derive_init(c) <= 0 || EVP_PKEY_CTX_set_tls1_prf_md(c, EVP_sha256()) <= 0 ||
        EVP_PKEY_CTX_set1_tls1_prf_secret(c, secret.data(), static_cast<int>(secret.size())) <= 0 ||
        EVP_PKEY_CTX_add1_tls1_prf_seed(c, seed.data(), static_cast<int>(seed.size())) <= 0 ||
        EVP_PKEY_derive(c, result.data(), &size) <= 0)
        throw std::runtime_error("PRF: " + openssl_reason());
    return result;
}

/// The server's write key (16 octets) and implicit nonce (4 octets).
std::pair<Bytes, Bytes> write_key(SSL* ssl) {
    Bytes secret(48), seed, random(32);
    SSL_SESSION_get_master_key(SSL_get_session(ssl), secret.data(), secret.size());
    for (const char c : std::string_view("key expansion")) seed.push_back(static_cast<uint8_t>(c));
    SSL_get_server_random(ssl, random.data(), random.size());
    seed.insert(seed.end(), random.begin(), random.end());
    SSL_get_client_random(ssl, random.data(), random.size());
    seed.insert(seed.end(), random.begin(), random.end());
    const Bytes block = tls12_prf(secret, seed, 40);  // two keys, two nonces: the client's first
    return {{block.begin() + 16, block.begin() + 32}, {block.begin() + 36, block.end()}};
}

Bytes alert_record(SSL* ssl, std::uint8_t code) {
    const auto [key, implicit] = write_key(ssl);
    Bytes number(8, 0);
    number[7] = static_cast<std::uint8_t>(1 + sent(ssl));  // Finished was number 0
    Bytes nonce = implicit;
    nonce.insert(nonce.end(), number.begin(), number.end());
    Bytes additional = number;
    additional.insert(additional.end(), {21, 3, 3, 0, 2});
    const Bytes alert = {2, code};
    Bytes sealed(2), tag(16);
    int size = 0;
    const std::unique_ptr<EVP_CIPHER_CTX, Freed<EVP_CIPHER_CTX_free>> owned{EVP_CIPHER_CTX_new()};
    EVP_CIPHER_CTX* c = owned.get();
    EVP_EncryptInit_ex(c, EVP_aes_128_gcm(), nullptr, key.data(), nonce.data());
    EVP_EncryptUpdate(c, nullptr, &size, additional.data(), static_cast<int>(additional.size()));
    EVP_EncryptUpdate(c, sealed.data(), &size, alert.data(), 2);
    EVP_EncryptFinal_ex(c, sealed.data() + size, &size);
    EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_GET_TAG, 16, tag.data());
    Bytes record = {21, 3, 3, 0, 26};
    for (const Bytes& part : {number, sealed, tag})
        record.insert(record.end(), part.begin(), part.end());
    return record;
}

bool send_alert(SSL* ssl, std::uint8_t code) {
    const Bytes record = alert_record(ssl, code);
    const int size = static_cast<int>(record.size());
    return BIO_write(SSL_get_wbio(ssl), record.data(), size) == size;
}

}  // namespace

bool write_counted(SSL* ssl, const Bytes& bytes) {
    SSL_set_app_data(ssl, reinterpret_cast<void*>(sent(ssl) + 1));
    const int size = static_cast<int>(bytes.size());
    return SSL_write(ssl, bytes.data(), size) == size;
}

Step encrypted_alert(std::uint8_t code) {
    return Talk{[code](SSL* ssl) { return send_alert(ssl, code); }};
}

Tls alert_tls() {
    return {.max_version = TLS1_2_VERSION, .ciphers = "ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0"};
}

}  // namespace scripted
