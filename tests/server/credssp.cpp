// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "credssp.hpp"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <string_view>

#include "encrypted_alert.hpp"
#include "ts_request.hpp"

namespace scripted {
namespace {

constexpr std::uint32_t status_logon_failure = 0xC000006D;
constexpr std::uint8_t access_denied = 49;

std::string& password() {
    static std::string word;
    return word;
}

std::string& computer() {
    static std::string name;
    return name;
}

/// The SubjectPublicKey of the certificate that this connection showed.
Bytes public_key(SSL* ssl) {
    const X509* certificate = SSL_get_certificate(ssl);
    const ASN1_BIT_STRING* key = X509_get0_pubkey_bitstr(certificate);
    return {key->data, key->data + key->length};
}

/// The answer to pubKeyAuth before it is sealed (MS-CSSP 3.1.5, "server public key").
Bytes echo(SSL* ssl, int version, const Bytes& nonce, bool wrong) {
    Bytes key = public_key(ssl);
    if (wrong) key.back() ^= 0xFF;
    if (version < 5) return ++key.front(), key;
    constexpr std::string_view magic{"CredSSP Server-To-Client Binding Hash\0", 38};
    Bytes input(magic.begin(), magic.end());
    input.insert(input.end(), nonce.begin(), nonce.end());
    input.insert(input.end(), key.begin(), key.end());
    Bytes hash(32);
    EVP_Digest(input.data(), input.size(), hash.data(), nullptr, EVP_sha256(), nullptr);
    return hash;
}

bool converse(SSL* ssl, SignIn until, const CredSsp& server) {
    const auto first = read_ts_request(ssl);
    if (!first) return false;
    if (until == SignIn::negotiate) return true;
    Ntlm ntlm;
    NtlmHost host = server.host;
    if (!computer().empty()) host.computer = computer();
    if (!write_counted(ssl, with_token(server.version, ntlm.challenge(host)))) return false;
    const auto second = read_ts_request(ssl);
    if (!second) return false;
    if (until == SignIn::authenticate) return true;
    if (!ntlm.accept(second->token, password())) {
        write_counted(ssl, with_error(server.version, status_logon_failure));
        return false;
    }
    const int version = std::min(server.version, second->version);
    const Bytes answer = echo(ssl, version, second->nonce, server.wrong_echo);
    if (!write_counted(ssl, with_pub_key_auth(server.version, ntlm.seal(answer)))) return false;
    const auto third = read_ts_request(ssl);
    return third && third->has_auth_info;
}

}  // namespace

void expect_password(std::string word) { password() = std::move(word); }

void call_host(std::string name) { computer() = std::move(name); }

Step sign_in(SignIn until, CredSsp server) {
    return Talk{[until, server](SSL* ssl) {
        try {
            return converse(ssl, until, server);
        } catch (const std::exception& problem) {
            std::fprintf(stderr, "rdp-scripted-server: %s\n", problem.what());
            return false;
        }
    }};
}

Step refuse(std::uint32_t ntstatus, int version) {
    if (version == 2 || version == 5) return encrypted_alert(access_denied);
    return Talk{[=](SSL* ssl) { return write_counted(ssl, with_error(version, ntstatus)); }};
}

}  // namespace scripted
