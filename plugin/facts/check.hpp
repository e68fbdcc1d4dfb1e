// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/fields.hpp"

namespace preflight {

/// A security protocol or TLS version that a full check asked for on a connection of its own.
struct AskedFacts {
    Maybe<std::string> name;
    Maybe<bool> accepted;
    Maybe<std::string> answer;

    template <class V>
    static void describe(V& v) {
        v("name", &AskedFacts::name, "such as RDP, TLS, NLA, NLA-EX, RDSTLS, Entra, or TLS 1.2");
        v("accepted", &AskedFacts::accepted, "whether the host chose it");
        v("answer", &AskedFacts::answer,
          "what it said: what it selected instead, the name of the failure, closed, reset, silent");
    }
};

/// A check that preflight made itself, without signing in (rdp-preflight check).
struct CheckFacts {
    Maybe<std::string> mode;
    Maybe<std::string> verdict;
    Maybe<std::string> nla;
    Maybe<bool> asks;
    Texts question;
    Texts warnings;
    std::vector<AskedFacts> protocols;
    std::vector<AskedFacts> tls_versions;
    Texts missing;
    Maybe<std::int64_t> connections;
    Maybe<std::int64_t> round_trips;
    Maybe<std::int64_t> bytes_sent;
    Maybe<std::int64_t> bytes_received;
    Maybe<std::int64_t> timeout_ms;

    template <class V>
    static void describe(V& v) {
        v("mode", &CheckFacts::mode, "quick, full");
        v("verdict", &CheckFacts::verdict,
          "what this computer's FreeRDP would do with its defaults, as far as a check sees: "
          "would-connect, would-not-connect, unknown (the time was up)");
        v("nla", &CheckFacts::nla,
          "whether the host takes NLA: offered, required, not-offered; offered may mean required "
          "where only a full check would tell");
        v("asks", &CheckFacts::asks,
          "whether the client would ask the user about the certificate before it goes on");
        v("question", &CheckFacts::question,
          "what that question would be about: ids of explanations, the main one first");
        v("warnings", &CheckFacts::warnings,
          "what works today and should be looked after: ends-soon, expired, not-yet-valid, "
          "name-mismatch, changed, weak-key, weak-signature, wrong-usage, rdp-security, "
          "old-tls, clock-differs");
        v("protocols", &CheckFacts::protocols, "security protocols that a full check asked for");
        v("tls_versions", &CheckFacts::tls_versions, "TLS versions that a full check asked for");
        v("missing", &CheckFacts::missing, "what there was no time left for");
        v("connections", &CheckFacts::connections, "TCP connections that were begun");
        v("round_trips", &CheckFacts::round_trips,
          "times that an answer had to be waited for, one after another");
        v("bytes_sent", &CheckFacts::bytes_sent, "bytes sent on all connections");
        v("bytes_received", &CheckFacts::bytes_received, "bytes received on all connections");
        v("timeout_ms", &CheckFacts::timeout_ms, "limit of the check, in milliseconds");
    }
};

}  // namespace preflight
