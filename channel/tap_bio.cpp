// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/bio.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <optional>
#include <string_view>

#include "channel/guest.hpp"
#include "channel/tap.hpp"

namespace preflight {
namespace {

// FreeRDP's own BIO types (BIO_TYPE_TSG, BIO_TYPE_SIMPLE, BIO_TYPE_RDP_TLS), the same in all
// versions; the flags above the low byte vary.
constexpr int type_tunnel = 65;
constexpr int type_socket = 66;
constexpr int type_buffered = 67;
constexpr int type_plain = 68;

int bio_index = -1;
std::atomic<unsigned long> bound{0};
std::atomic<SocketFinder> socket_finder{nullptr};

/// The socket carries the bytes; the buffer above it, which TLS writes to, has the same ones.
enum class Kind { socket, buffered, plain, tunnel };

/// What we know of one BIO. Lives as long as the BIO.
struct Link {
    Listener* listener;
    Kind kind;
    std::uint32_t stream = 0;
    bool ended[2] = {};
    bool armed[2] = {};
    int errno_before[2] = {};
    std::uint8_t first_sent = 0;
    bool signing_in = true;
    unsigned long error_before_write = 0;
    BIO_callback_fn_ex next = nullptr;
};

struct Call {
    BIO* bio;
    int ret;
    Direction direction;
    const char* data;
    std::size_t size;
};

Link* link_of(BIO* bio) {
    return bio && bio_index >= 0 ? static_cast<Link*>(BIO_get_ex_data(bio, bio_index)) : nullptr;
}

/// TLS inside the tunnel of a gateway is that with the host; the other one is the gateway's.
Layer layer_of(const Link& link, BIO* bio) {
    if (link.kind == Kind::tunnel) return Layer::tunnel;
    if (link.kind != Kind::plain) return Layer::wire;
    return in_tunnel(BIO_next(bio)) ? Layer::inner : Layer::plain;
}

SocketOpened describe(int fd) {
    SocketOpened opened;
    sockaddr_storage peer{};
    socklen_t length = sizeof peer;
    opened.connected = getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &length) == 0;
    if (!opened.connected) return opened;
    char text[INET6_ADDRSTRLEN] = "";
    if (peer.ss_family == AF_INET) {
        const auto& ipv4 = reinterpret_cast<const sockaddr_in&>(peer);
        inet_ntop(AF_INET, &ipv4.sin_addr, text, sizeof text);
        opened.port = ntohs(ipv4.sin_port);
    } else if (peer.ss_family == AF_INET6) {
        const auto& ipv6 = reinterpret_cast<const sockaddr_in6&>(peer);
        inet_ntop(AF_INET6, &ipv6.sin6_addr, text, sizeof text);
        opened.port = ntohs(ipv6.sin6_port);
        opened.ipv6 = true;
    }
    opened.address = text;
    return opened;
}

void socket_opened(Link& link, int fd) {
    if (link.stream) link.listener->release_stream(link.stream);
    link.stream = link.listener->open_stream();
    std::fill(std::begin(link.ended), std::end(link.ended), false);
    link.first_sent = 0;
    SocketOpened opened = describe(fd);
    opened.beside = link.listener->held_beside(link.stream);
    link.listener->hear(link.stream, opened);
}

/// FreeRDP before 3.9 says which socket it is; later versions only let us ask.
void find_socket(Link& link, BIO* bio) {
    const SocketFinder finder = socket_finder.load();
    const int fd = finder ? finder(bio) : -1;
    if (fd >= 0)
        socket_opened(link, fd);
    else
        link.stream = link.listener->open_stream();
}

/// What the client says to a proxy in front of the host may carry a password: of HTTP CONNECT only
/// the request line goes on, of SOCKS everything but the sub-negotiation (RFC 1929).
Bytes without_credentials(Link& link, Bytes bytes) {
    if (!link.first_sent && !bytes.empty()) link.first_sent = bytes.front();
    if (link.first_sent == 0x05 && !bytes.empty() && bytes.front() == 0x01) return {};
    constexpr std::string_view connect = "CONNECT ";
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (text.substr(0, connect.size()) != connect) return bytes;
    const auto end = text.find("\r\n");
    return end == text.npos ? bytes.first(0) : bytes.first(end + 2);
}

/// Of what the client says inside TLS only the messages of CredSSP go on, each a SEQUENCE written
/// in one piece ([MS-CSSP] 2.2.1), and none behind the first that is something else: HTTP for a
/// gateway, RDSTLS and Entra hold credentials in clear, and so does RDP once it has begun.
Bytes only_credssp(Link& link, Bytes bytes) {
    constexpr std::uint8_t der_sequence = 0x30;
    link.signing_in = link.signing_in && !bytes.empty() && bytes.front() == der_sequence;
    return link.signing_in ? bytes : Bytes();
}

void transferred(Link& link, const Call& call) {
    Bytes bytes(reinterpret_cast<const std::uint8_t*>(call.data), call.size);
    if (call.direction == Direction::sent) {
        if (!link.listener->hears_sent()) return;
        bytes =
            link.kind == Kind::plain ? only_credssp(link, bytes) : without_credentials(link, bytes);
        if (bytes.empty()) return;
    }
    if (!link.stream && link.kind == Kind::plain) link.stream = stream_of(BIO_next(call.bio));
    if (!link.stream && link.kind == Kind::tunnel) link.stream = link.listener->last_stream();
    link.listener->hear(link.stream, Transferred{layer_of(link, call.bio), call.direction, bytes});
}

/// FreeRDP 3 reports an orderly end and an error alike as -1; errno, cleared before the call, tells
/// them apart.
void ended(Link& link, const Call& call, int error) {
    bool& told = link.ended[static_cast<int>(call.direction)];
    if (told || link.kind == Kind::plain || BIO_should_retry(call.bio)) return;
    told = true;
    link.listener->hear(link.stream, StreamEnded{layer_of(link, call.bio), call.direction, error});
}

/// A session's connection broke, while nobody listens: how, for the report on its end. Of a read
/// errno tells only if it names such an end; else it is an orderly one.
void broke(Link& link, const Call& call) {
    const int error = errno;
    bool& told = link.ended[static_cast<int>(call.direction)];
    if (link.kind != Kind::socket || told || call.size == 0 || BIO_should_retry(call.bio)) return;
    told = true;
    constexpr int breaks[] = {ECONNRESET, ECONNABORTED, ETIMEDOUT,   EPIPE,
                              ENETDOWN,   ENETUNREACH,  EHOSTUNREACH};
    const bool names_it =
        std::find(std::begin(breaks), std::end(breaks), error) != std::end(breaks);
    if (!names_it && call.direction == Direction::sent) return;
    as_guest([&] {
        link.listener->hear(link.stream,
                            StreamEnded{Layer::wire, call.direction, names_it ? error : 0});
    });
}

void before_transfer(Link& link, BIO* bio, Direction direction) {
    if (direction == Direction::sent)
        if (const unsigned long error = ERR_peek_last_error()) link.error_before_write = error;
    if (link.kind != Kind::socket) return;
    const int which = static_cast<int>(direction);
    if (!link.stream) as_guest([&] { find_socket(link, bio); });
    link.errno_before[which] = errno;
    link.armed[which] = true;
    errno = 0;
}

void after_transfer(Link& link, const Call& call) {
    const int which = static_cast<int>(call.direction);
    const int error = errno;
    if (link.armed[which]) {
        link.armed[which] = false;
        if (errno == 0) errno = link.errno_before[which];
    }
    if (!link.listener->listening() || link.kind == Kind::buffered) return;
    as_guest([&] {
        if (call.ret > 0)
            transferred(link, call);
        else if (call.size > 0)
            ended(link, call, error);
    });
}

void socket_told(Link& link, int command, const char* argument, int ret) {
    if (link.kind != Kind::socket || command != BIO_C_SET_FD || ret <= 0 || !argument) return;
    int fd = -1;
    std::memcpy(&fd, argument, sizeof fd);
    as_guest([&] { socket_opened(link, fd); });
}

long on_bio(BIO* bio, int operation, const char* argument, std::size_t length, int command,
            long number, int ret, std::size_t* processed) noexcept {
    Link* link = link_of(bio);
    if (!link) return ret;
    const bool listening = link->listener->listening();
    const auto call = [&](Direction direction) {
        const std::size_t done = ret > 0 && processed ? std::min(*processed, length) : length;
        return Call{bio, ret, direction, argument, argument ? done : 0};
    };
    switch (operation) {
        case BIO_CB_READ:
            if (listening) before_transfer(*link, bio, Direction::received);
            break;
        case BIO_CB_WRITE:
            if (listening) before_transfer(*link, bio, Direction::sent);
            break;
        case BIO_CB_READ | BIO_CB_RETURN:
            if (listening || link->armed[static_cast<int>(Direction::received)])
                after_transfer(*link, call(Direction::received));
            else if (ret <= 0)
                broke(*link, call(Direction::received));
            break;
        case BIO_CB_WRITE | BIO_CB_RETURN:
            if (listening || link->armed[static_cast<int>(Direction::sent)])
                after_transfer(*link, call(Direction::sent));
            else if (ret <= 0)
                broke(*link, call(Direction::sent));
            break;
        case BIO_CB_CTRL | BIO_CB_RETURN:
            if (listening) socket_told(*link, command, argument, ret);
            break;
        default:
            break;
    }
    if (link->next)
        return link->next(bio, operation, argument, length, command, number, ret, processed);
    return ret;
}

std::optional<Kind> kind_of(const BIO* bio) {
    switch (BIO_method_type(bio) & 0xff) {
        case type_socket:
            return Kind::socket;
        case type_buffered:
            return Kind::buffered;
        case type_plain:
            return Kind::plain;
        case type_tunnel:
            return Kind::tunnel;
        default:
            return std::nullopt;
    }
}

void on_new_bio(void* parent, void*, CRYPTO_EX_DATA* data, int index, long, void*) noexcept {
    Listener* listener = bound_listener();
    if (!listener) return;
    auto* bio = static_cast<BIO*>(parent);
    const auto kind = kind_of(bio);
    if (!kind) return;
    as_guest([&] {
        auto* link = new (std::nothrow) Link{.listener = listener, .kind = *kind};
        if (!link) return;
        if (!CRYPTO_set_ex_data(data, index, link)) {
            delete link;
            return;
        }
        link->next = BIO_get_callback_ex(bio);
        BIO_set_callback_ex(bio, on_bio);
        bound.fetch_add(1, std::memory_order_relaxed);
    });
}

void on_free_bio(void*, void* data, CRYPTO_EX_DATA*, int, long, void*) noexcept {
    auto* link = static_cast<Link*>(data);
    if (link && link->kind == Kind::socket && link->stream)
        link->listener->release_stream(link->stream);
    delete link;
}

}  // namespace

namespace tap {

bool install_bio() noexcept {
    bio_index =
        CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_BIO, 0, nullptr, on_new_bio, nullptr, on_free_bio);
    return bio_index >= 0;
}

}  // namespace tap

unsigned long bound_objects() noexcept { return bound.load(std::memory_order_relaxed); }

void set_socket_finder(SocketFinder finder) noexcept { socket_finder.store(finder); }

unsigned long error_before_write(BIO* bio) noexcept {
    const Link* link = link_of(bio);
    return link ? link->error_before_write : 0;
}

bool in_tunnel(BIO* bio) noexcept {
    for (int depth = 0; bio && depth < 8; ++depth, bio = BIO_next(bio))
        if (const Link* link = link_of(bio); link && link->kind == Kind::tunnel) return true;
    return false;
}

std::uint32_t stream_of(BIO* bio) noexcept {
    for (int depth = 0; bio && depth < 8; ++depth, bio = BIO_next(bio)) {
        Link* link = link_of(bio);
        if (!link || link->kind == Kind::plain) continue;
        if (!link->stream && link->kind == Kind::tunnel)
            link->stream = link->listener->last_stream();
        if (link->stream) return link->stream;
    }
    return 0;
}

}  // namespace preflight
