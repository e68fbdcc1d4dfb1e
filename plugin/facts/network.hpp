// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/fields.hpp"

namespace preflight {

/// One address of a host.
struct AddressFacts {
    Maybe<std::string> address;
    Maybe<std::string> family;
    Maybe<bool> connected;
    Maybe<std::string> error;

    template <class V>
    static void describe(V& v) {
        v("address", &AddressFacts::address, "numeric address");
        v("family", &AddressFacts::family, "IPv4 or IPv6");
        v("connected", &AddressFacts::connected,
          "whether preflight could connect to it when it looked again");
        v("error", &AddressFacts::error,
          "why not: ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ETIMEDOUT, …");
    }
};

/// Name resolution.
struct DnsFacts {
    Maybe<std::string> name;
    Maybe<std::string> result;
    Maybe<std::string> error;
    Maybe<std::string> text;
    std::vector<AddressFacts> addresses;
    Maybe<std::int64_t> duration_ms;
    Maybe<bool> checked_again;

    template <class V>
    static void describe(V& v) {
        v("name", &DnsFacts::name, "name that was looked up");
        v("result", &DnsFacts::result, "found, unknown-name, resolver-down, other-error");
        v("error", &DnsFacts::error, "name of the getaddrinfo error, such as EAI_NONAME");
        v("text", &DnsFacts::text, "the system's text for that error");
        v("addresses", &DnsFacts::addresses, "addresses of the name, in the resolver's order");
        v("duration_ms", &DnsFacts::duration_ms,
          "how long the client's look-up took, in milliseconds");
        v("checked_again", &DnsFacts::checked_again,
          "whether preflight looked the name up again after the failure");
    }
};

/// The TCP connection.
struct TcpFacts {
    Maybe<std::string> address;
    Maybe<std::int64_t> port;
    Maybe<std::string> family;
    Maybe<bool> connected;
    Maybe<std::string> error;
    Maybe<std::string> error_text;
    Maybe<std::int64_t> duration_ms;
    Maybe<bool> checked_again;
    Maybe<bool> answers_now;
    Maybe<std::string> other_family;
    Maybe<std::string> other_address;
    Maybe<std::string> ended;
    Maybe<std::int64_t> bytes_sent;
    Maybe<std::int64_t> bytes_received;

    template <class V>
    static void describe(V& v) {
        v("address", &TcpFacts::address, "numeric address that was dialled");
        v("port", &TcpFacts::port, "port that was dialled");
        v("family", &TcpFacts::family, "IPv4 or IPv6");
        v("connected", &TcpFacts::connected, "whether the connection was established");
        v("error", &TcpFacts::error, "name of the error, such as ECONNREFUSED");
        v("error_text", &TcpFacts::error_text, "the system's text for it");
        v("duration_ms", &TcpFacts::duration_ms,
          "time until the connection was established or given up, in milliseconds");
        v("checked_again", &TcpFacts::checked_again,
          "whether preflight connected again after the failure to learn the reason");
        v("answers_now", &TcpFacts::answers_now,
          "whether that second connection, to the same address, was established");
        v("other_family", &TcpFacts::other_family,
          "the other address family that does answer: IPv4 or IPv6");
        v("other_address", &TcpFacts::other_address, "an address of that family that does answer");
        v("ended", &TcpFacts::ended,
          "how the connection ended: reset, closed (by the peer), client (closed here), open");
        v("bytes_sent", &TcpFacts::bytes_sent, "bytes sent on the wire");
        v("bytes_received", &TcpFacts::bytes_received, "bytes received on the wire");
    }
};

/// A proxy between the client and the host.
struct ProxyFacts {
    Maybe<bool> used;
    Maybe<std::string> host;
    Maybe<std::int64_t> port;
    Maybe<std::string> type;
    Maybe<std::string> origin;
    Maybe<std::string> variable;
    Maybe<std::int64_t> status;
    Maybe<std::string> reason;

    template <class V>
    static void describe(V& v) {
        v("used", &ProxyFacts::used, "whether the client dialled a proxy");
        v("host", &ProxyFacts::host, "the proxy's host");
        v("port", &ProxyFacts::port, "the proxy's port");
        v("type", &ProxyFacts::type, "HTTP or SOCKS");
        v("origin", &ProxyFacts::origin, "environment or option");
        v("variable", &ProxyFacts::variable, "the environment variable that named it");
        v("status", &ProxyFacts::status, "HTTP status the proxy answered");
        v("reason", &ProxyFacts::reason, "HTTP reason phrase the proxy answered");
    }
};

}  // namespace preflight
