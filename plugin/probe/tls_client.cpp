// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "probe/tls_client.hpp"

#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "observe/openssl.hpp"

namespace preflight {
namespace {

constexpr std::size_t piece = 16 * 1024;  // of one record, RFC 8446 5.1

/// Leaves OpenSSL's error queue of this thread as it was.
class OwnErrors {
  public:
    OwnErrors() { ERR_set_mark(); }
    ~OwnErrors() { ERR_pop_to_mark(); }
    OwnErrors(const OwnErrors&) = delete;
    OwnErrors& operator=(const OwnErrors&) = delete;
};

int length_of(Bytes bytes) {
    constexpr std::size_t most = std::numeric_limits<int>::max();
    return static_cast<int>(std::min(bytes.size(), most));
}

}  // namespace

TlsContext tls_context(const TlsOffer& offer) {
    const OwnErrors errors;
    TlsContext context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    if (!context) return nullptr;
    SSL_CTX_set_options(context.get(), SSL_OP_NO_COMPRESSION | SSL_OP_TLS_BLOCK_PADDING_BUG |
                                           SSL_OP_DONT_INSERT_EMPTY_FRAGMENTS);
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
    const bool fits = SSL_CTX_set_min_proto_version(context.get(), offer.min_version) == 1 &&
                      SSL_CTX_set_max_proto_version(context.get(), offer.max_version) == 1;
    if (!fits) return nullptr;
    SSL_CTX_set_security_level(context.get(), offer.security_level);
    if (!offer.ciphers.empty() &&
        SSL_CTX_set_cipher_list(context.get(), offer.ciphers.c_str()) != 1)
        return nullptr;
    if (!offer.groups.empty() && SSL_CTX_set1_groups_list(context.get(), offer.groups.c_str()) != 1)
        return nullptr;
    return context;
}

TlsClient::TlsClient(const TlsContext& context, const std::string& server_name, Hear hear)
    : hear_(std::move(hear)), context_(context), ssl_(nullptr, SSL_free) {
    const OwnErrors errors;
    if (context_) ssl_.reset(SSL_new(context_.get()));
    if (!ssl_) return;
    BIO* const in = BIO_new(BIO_s_mem());
    BIO* const out = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl_.get(), in, out);
    if (!in || !out) {
        ssl_.reset();
        return;
    }
    BIO_set_mem_eof_return(in, -1);
    BIO_set_mem_eof_return(out, -1);
    SSL_set_msg_callback(ssl_.get(), on_message);
    SSL_set_msg_callback_arg(ssl_.get(), this);
    // FreeRDP names the server even where it was given as an address.
    if (!server_name.empty()) SSL_set_tlsext_host_name(ssl_.get(), server_name.c_str());
    SSL_set_connect_state(ssl_.get());
}

TlsClient::~TlsClient() = default;

void TlsClient::on_message(int sent, int version, int content_type, const void* bytes,
                           std::size_t size, SSL*, void* self) noexcept {
    auto& client = *static_cast<TlsClient*>(self);
    // What OpenSSL would say to a peer that is gone never leaves.
    if (sent && client.ended_) return;
    try {
        if (const auto message = tls_message(sent, version, content_type, bytes, size))
            client.hear_(*message);
    } catch (...) {
        // Out of memory: this message is not told.
    }
}

void TlsClient::shake_hands() {
    if (!std::exchange(configured_, true)) hear_(tls_configuration(ssl_.get()));
    const int result = SSL_do_handshake(ssl_.get());
    if (result == 1) {
        state_ = State::established;
        return hear_(tls_established(ssl_.get()));
    }
    if (SSL_get_error(ssl_.get(), result) == SSL_ERROR_WANT_READ) return;
    state_ = State::failed;
    failure_ = tls_failure(ERR_peek_last_error());
}

void TlsClient::read_plain() {
    std::array<std::uint8_t, piece> buffer{};
    while (true) {
        const int size = SSL_read(ssl_.get(), buffer.data(), static_cast<int>(buffer.size()));
        if (size <= 0) {
            if (SSL_get_error(ssl_.get(), size) != SSL_ERROR_WANT_READ) state_ = State::ended;
            return;
        }
        const Bytes plain(buffer.data(), static_cast<std::size_t>(size));
        hear_(Transferred{Layer::plain, Direction::received, plain});
    }
}

TlsClient::State TlsClient::advance(Bytes received, bool ended) {
    const OwnErrors errors;
    if (!ssl_) return state_ = State::failed;
    BIO* const in = SSL_get_rbio(ssl_.get());
    if (!received.empty()) BIO_write(in, received.data(), length_of(received));
    if (ended) {
        ended_ = true;
        BIO_set_mem_eof_return(in, 0);
    }
    if (state_ == State::handshake) shake_hands();
    if (state_ == State::established) read_plain();
    return state_;
}

void TlsClient::send(Bytes plain) {
    const OwnErrors errors;
    if (state_ == State::established) SSL_write(ssl_.get(), plain.data(), length_of(plain));
}

void TlsClient::close() {
    const OwnErrors errors;
    if (state_ == State::established) SSL_shutdown(ssl_.get());
}

std::vector<std::uint8_t> TlsClient::take_output() {
    std::vector<std::uint8_t> output;
    if (!ssl_) return output;
    char* data = nullptr;
    const long size = BIO_get_mem_data(SSL_get_wbio(ssl_.get()), &data);
    if (size > 0) output.assign(data, data + size);
    (void)BIO_reset(SSL_get_wbio(ssl_.get()));
    return output;
}

}  // namespace preflight
