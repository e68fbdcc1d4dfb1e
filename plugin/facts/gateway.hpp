// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/certificate.hpp"
#include "facts/fields.hpp"
#include "facts/tls.hpp"

namespace preflight {

/// A Remote Desktop Gateway between the client and the host, [MS-TSGU].
struct GatewayFacts {
    Maybe<bool> used;
    Maybe<std::string> host;
    Maybe<std::int64_t> port;
    Maybe<std::string> endpoint;
    Texts transports;
    Maybe<std::int64_t> http_status;
    Maybe<std::string> http_reason;
    Maybe<std::string> http_body;
    Maybe<bool> http_page;
    Maybe<bool> http_challenge;
    Maybe<std::string> http_server;
    Maybe<std::string> http_location;
    Texts schemes;
    Maybe<bool> websocket;
    Maybe<std::int64_t> websocket_close;
    Maybe<std::string> last_received;
    Maybe<std::string> error_step;
    Maybe<std::int64_t> error_code;
    Maybe<std::string> error_hex;
    Maybe<std::int64_t> extended_auth;
    Maybe<bool> consent_message;
    Maybe<bool> consent_given;
    Maybe<bool> opened;
    Maybe<std::string> ended;
    TlsFacts tls;
    CertificateFacts certificate;

    template <class V>
    static void describe(V& v) {
        v("used", &GatewayFacts::used, "whether the client was told to use a gateway");
        v("host", &GatewayFacts::host, "the gateway's host");
        v("port", &GatewayFacts::port, "the gateway's port");
        v("endpoint", &GatewayFacts::endpoint, "the gateway's host, with :port unless it is 443");
        v("transports", &GatewayFacts::transports,
          "ways through a gateway that the client allows: websocket, HTTP, RPC");
        v("http_status", &GatewayFacts::http_status, "last HTTP status the gateway answered");
        v("http_reason", &GatewayFacts::http_reason, "HTTP reason phrase with it");
        v("http_body", &GatewayFacts::http_body,
          "first line of text in that answer's body, such as User Account Restricted");
        v("http_page", &GatewayFacts::http_page,
          "whether that answer was a document of its own, as a web server gives, and not the "
          "channel of a gateway");
        v("http_challenge", &GatewayFacts::http_challenge,
          "whether that answer asks for the next step of a sign-in that is under way");
        v("http_server", &GatewayFacts::http_server, "software that answered, as it names itself");
        v("http_location", &GatewayFacts::http_location, "where that answer sends the client");
        v("schemes", &GatewayFacts::schemes,
          "HTTP authentication schemes that the gateway accepts, such as NTLM, Negotiate, Basic");
        v("websocket", &GatewayFacts::websocket, "whether the gateway agreed to a WebSocket");
        v("websocket_close", &GatewayFacts::websocket_close,
          "code with which the gateway closed the WebSocket");
        v("last_received", &GatewayFacts::last_received,
          "last packet received: handshake response, extended authentication, tunnel response, "
          "tunnel authorization response, channel response, data, service message, "
          "reauthentication, keepalive, close, close answer");
        v("error_step", &GatewayFacts::error_step, "packet that brought the gateway's error");
        v("error_code", &GatewayFacts::error_code,
          "the gateway's error: an HRESULT such as E_PROXY_RAP_ACCESSDENIED, or a Win32 code");
        v("error_hex", &GatewayFacts::error_hex, "the same as 0x%08X");
        v("extended_auth", &GatewayFacts::extended_auth,
          "further ways to sign in that the gateway offers, as a number");
        v("consent_message", &GatewayFacts::consent_message,
          "whether the gateway asks to agree to a message");
        v("consent_given", &GatewayFacts::consent_given, "whether the user agreed to it");
        v("opened", &GatewayFacts::opened, "whether the gateway opened the way to the host");
        v("ended", &GatewayFacts::ended,
          "how the connection to the gateway ended before that: reset, closed, client, silent");
        v("tls", &GatewayFacts::tls,
          "the TLS with the gateway, as the member tls of the facts, once that with the host "
          "began; "
          "before, the member tls speaks of it");
        v("certificate", &GatewayFacts::certificate,
          "the gateway's certificate, likewise, as the member certificate of the facts");
    }
};

}  // namespace preflight
