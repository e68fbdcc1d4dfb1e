// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace preflight {

/// What sources (the live tap, a probe, a replayed capture) hand to the Recorder: what they saw,
/// never what it means. Views are valid only during the call that delivers them.

using Bytes = std::span<const std::uint8_t>;

/// Seen from the client: `sent` goes to the server.
enum class Direction : std::uint8_t { sent, received };

/// `wire`: what crosses the socket. `plain`: what TLS on it carries, decrypted. `tunnel`: what a
/// gateway tunnel carries, before the inner TLS. `inner`: what that inner TLS carries, decrypted.
enum class Layer : std::uint8_t { wire, plain, tunnel, inner };

/// The client starts a round of connecting (FreeRDP's state NEGO). One round may dial several
/// times; a second round before the result is FreeRDP's silent second try, or a redirection.
struct RoundBegan {
    bool redirected = false;
};

/// A socket was opened and is connected, or is known not to be. One per TCP connection.
struct SocketOpened {
    std::string address;     ///< numeric; empty when the socket has no peer
    std::uint16_t port = 0;  ///< host byte order
    bool ipv6 = false;
    bool connected = true;
    int error = 0;  ///< errno, when not connected and known
    /// The stream of an older connection that the client still holds open; 0 where there is none. A
    /// gateway without WebSocket takes two, one for each direction.
    std::uint32_t beside = 0;
    /// When it was dialled, where that was seen; else the time of what went before counts.
    std::chrono::steady_clock::time_point dialled{};
};

/// Bytes that were really transferred.
struct Transferred {
    Layer layer;
    Direction direction;
    Bytes bytes;
};

/// A read or write that reported the end: error 0 is an orderly end (FIN), else an errno.
struct StreamEnded {
    Layer layer;
    Direction direction;
    int error = 0;
};

/// The client itself ended the connection. A replay sees that; a live source is the client.
struct HungUp {
    bool reset = false;
};

/// Bytes went by that a replay lacks: nothing behind them can be read.
struct BytesMissing {
    Direction direction;
    std::uint64_t count = 0;
};

/// A replay's connection is over: nothing more will come.
struct ReplayEnded {};

/// How OpenSSL is set up for a handshake; once per handshake, before its first message.
struct TlsConfigured {
    int security_level = -1;  ///< -1: unknown
    int min_version = 0;      ///< wire value such as 0x0303; 0: OpenSSL's own lowest
    int max_version = 0;      ///< wire value; 0: OpenSSL's own highest
    std::string sni;
    bool in_tunnel = false;  ///< the handshake runs through a gateway's tunnel: it is the host's
};

/// A handshake message or alert in clear, as OpenSSL's message callback gives it.
struct TlsMessage {
    Direction direction;
    int version = 0;       ///< wire value such as 0x0303
    int content_type = 0;  ///< 22 handshake, 21 alert, 20 ChangeCipherSpec
    Bytes bytes;           ///< message with its header, without the record header
};

/// The handshake was completed.
struct TlsEstablished {
    int version = 0;     ///< wire value
    std::string cipher;  ///< IANA name
    std::string group;   ///< name of the key exchange group, or empty
    std::string method;  ///< name of the BIO below, such as BufferedSocket
    std::vector<std::vector<std::uint8_t>> chain;  ///< DER, the server's own certificate first
};

/// The handshake failed on this side; `code` is OpenSSL's packed error, 0 when its queue was empty.
struct TlsFailed {
    unsigned long code = 0;
    std::string library;
    std::string reason;
};

/// The client asked the user about the certificate.
struct CertificateAsked {
    bool changed = false;  ///< the client had another certificate stored for this host
    bool name_mismatch = false;
    bool gateway = false;
    std::string stored_fingerprint;  ///< as FreeRDP gives it; may be empty
};

/// The user's answer.
struct CertificateAnswered {
    enum class Answer : std::uint8_t { no, once, always, none } answer;
};

/// The gateway's message was shown to the user, who agreed to it or did not.
struct GatewayMessageAnswered {
    bool agreed = false;
};

/// FreeRDP's connection state changed; `name` is FreeRDP's own, such as CONNECTION_STATE_NEGO.
struct StateChanged {
    std::string_view name;
};

/// FreeRDP's error at some moment. `code` 0 is success.
struct ErrorSeen {
    std::uint32_t code = 0;
    std::string name;
    std::string text;
};

/// The connect call ended: 0 or -1, with the error of that moment.
struct ConnectEnded {
    int result = -1;
    ErrorSeen error;
};

/// The server told its reason (Set Error Info PDU), as FreeRDP reports it. `ultimatum` here and
/// below: the reason of a Disconnect Provider Ultimatum that FreeRDP had noted by then; 0 before
/// the first.
struct ErrorInfoSeen {
    std::uint32_t code = 0;
    std::string name;
    std::string text;
    int ultimatum = 0;
};

/// What the host's sign-in program shows, as FreeRDP reports it (Save Session Info PDU).
struct LogonErrorSeen {
    std::uint32_t type = 0;
    std::uint32_t data = 0;
};

/// The session is active.
struct Activated {
    int ultimatum = 0;
};

/// It ended after that, with FreeRDP's error of that moment. FreeRDP may connect again by itself.
struct Terminated {
    int ultimatum = 0;
    ErrorSeen error;
};

/// libkrb5 on this computer failed with this error, such as -1765328230; it may name a realm.
struct KerberosFailed {
    std::int32_t code = 0;
    std::string realm;
};

/// Another add-in could not be loaded, or another local step failed before anything was dialled.
struct LocalProblem {
    std::string kind;    ///< as local.problem
    std::string name;    ///< the add-in, where it is one
    std::string detail;  ///< in words
};

/// preflight's own check ended, without a session: `passed` where a client would have gone on.
struct CheckEnded {
    bool passed = false;
};

/// Looked up or connected again by preflight itself, after the failure, to learn the reason; or,
/// `first`, as part of a check, when nobody looked before.
struct LookedAgain {
    struct Address {
        std::string address;
        bool ipv6 = false;
        bool tried = false;  ///< whether a connection was tried
        bool connected = false;
        int error = 0;  ///< errno; ETIMEDOUT when our limit ran out
    };
    bool first = false;
    bool looked_up = false;
    int lookup_error = 0;         ///< EAI_*; meaningful when looked_up
    bool lookup_timeout = false;  ///< our limit ran out before the resolver answered
    std::vector<Address> addresses;
};

/// Asked again by preflight itself, after the failure: the same host, on connections of its own and
/// without signing in, in other ways than the client did.
struct AskedAgain {
    enum class Question : std::uint8_t {
        same,         ///< as the client asked
        tls_1_2,      ///< with TLS 1.2 alone
        short_hello,  ///< as the client asked, without the long keys of post-quantum groups
        old_tls,      ///< with TLS up to 1.2, every cipher and weak keys
        nla,          ///< for NLA or TLS
        tls,          ///< for TLS
        rdp,          ///< without an RDP_NEG_REQ
    };

    /// What became of one connection.
    struct Answer {
        Question question = Question::same;
        bool connected = false;
        bool negotiated = false;  ///< an answer to the connection request came
        bool refused = false;     ///< and it was an RDP_NEG_FAILURE
        bool wants_tls = false;   ///< the question goes on to the end of the TLS handshake
        bool established = false;
        int tls_version = 0;       ///< of the ServerHello, a wire value; 0: none came
        std::string cipher;        ///< IANA name, once established
        std::optional<int> alert;  ///< AlertDescription of the first fatal one received
        std::optional<int> end;    ///< the host ended it: 0 in order, else an errno
    };
    std::vector<Answer> answers;  ///< in the order in which they were asked
    std::chrono::milliseconds took{0};
};

/// One event. `stream` numbers the TCP connection it belongs to (from 1); 0 where there is none.
struct Observation {
    using Clock = std::chrono::steady_clock;
    Clock::time_point at;
    std::uint32_t stream = 0;
    std::variant<RoundBegan, SocketOpened, Transferred, StreamEnded, TlsConfigured, TlsMessage,
                 TlsEstablished, TlsFailed, CertificateAsked, CertificateAnswered,
                 GatewayMessageAnswered, StateChanged, ErrorSeen, ConnectEnded, ErrorInfoSeen,
                 LogonErrorSeen, Activated, Terminated, KerberosFailed, LocalProblem, LookedAgain,
                 HungUp, BytesMissing, ReplayEnded, CheckEnded, AskedAgain>
        what;
};

}  // namespace preflight
