// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/fields.hpp"

namespace preflight {

/// What one side of the TLS handshake offered or chose.
struct TlsSideFacts {
    Maybe<std::string> min_version;
    Maybe<std::string> max_version;
    Texts versions;
    Texts ciphers;
    Texts groups;
    Texts signature_algorithms;

    template <class V>
    static void describe(V& v) {
        v("min_version", &TlsSideFacts::min_version, "lowest version offered, such as TLS 1.2");
        v("max_version", &TlsSideFacts::max_version, "highest version offered");
        v("versions", &TlsSideFacts::versions, "versions offered");
        v("ciphers", &TlsSideFacts::ciphers, "cipher suites offered, by IANA name");
        v("groups", &TlsSideFacts::groups, "key exchange groups offered");
        v("signature_algorithms", &TlsSideFacts::signature_algorithms,
          "signature algorithms offered");
    }
};

/// What the server chose.
struct TlsServerFacts {
    Maybe<bool> hello_seen;
    Maybe<std::string> version;
    Maybe<std::string> cipher;
    Maybe<std::string> group;
    Maybe<bool> certificate_seen;
    Maybe<bool> secure_renegotiation;
    Maybe<bool> hello_retry;

    template <class V>
    static void describe(V& v) {
        v("hello_seen", &TlsServerFacts::hello_seen, "whether a ServerHello arrived");
        v("version", &TlsServerFacts::version, "version the server chose");
        v("cipher", &TlsServerFacts::cipher, "cipher suite the server chose");
        v("group", &TlsServerFacts::group, "key exchange group the server chose");
        v("certificate_seen", &TlsServerFacts::certificate_seen,
          "whether the server's certificate arrived");
        v("secure_renegotiation", &TlsServerFacts::secure_renegotiation,
          "whether the ServerHello carried renegotiation_info (RFC 5746)");
        v("hello_retry", &TlsServerFacts::hello_retry,
          "whether the server asked for another key share");
    }
};

/// The alert that ended the handshake or the connection.
struct TlsAlertFacts {
    Maybe<std::string> direction;
    Maybe<std::string> level;
    Maybe<std::int64_t> code;
    Maybe<std::string> name;

    template <class V>
    static void describe(V& v) {
        v("direction", &TlsAlertFacts::direction,
          "sent (by the client) or received (from the server)");
        v("level", &TlsAlertFacts::level, "warning or fatal");
        v("code", &TlsAlertFacts::code, "AlertDescription as a number");
        v("name", &TlsAlertFacts::name, "its name, such as protocol_version");
    }
};

/// OpenSSL's error.
struct TlsErrorFacts {
    Maybe<std::string> code;
    Maybe<std::string> library;
    Maybe<std::string> reason;

    template <class V>
    static void describe(V& v) {
        v("code", &TlsErrorFacts::code, "packed error code as 0x%08X");
        v("library", &TlsErrorFacts::library, "library that raised it");
        v("reason", &TlsErrorFacts::reason, "reason text, such as unsupported protocol");
    }
};

/// The TLS handshake.
struct TlsFacts {
    Maybe<bool> started;
    Maybe<std::string> peer;
    Maybe<std::string> peer_name;
    Maybe<std::int64_t> peer_port;
    Maybe<std::string> sni;
    TlsSideFacts client;
    TlsServerFacts server;
    Maybe<std::int64_t> security_level;
    Maybe<std::string> allowed_min_version;
    Maybe<bool> established;
    TlsAlertFacts alert;
    TlsErrorFacts error;
    Maybe<std::string> last_sent;
    Maybe<std::string> last_received;
    Maybe<std::string> ended;
    Maybe<std::string> reply_protocol;
    Maybe<std::string> reply_banner;
    Maybe<std::int64_t> duration_ms;

    template <class V>
    static void describe(V& v) {
        v("started", &TlsFacts::started, "whether a ClientHello was sent");
        v("peer", &TlsFacts::peer, "who is at the other end: host or gateway");
        v("peer_name", &TlsFacts::peer_name,
          "name of that host or gateway, as given to the client");
        v("peer_port", &TlsFacts::peer_port, "its port, as given to the client");
        v("sni", &TlsFacts::sni, "server name in the ClientHello");
        v("client", &TlsFacts::client, "what the client offered");
        v("server", &TlsFacts::server, "what the server chose");
        v("security_level", &TlsFacts::security_level, "OpenSSL security level in force");
        v("allowed_min_version", &TlsFacts::allowed_min_version,
          "lowest version that OpenSSL was set to accept");
        v("established", &TlsFacts::established, "whether the handshake was completed");
        v("alert", &TlsFacts::alert, "the first fatal alert");
        v("error", &TlsFacts::error, "OpenSSL's error when the handshake failed");
        v("last_sent", &TlsFacts::last_sent, "last handshake message sent");
        v("last_received", &TlsFacts::last_received, "last handshake message received");
        v("ended", &TlsFacts::ended,
          "how the socket ended during the handshake: reset, closed, client, silent");
        v("reply_protocol", &TlsFacts::reply_protocol,
          "what the peer sent in place of TLS: HTTP, SSH, RDP, unknown");
        v("reply_banner", &TlsFacts::reply_banner,
          "the first bytes of that answer, made printable");
        v("duration_ms", &TlsFacts::duration_ms,
          "time from ClientHello to the end of the handshake, in milliseconds");
    }
};

}  // namespace preflight
