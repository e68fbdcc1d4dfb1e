// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <cstring>
#include <new>

#include "channel/guest.hpp"
#include "channel/tap.hpp"
#include "observe/openssl.hpp"

namespace preflight {
namespace {

int ssl_index = -1;
int context_index = -1;

/// What we know of one TLS connection. Lives as long as its SSL.
struct Link {
    Listener* listener;
    std::uint32_t stream = 0;
    bool configured = false;
    bool finished = false;
};

/// The link of an SSL that runs over one of FreeRDP's transports and whose listener listens.
Link* link_of(const SSL* ssl) {
    auto* link = static_cast<Link*>(SSL_get_ex_data(ssl, ssl_index));
    if (!link || !link->listener->listening()) return nullptr;
    if (!link->stream) link->stream = stream_of(SSL_get_rbio(ssl));
    return link->stream ? link : nullptr;
}

TlsConfigured configuration(SSL* ssl) {
    TlsConfigured what = tls_configuration(ssl);
    what.in_tunnel = in_tunnel(SSL_get_rbio(ssl));
    return what;
}

/// Whether the handshake is over: OpenSSL's state machine is in its error state, or no more bytes
/// can come. Waiting for bytes is no failure.
bool failed(const SSL* ssl) {
    const auto waits = [](BIO* bio) { return bio && BIO_should_retry(bio); };
    if (std::strcmp(SSL_state_string(ssl), "SSLERR") == 0) return true;
    return !waits(SSL_get_rbio(ssl)) && !waits(SSL_get_wbio(ssl));
}

/// The state machine clears the error queue before it runs, so whatever stands there at its exit is
/// this handshake's own.
unsigned long reason_of(const SSL* ssl) {
    const unsigned long code = ERR_peek_last_error();
    return code ? code : error_before_write(SSL_get_rbio(ssl));
}

/// A session's server says goodbye within TLS, while nobody listens: the client reads no further,
/// so nobody will see the socket's end.
void said_goodbye(const SSL* ssl) {
    auto* link = static_cast<Link*>(SSL_get_ex_data(ssl, ssl_index));
    if (!link || link->listener->listening() || !link->stream) return;
    link->listener->hear(link->stream, StreamEnded{Layer::wire, Direction::received, 0});
}

void on_message(int sent, int version, int content_type, const void* bytes, std::size_t size,
                SSL* ssl, void*) noexcept {
    const auto message = tls_message(sent, version, content_type, bytes, size);
    if (!message) return;
    as_guest([&] {
        if (Link* link = link_of(ssl))
            link->listener->hear(link->stream, *message);
        else if (!sent && content_type == SSL3_RT_ALERT)
            said_goodbye(ssl);
    });
}

void handshake_ended(Link& link, SSL* ssl, int result) {
    if (link.finished || result > 0 || !failed(ssl)) return;
    link.finished = true;
    link.listener->hear(link.stream, tls_failure(reason_of(ssl)));
}

void on_info(const SSL* const_ssl, int where, int result) noexcept {
    as_guest([&] {
        auto* ssl = const_cast<SSL*>(const_ssl);
        Link* link = link_of(ssl);
        if (!link) return;
        if ((where & SSL_CB_HANDSHAKE_START) && !link->configured) {
            link->configured = true;
            link->listener->hear(link->stream, configuration(ssl));
        } else if ((where & SSL_CB_HANDSHAKE_DONE) && !link->finished) {
            link->finished = true;
            link->listener->hear(link->stream, tls_established(ssl));
        } else if (where == SSL_CB_CONNECT_EXIT) {
            handshake_ended(*link, ssl, result);
        }
    });
}

void on_new_context(void* parent, void*, CRYPTO_EX_DATA*, int, long, void*) noexcept {
    if (!bound_listener()) return;
    auto* context = static_cast<SSL_CTX*>(parent);
    SSL_CTX_set_msg_callback(context, on_message);
    SSL_CTX_set_info_callback(context, on_info);
}

void on_new_ssl(void*, void*, CRYPTO_EX_DATA* data, int index, long, void*) noexcept {
    Listener* listener = bound_listener();
    if (!listener) return;
    as_guest([&] {
        auto* link = new (std::nothrow) Link{.listener = listener};
        if (link && !CRYPTO_set_ex_data(data, index, link)) delete link;
    });
}

void on_free_ssl(void*, void* link, CRYPTO_EX_DATA*, int, long, void*) noexcept {
    delete static_cast<Link*>(link);
}

}  // namespace

namespace tap {

bool install_tls() noexcept {
    ssl_index =
        CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_SSL, 0, nullptr, on_new_ssl, nullptr, on_free_ssl);
    context_index = CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_SSL_CTX, 0, nullptr, on_new_context,
                                            nullptr, nullptr);
    return ssl_index >= 0 && context_index >= 0;
}

}  // namespace tap

}  // namespace preflight
