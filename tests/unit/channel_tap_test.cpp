// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cmocka.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "certificate_maker.hpp"
#include "channel/tap.hpp"

using namespace preflight;

namespace {

/// Keeps what it hears, bytes as copies.
class Ear final : public Listener {
  public:
    struct Heard {
        std::uint32_t stream;
        What what;
        std::string bytes;
    };

    Ear() {
        listening_ = true;
        bind_thread(this);
    }
    ~Ear() { bind_thread(nullptr); }

    void hear(std::uint32_t stream, What what) override {
        const std::lock_guard lock(mutex_);
        std::string bytes;
        if (const auto* moved = std::get_if<Transferred>(&what))
            bytes.assign(moved->bytes.begin(), moved->bytes.end());
        heard.push_back({stream, std::move(what), bytes});
    }
    void deaf() { listening_ = false; }
    void no_sent() { hears_sent_ = false; }

    template <class T>
    std::vector<const Heard*> all() const {
        std::vector<const Heard*> found;
        for (const Heard& one : heard)
            if (std::holds_alternative<T>(one.what)) found.push_back(&one);
        return found;
    }
    template <class T>
    const T& only() const {
        const auto found = all<T>();
        assert_int_equal(found.size(), 1);
        return std::get<T>(found[0]->what);
    }

    std::vector<Heard> heard;

  private:
    std::mutex mutex_;
};

// BIOs the way FreeRDP makes them: a socket (type 66), a buffer on it (67), TLS on that (68).

int socket_of(BIO* bio) {
    return static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
}

int socket_read(BIO* bio, char* into, int size) {
    return static_cast<int>(recv(socket_of(bio), into, static_cast<std::size_t>(size), 0));
}

int socket_write(BIO* bio, const char* from, int size) {
    return static_cast<int>(
        send(socket_of(bio), from, static_cast<std::size_t>(size), MSG_NOSIGNAL));
}

long socket_ctrl(BIO* bio, int command, long, void* argument) {
    if (command == BIO_C_SET_FD) {
        BIO_set_data(bio, reinterpret_cast<void*>(std::intptr_t{*static_cast<int*>(argument)}));
        BIO_set_init(bio, 1);
        return 1;
    }
    return command == BIO_CTRL_FLUSH;
}

int buffered_read(BIO* bio, char* into, int size) { return BIO_read(BIO_next(bio), into, size); }
int buffered_write(BIO* bio, const char* from, int size) {
    ERR_clear_error();  // as FreeRDP 3 does
    return BIO_write(BIO_next(bio), from, size);
}
long buffered_ctrl(BIO* bio, int command, long number, void* argument) {
    return BIO_ctrl(BIO_next(bio), command, number, argument);
}

int plain_read(BIO* bio, char* into, int size) {
    return SSL_read(static_cast<SSL*>(BIO_get_data(bio)), into, size);
}
int plain_write(BIO* bio, const char* from, int size) {
    return SSL_write(static_cast<SSL*>(BIO_get_data(bio)), from, size);
}

BIO* make(int type, const char* name, int (*read)(BIO*, char*, int),
          int (*write)(BIO*, const char*, int), long (*ctrl)(BIO*, int, long, void*)) {
    static std::map<int, BIO_METHOD*> methods;  // one each, as long as the process lives
    BIO_METHOD*& method = methods[type];
    if (!method) method = BIO_meth_new(type, name);
    BIO_meth_set_read(method, read);
    BIO_meth_set_write(method, write);
    BIO_meth_set_ctrl(method, ctrl);
    BIO* bio = BIO_new(method);
    BIO_set_init(bio, 1);
    return bio;
}

/// Two ends of a TCP connection on loopback.
struct Wire {
    int client = -1;
    int server = -1;

    Wire() {
        const int listener = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* any = reinterpret_cast<sockaddr*>(&address);
        bind(listener, any, size);
        listen(listener, 1);
        getsockname(listener, any, &size);
        client = socket(AF_INET, SOCK_STREAM, 0);
        assert_int_equal(connect(client, any, size), 0);
        server = accept(listener, nullptr, nullptr);
        close(listener);
        port = ntohs(address.sin_port);
    }
    ~Wire() {
        close(client);
        if (server >= 0) close(server);
    }
    void hang_up() { close(std::exchange(server, -1)); }
    void reset() {
        const linger now{1, 0};
        setsockopt(server, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        hang_up();
    }
    std::uint16_t port = 0;
};

BIO* socket_bio(int fd) {
    BIO* bio = make(66, "SimpleSocket", socket_read, socket_write, socket_ctrl);
    BIO_ctrl(bio, BIO_C_SET_FD, 0, &fd);
    return bio;
}

void bytes_are_heard_in_both_directions(void**) {
    Ear ear;
    Wire wire;
    BIO* bio = socket_bio(wire.client);
    assert_int_equal(BIO_write(bio, "hello", 5), 5);
    assert_int_equal(write(wire.server, "SSH-2.0", 7), 7);
    char answer[16] = "";
    assert_int_equal(BIO_read(bio, answer, sizeof answer), 7);
    assert_string_equal(answer, "SSH-2.0");
    const auto& opened = ear.only<SocketOpened>();
    assert_true(opened.connected);
    assert_string_equal(opened.address.c_str(), "127.0.0.1");
    assert_int_equal(opened.port, wire.port);
    const auto moved = ear.all<Transferred>();
    assert_int_equal(moved.size(), 2);
    assert_string_equal(moved[0]->bytes.c_str(), "hello");
    assert_string_equal(moved[1]->bytes.c_str(), "SSH-2.0");
    assert_int_equal(moved[0]->stream, 1);
    BIO_free(bio);
}

void each_connection_has_its_number(void**) {
    Ear ear;
    Wire first, second;
    BIO* a = socket_bio(first.client);
    BIO* b = socket_bio(second.client);
    BIO_write(b, "b", 1);
    BIO_write(a, "a", 1);
    const auto moved = ear.all<Transferred>();
    assert_int_equal(moved[0]->stream, 2);
    assert_int_equal(moved[1]->stream, 1);
    BIO_free(a);
    BIO_free(b);
}

/// FreeRDP up to 3.15 goes on with a socket that was refused.
void a_socket_without_peer_is_told(void**) {
    Ear ear;
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    BIO* bio = socket_bio(fd);
    assert_false(ear.only<SocketOpened>().connected);
    assert_int_equal(BIO_write(bio, "x", 1), -1);
    assert_int_equal(errno, EPIPE);
    assert_int_equal(ear.only<StreamEnded>().error, EPIPE);
    BIO_free(bio);
    close(fd);
}

/// The end is told once; errno stays the caller's where the call did not set it.
void an_orderly_end_and_a_reset_differ(void**) {
    for (const bool by_reset : {false, true}) {
        Ear ear;
        Wire wire;
        BIO* bio = socket_bio(wire.client);
        by_reset ? wire.reset() : wire.hang_up();
        char byte;
        errno = EAGAIN;
        assert_true(BIO_read(bio, &byte, 1) <= 0);
        assert_int_equal(errno, by_reset ? ECONNRESET : EAGAIN);
        assert_int_equal(ear.only<StreamEnded>().error, by_reset ? ECONNRESET : 0);
        BIO_read(bio, &byte, 1);
        assert_int_equal(ear.all<StreamEnded>().size(), 1);
        BIO_free(bio);
    }
}

void other_threads_and_other_bios_are_none_of_ours(void**) {
    Ear ear;
    Wire wire;
    const unsigned long before = bound_objects();
    std::thread([&] {
        BIO* bio = socket_bio(wire.client);
        BIO_write(bio, "x", 1);
        BIO_free(bio);
    }).join();
    BIO* memory = BIO_new(BIO_s_mem());
    BIO_write(memory, "y", 1);
    BIO_free(memory);
    assert_int_equal(bound_objects(), before);
    assert_true(ear.heard.empty());
}

void once_deaf_nothing_is_heard(void**) {
    Ear ear;
    Wire wire;
    BIO* bio = socket_bio(wire.client);
    ear.heard.clear();
    ear.deaf();
    errno = EBADF;
    assert_int_equal(BIO_write(bio, "x", 1), 1);
    assert_int_equal(errno, EBADF);
    assert_int_equal(send(wire.server, "abc", 3, MSG_NOSIGNAL), 3);
    char byte;
    assert_int_equal(BIO_read(bio, &byte, 1), 1);
    assert_true(ear.heard.empty());
    // But the end of a session is, once.
    wire.hang_up();
    while (BIO_read(bio, &byte, 1) > 0) {
    }
    BIO_read(bio, &byte, 1);
    assert_int_equal(ear.heard.size(), 1);
    BIO_free(bio);
}

std::string all_sent(const std::vector<std::string>& writes, bool hears_sent = true) {
    Ear ear;
    if (!hears_sent) ear.no_sent();
    Wire wire;
    BIO* bio = socket_bio(wire.client);
    for (const auto& text : writes) BIO_write(bio, text.data(), static_cast<int>(text.size()));
    std::string sent;
    for (const auto* moved : ear.all<Transferred>()) sent += moved->bytes;
    BIO_free(bio);
    return sent;
}

void credentials_for_a_proxy_are_cut_out(void**) {
    const std::string connect =
        "CONNECT host:3389 HTTP/1.1\r\nProxy-Authorization: Basic c2VjcmV0\r\n\r\n";
    assert_string_equal(all_sent({connect}).c_str(), "CONNECT host:3389 HTTP/1.1\r\n");
    const std::string greeting = "\x05\x02\x05\x02";
    const std::string password = "\x01\x04user\x06secret";
    const std::string request = "\x05\x01\x02";
    assert_true(all_sent({greeting, password, request}) == greeting + request);
}

void passwords_are_not_heard(void**) {
    assert_string_equal(all_sent({"client info"}, false).c_str(), "");
}

/// A gateway without WebSocket takes a second connection while the first is held.
void a_connection_beside_another_is_told(void**) {
    Ear ear;
    Wire first, second, third;
    BIO* a = socket_bio(first.client);
    BIO* b = socket_bio(second.client);
    BIO_free(b);
    BIO* c = socket_bio(third.client);
    const auto opened = ear.all<SocketOpened>();
    assert_int_equal(opened.size(), 3);
    assert_int_equal(std::get<SocketOpened>(opened[0]->what).beside, 0);
    assert_int_equal(std::get<SocketOpened>(opened[1]->what).beside, 1);
    assert_int_equal(std::get<SocketOpened>(opened[2]->what).beside, 0);
    BIO_free(a);
    BIO_free(c);
}

/// Reads a few bytes that the other side sends.
void pass(const Wire& wire, BIO* bio, const char* text) {
    char into[16];
    const auto size = std::strlen(text);
    assert_int_equal(write(wire.server, text, size), size);
    assert_int_equal(BIO_read(bio, into, sizeof into), size);
}

/// TLS in the tunnel is that with the host; the one that carries the tunnel is the gateway's.
void what_a_tunnel_carries_is_the_host_s(void**) {
    Ear ear;
    Wire wire;
    BIO* gateway = BIO_push(make(68, "RdpTls", buffered_read, buffered_write, buffered_ctrl),
                            socket_bio(wire.client));
    BIO* tunnel = make(65, "RDGateway", socket_read, socket_write, socket_ctrl);
    BIO_set_data(tunnel, reinterpret_cast<void*>(std::intptr_t{wire.client}));
    BIO* host = BIO_push(make(68, "RdpTls", buffered_read, buffered_write, buffered_ctrl), tunnel);
    assert_false(in_tunnel(gateway));
    assert_true(in_tunnel(host));
    pass(wire, gateway, "gateway");
    pass(wire, host, "host");
    const auto moved = ear.all<Transferred>();
    assert_int_equal(moved.size(), 4);
    const Layer expected[] = {Layer::wire, Layer::plain, Layer::tunnel, Layer::inner};
    for (std::size_t i = 0; i < 4; ++i) {
        assert_true(std::get<Transferred>(moved[i]->what).layer == expected[i]);
        assert_string_equal(moved[i]->bytes.c_str(), i < 2 ? "gateway" : "host");
        assert_int_equal(moved[i]->stream, 1);
    }
    BIO_free_all(host);
    BIO_free_all(gateway);
}

// TLS

SSL_CTX* server_context(int min_version, int max_version) {
    SSL_CTX* context = SSL_CTX_new(TLS_server_method());
    const test::Key key = test::make_key();
    const test::Der der = test::make_certificate({}, key);
    const unsigned char* bytes = der.data();
    X509* certificate = d2i_X509(nullptr, &bytes, static_cast<long>(der.size()));
    SSL_CTX_use_certificate(context, certificate);
    SSL_CTX_use_PrivateKey(context, key.get());
    SSL_CTX_set_min_proto_version(context, min_version);
    SSL_CTX_set_max_proto_version(context, max_version);
    X509_free(certificate);
    return context;
}

/// A server on its own thread; says "welcome" once the handshake is done.
class Server {
  public:
    Server(int fd, int min_version, int max_version)
        : context_(server_context(min_version, max_version)), thread_([this, fd] {
              SSL* ssl = SSL_new(context_);
              SSL_set_fd(ssl, fd);
              if (SSL_accept(ssl) == 1) SSL_write(ssl, "welcome", 7);
              SSL_free(ssl);
          }) {}
    ~Server() {
        thread_.join();
        SSL_CTX_free(context_);
    }

  private:
    SSL_CTX* context_;
    std::thread thread_;
};

/// The client's side as FreeRDP builds it.
struct Client {
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    SSL* ssl = SSL_new(context);
    BIO* plain = make(68, "RdpTls", plain_read, plain_write, socket_ctrl);

    explicit Client(int fd, int max_version = 0) {
        BIO* socket = socket_bio(fd);
        BIO* buffered = BIO_push(
            make(67, "BufferedSocket", buffered_read, buffered_write, buffered_ctrl), socket);
        SSL_set_max_proto_version(ssl, max_version);
        SSL_set_tlsext_host_name(ssl, "win-srv01.example.org");
        SSL_set_bio(ssl, buffered, buffered);
        BIO_set_data(plain, ssl);
        BIO_up_ref(buffered);
        BIO_push(plain, buffered);
    }
    ~Client() {
        BIO_free_all(plain);
        SSL_free(ssl);
        SSL_CTX_free(context);
    }
};

void a_handshake_is_told_from_configuration_to_certificate(void**) {
    Ear ear;
    Wire wire;
    const Server server(wire.server, TLS1_3_VERSION, 0);
    Client client(wire.client);
    assert_int_equal(SSL_connect(client.ssl), 1);
    assert_string_equal(ear.only<TlsConfigured>().sni.c_str(), "win-srv01.example.org");
    assert_int_equal(ear.only<TlsConfigured>().security_level, SSL_get_security_level(client.ssl));
    const auto& established = ear.only<TlsEstablished>();
    assert_int_equal(established.version, TLS1_3_VERSION);
    assert_string_equal(established.method.c_str(), "BufferedSocket");
    assert_int_equal(established.chain.size(), 1);
    assert_int_equal(established.cipher.rfind("TLS_", 0), 0);
    assert_true(ear.all<TlsFailed>().empty());
    bool certificate = false;
    for (const auto* one : ear.all<TlsMessage>()) {
        assert_int_equal(one->stream, 1);
        const auto& message = std::get<TlsMessage>(one->what);
        certificate = certificate || (message.content_type == 22 && message.version == 0x0304 &&
                                      message.direction == Direction::received);
    }
    assert_true(certificate);
}

void plaintext_from_the_server_is_heard_and_to_it_is_not(void**) {
    Ear ear;
    Wire wire;
    const Server server(wire.server, TLS1_2_VERSION, TLS1_2_VERSION);
    Client client(wire.client);
    assert_int_equal(SSL_connect(client.ssl), 1);
    assert_int_equal(BIO_write(client.plain, "password", 8), 8);
    char text[16] = "";
    assert_int_equal(BIO_read(client.plain, text, sizeof text), 7);
    std::string plain;
    for (const auto* one : ear.all<Transferred>()) {
        const auto& moved = std::get<Transferred>(one->what);
        if (moved.layer == Layer::plain) plain += one->bytes;
        assert_true(one->bytes.find("password") == std::string::npos);
    }
    assert_string_equal(plain.c_str(), "welcome");
}

/// All that was heard of what the client said inside TLS.
std::string heard_of_plain(Ear& ear) {
    std::string heard;
    for (const auto* one : ear.all<Transferred>()) {
        const auto& moved = std::get<Transferred>(one->what);
        if (moved.layer == Layer::plain && moved.direction == Direction::sent) heard += one->bytes;
    }
    return heard;
}

void of_what_is_sent_inside_tls_only_credssp_is_heard(void**) {
    Ear ear;
    Wire wire;
    const Server server(wire.server, TLS1_2_VERSION, TLS1_2_VERSION);
    Client client(wire.client);
    assert_int_equal(SSL_connect(client.ssl), 1);
    assert_int_equal(BIO_write(client.plain, "0first", 6), 6);
    assert_int_equal(BIO_write(client.plain, "0next", 5), 5);
    assert_string_equal(heard_of_plain(ear).c_str(), "0first0next");
    // A TPKT header: the sign-in is over, and whatever looks like it is something else.
    assert_int_equal(BIO_write(client.plain, "\3client info", 12), 12);
    assert_int_equal(BIO_write(client.plain, "0password", 9), 9);
    assert_string_equal(heard_of_plain(ear).c_str(), "0first0next");
}

void a_failed_handshake_has_its_reason_and_leaves_the_queue(void**) {
    Ear ear;
    Wire wire;
    const Server server(wire.server, TLS1_3_VERSION, 0);
    Client client(wire.client, TLS1_2_VERSION);
    ERR_clear_error();
    assert_true(SSL_connect(client.ssl) <= 0);
    const auto& failed = ear.only<TlsFailed>();
    assert_string_equal(failed.reason.c_str(), "tlsv1 alert protocol version");
    assert_int_equal(failed.code, ERR_peek_last_error());
    assert_true(ear.all<TlsEstablished>().empty());
    bool alert = false;
    for (const auto* one : ear.all<TlsMessage>()) {
        const auto& message = std::get<TlsMessage>(one->what);
        alert = alert || (message.content_type == 21 && message.bytes.size() == 2 &&
                          message.direction == Direction::received);
    }
    assert_true(alert);
}

/// The alert for it goes through FreeRDP's buffer, which clears the error queue.
void a_reason_on_this_side_survives_the_alert(void**) {
    Ear ear;
    Wire wire;
    const Server server(wire.server, TLS1_2_VERSION, TLS1_2_VERSION);
    Client client(wire.client);
    SSL_set_verify(client.ssl, SSL_VERIFY_PEER, nullptr);
    assert_true(SSL_connect(client.ssl) <= 0);
    assert_int_equal(ERR_peek_last_error(), 0);
    assert_string_equal(ear.only<TlsFailed>().reason.c_str(), "certificate verify failed");
}

/// No error in the queue, and no more bytes to wait for.
void a_connection_cut_during_the_handshake_has_failed(void**) {
    Ear ear;
    Wire wire;
    Client client(wire.client);
    wire.reset();
    assert_true(SSL_connect(client.ssl) <= 0);
    assert_int_equal(ear.all<TlsFailed>().size(), 1);
}

/// TLS that runs over no transport of FreeRDP's, on the same thread: a web request, say.
void other_tls_on_the_same_thread_is_not_heard(void**) {
    Ear ear;
    Wire wire;
    const Server server(wire.server, TLS1_2_VERSION, 0);
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    SSL* ssl = SSL_new(context);
    SSL_set_fd(ssl, wire.client);
    assert_int_equal(SSL_connect(ssl), 1);
    assert_true(ear.heard.empty());
    SSL_free(ssl);
    SSL_CTX_free(context);
}

int hook(void**) { return install_tap() ? 0 : 1; }

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(bytes_are_heard_in_both_directions),
        cmocka_unit_test(each_connection_has_its_number),
        cmocka_unit_test(a_socket_without_peer_is_told),
        cmocka_unit_test(an_orderly_end_and_a_reset_differ),
        cmocka_unit_test(other_threads_and_other_bios_are_none_of_ours),
        cmocka_unit_test(once_deaf_nothing_is_heard),
        cmocka_unit_test(credentials_for_a_proxy_are_cut_out),
        cmocka_unit_test(passwords_are_not_heard),
        cmocka_unit_test(a_connection_beside_another_is_told),
        cmocka_unit_test(what_a_tunnel_carries_is_the_host_s),
        cmocka_unit_test(a_handshake_is_told_from_configuration_to_certificate),
        cmocka_unit_test(plaintext_from_the_server_is_heard_and_to_it_is_not),
        cmocka_unit_test(of_what_is_sent_inside_tls_only_credssp_is_heard),
        cmocka_unit_test(a_failed_handshake_has_its_reason_and_leaves_the_queue),
        cmocka_unit_test(a_reason_on_this_side_survives_the_alert),
        cmocka_unit_test(a_connection_cut_during_the_handshake_has_failed),
        cmocka_unit_test(other_tls_on_the_same_thread_is_not_heard),
    };
    return cmocka_run_group_tests(tests, hook, nullptr);
}
