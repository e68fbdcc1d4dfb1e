// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/again.hpp"
#include "facts/authentication.hpp"
#include "facts/capture.hpp"
#include "facts/certificate.hpp"
#include "facts/check.hpp"
#include "facts/client.hpp"
#include "facts/gateway.hpp"
#include "facts/later.hpp"
#include "facts/licensing.hpp"
#include "facts/mcs.hpp"
#include "facts/negotiation.hpp"
#include "facts/network.hpp"
#include "facts/session.hpp"
#include "facts/tls.hpp"

namespace preflight {

/// One TCP connection. FreeRDP makes up to three while it negotiates, and repeats all of them once
/// without a word after a transport failure.
struct AttemptFacts {
    Maybe<std::int64_t> number;
    Maybe<std::string> stage;
    Maybe<bool> repeat;
    Maybe<bool> redirected;
    Maybe<std::int64_t> started_ms;
    Maybe<std::int64_t> duration_ms;
    TcpFacts tcp;
    ProxyFacts proxy;
    GatewayFacts gateway;
    NegotiationFacts negotiation;
    TlsFacts tls;
    CertificateFacts certificate;
    AuthenticationFacts authentication;
    McsFacts mcs;
    LicensingFacts licensing;
    SessionFacts session;
    CaptureFacts capture;

    template <class V>
    static void describe(V& v) {
        v("number", &AttemptFacts::number, "number of the attempt, from 1");
        v("stage", &AttemptFacts::stage, "step at which it stopped");
        v("repeat", &AttemptFacts::repeat, "whether it belongs to FreeRDP's silent second try");
        v("redirected", &AttemptFacts::redirected, "whether a server redirection led to it");
        v("started_ms", &AttemptFacts::started_ms, "milliseconds since the start");
        v("duration_ms", &AttemptFacts::duration_ms, "its length in milliseconds");
        v("tcp", &AttemptFacts::tcp, "as the member tcp of the facts, for this attempt");
        v("proxy", &AttemptFacts::proxy, "as the member proxy of the facts, for this attempt");
        v("gateway", &AttemptFacts::gateway,
          "what its gateway answered, as the member gateway of the facts");
        v("negotiation", &AttemptFacts::negotiation,
          "as the member negotiation of the facts, for this attempt");
        v("tls", &AttemptFacts::tls, "as the member tls of the facts, for this attempt");
        v("certificate", &AttemptFacts::certificate,
          "as the member certificate of the facts, for this attempt");
        v("authentication", &AttemptFacts::authentication,
          "as the member authentication of the facts, for this attempt");
        v("mcs", &AttemptFacts::mcs, "as the member mcs of the facts, for this attempt");
        v("licensing", &AttemptFacts::licensing,
          "as the member licensing of the facts, for this attempt");
        v("session", &AttemptFacts::session,
          "as the member session of the facts, for this attempt");
        v("capture", &AttemptFacts::capture,
          "as the member capture of the facts, for this attempt");
    }
};

/// All that is known of one connection. The members of each step speak of the attempt that
/// explains the failure: the one that came furthest, and of equals the first.
struct Facts {
    Maybe<std::int64_t> schema;
    Maybe<std::string> outcome;
    Maybe<std::string> stage;
    Texts reached;
    Maybe<std::int64_t> attempt;
    Maybe<std::int64_t> attempt_count;
    Maybe<std::int64_t> duration_ms;
    ClientFacts client;
    TargetFacts target;
    FreerdpFacts freerdp;
    LocalFacts local;
    DnsFacts dns;
    TcpFacts tcp;
    ProxyFacts proxy;
    GatewayFacts gateway;
    NegotiationFacts negotiation;
    TlsFacts tls;
    CertificateFacts certificate;
    AuthenticationFacts authentication;
    McsFacts mcs;
    LicensingFacts licensing;
    SessionFacts session;
    WaitFacts wait;
    CaptureFacts capture;
    AgainFacts again;
    CheckFacts check;
    std::vector<AttemptFacts> attempts;
    std::vector<EventFacts> events;

    template <class V>
    static void describe(V& v) {
        v("schema", &Facts::schema, "version of this form: 1");
        v("outcome", &Facts::outcome,
          "failed, connected, waiting, ended; of a check that passed: would-connect; unclear (a "
          "capture does not tell)");
        v("stage", &Facts::stage, "step at which the connection stopped");
        v("reached", &Facts::reached, "steps that worked, in order");
        v("attempt", &Facts::attempt, "number of the attempt that the steps below speak of");
        v("attempt_count", &Facts::attempt_count, "number of TCP connections made");
        v("duration_ms", &Facts::duration_ms, "time from the start to the end, in milliseconds");
        v("client", &Facts::client, "the program that connects");
        v("target", &Facts::target, "the host to be reached");
        v("freerdp", &Facts::freerdp, "the client's own verdict");
        v("local", &Facts::local, "what stopped the client before it dialled");
        v("dns", &Facts::dns, "name resolution");
        v("tcp", &Facts::tcp, "the TCP connection");
        v("proxy", &Facts::proxy, "a proxy in front of the host");
        v("gateway", &Facts::gateway, "a Remote Desktop Gateway in front of the host");
        v("negotiation", &Facts::negotiation, "the X.224 negotiation");
        v("tls", &Facts::tls, "the TLS handshake");
        v("certificate", &Facts::certificate, "the server's certificate");
        v("authentication", &Facts::authentication, "the sign-in");
        v("mcs", &Facts::mcs, "the basic settings exchange and the channels");
        v("licensing", &Facts::licensing, "the licensing");
        v("session", &Facts::session, "the session");
        v("wait", &Facts::wait, "what is being waited for");
        v("capture", &Facts::capture, "what only a capture file tells");
        v("again", &Facts::again, "what preflight asked the host again after the failure");
        v("check", &Facts::check, "a check that preflight made itself, without a client");
        v("attempts", &Facts::attempts, "every TCP connection, in order");
        v("events", &Facts::events, "the ladder of what was sent and received");
    }
};

}  // namespace preflight
