// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
//
// The table of scenarios: name, one line, what is done once a connection request has arrived.
#include "scenarios.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "later_scenarios.hpp"
#include "messages.hpp"

namespace scripted {
namespace {

using Steps = std::vector<Step>;
using Scripts = std::vector<Script>;

Step say(std::string_view words) { return Send{text(words)}; }
Step answer(std::uint32_t protocol) { return Send{negotiation_response(protocol)}; }
Step fail(std::uint32_t code) { return Send{negotiation_failure(code)}; }
Step alert(std::uint8_t code) { return Send{tls_alert(code)}; }

std::function<bool(const Request&)> attempt(int number) {
    return [number](const Request& request) { return request.attempt == number; };
}

std::function<bool(const Request&)> asked_for(std::uint32_t protocols) {
    return [protocols](const Request& request) { return (request.protocols & protocols) != 0; };
}

Scripts always(Steps steps) { return {{std::move(steps)}}; }

/// Every request is refused with `code`.
Scripts refused(std::uint32_t code) { return always({fail(code), Close{}}); }

/// TLS is chosen; `steps` follow. Whoever does not ask for TLS is told that it is required.
Scripts after_promise(Steps steps) {
    steps.insert(steps.begin(), answer(ssl));
    return {{std::move(steps), asked_for(ssl)}, {{fail(1), Close{}}, {}}};
}

/// TLS with this set-up; the connection ends in an orderly way at the client's first message.
Scripts with_tls(Tls tls) {
    return after_promise({Handshake{std::move(tls)}, ReceivePlain{}, CloseNotify{}, Close{}});
}

/// Whether a ClientHello has TLS 1.3 in its extension supported_versions (RFC 8446, 4.2.1).
bool offers_tls_1_3(const Bytes& hello) {
    constexpr std::uint8_t extension[] = {0x00, 0x2B, 0x00};
    constexpr std::uint8_t version[] = {0x03, 0x04};
    const auto start =
        std::search(hello.begin(), hello.end(), std::begin(extension), std::end(extension));
    constexpr std::ptrdiff_t longest = 16;
    const auto end = start + std::min(longest, hello.end() - start);
    return std::search(start, end, std::begin(version), std::end(version)) != end;
}

/// The first requests meet `steps`, those after them a server with TLS.
Scripts at_first(std::uint32_t count, Steps steps) {
    Scripts scripts = {{std::move(steps), [count](const Request& request) {
                            return request.attempt <= static_cast<int>(count);
                        }}};
    for (Script& script : with_tls({})) scripts.push_back(std::move(script));
    return scripts;
}

Scripts with_identity(Identity identity) { return with_tls({.identity = std::move(identity)}); }

/// NLA is chosen; after the handshake `steps` follow.
Scripts with_nla(Steps steps) {
    steps.insert(steps.begin(), {answer(hybrid), Handshake{}});
    return {{std::move(steps), asked_for(hybrid)}, {{fail(5), Close{}}, {}}};
}

std::vector<Scenario> negotiation() {
    return {
        {"nla-required",
         "insists on NLA (RDP_NEG_FAILURE 5)",
         {{{answer(hybrid), Handshake{}, ReceivePlain{}, CloseNotify{}}, asked_for(hybrid)},
          {{fail(5), Close{}}}}},
        {"tls-required",
         "insists on TLS (RDP_NEG_FAILURE 1)",
         {{{answer(ssl), Handshake{}, ReceivePlain{}, CloseNotify{}}, asked_for(ssl)},
          {{fail(1), Close{}}}}},
        {"rdp-only",
         "allows RDP security only (RDP_NEG_FAILURE 2)",
         {{{fail(2), Close{}}, asked_for(ssl | hybrid)}, {{answer(rdp), Receive{}, Close{}}}}},
        {"no-certificate", "has no certificate for TLS (RDP_NEG_FAILURE 3)", refused(3)},
        {"inconsistent-flags", "finds the client's flags inconsistent (RDP_NEG_FAILURE 4)",
         refused(4)},
        {"user-auth-required", "wants TLS with a client certificate (RDP_NEG_FAILURE 6)",
         refused(6)},
        {"rdp-on-second-try",
         "refuses TLS at first, then chooses RDP security and closes",
         {{{fail(2), Close{}}, attempt(1)}, {{answer(rdp), Receive{}, Close{}}}}},
        {"unasked-protocol", "chooses NLA, whatever was asked for",
         always({answer(hybrid), Silence{}})},
        {"no-negotiation-data", "confirms without negotiation data, as very old servers do",
         always({Send{connection_confirm()}, Silence{}})},
        {"silent", "accepts the connection and says nothing", always({Silence{}})},
        {"half-answer", "sends half an answer and then nothing",
         always({Send{{3, 0, 0, 19, 14, 0xD0}}, Silence{}})},
        {"reset-after-request", "resets the connection at the request", always({Reset{}})},
        {"close-after-request", "closes the connection at the request", always({Close{}})},
        {"reset-on-nla",
         "resets the connection where NLA is asked for",
         {{{Reset{}}, asked_for(hybrid)},
          {{answer(ssl), Handshake{}, ReceivePlain{}, CloseNotify{}}, asked_for(ssl)},
          {{fail(1), Close{}}}}},
        {"reset-on-accept",
         "resets the connection, whatever comes",
         {},
         Steps{Pause{200}, Reset{}}},
        {"garbage", "answers with bytes that mean nothing",
         always({Send{{0xDE, 0xAD, 0xBE, 0xEF, 0, 1, 2, 3, 0x1B, '[', '3', '1', 'm'}}, Close{}})},
    };
}

std::vector<Scenario> foreign() {
    return {
        {"ssh", "is an SSH server", {}, Steps{say("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"), Close{}}},
        {"http", "is a web server",
         always({say("HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nContent-Length: 0\r\n"
                     "Connection: close\r\n\r\n"),
                 Close{}})},
        {"vnc", "is a VNC server", {}, Steps{say("RFB 003.008\n"), Close{}}},
        {"tls-port", "is a server that speaks TLS from the start", always({alert(10), Close{}})},
        {"smtp", "is a mail server", {}, Steps{say("220 mail.example.org ESMTP\r\n"), Close{}}},
    };
}

std::vector<Scenario> tls() {
    return {
        {"tls10-only", "speaks TLS 1.0 only",
         with_tls({.min_version = TLS1_VERSION, .max_version = TLS1_VERSION})},
        {"tls11-only", "speaks TLS 1.1 only",
         with_tls({.min_version = TLS1_1_VERSION, .max_version = TLS1_1_VERSION})},
        {"tls12-only", "speaks TLS 1.2 only", with_tls({.max_version = TLS1_2_VERSION})},
        {"tls13-only", "speaks TLS 1.3 only", with_tls({.min_version = TLS1_3_VERSION})},
        {"one-cipher", "speaks TLS 1.2 with one cipher only, without forward secrecy: AES256-SHA",
         with_tls({.max_version = TLS1_2_VERSION, .ciphers = "AES256-SHA:@SECLEVEL=0"})},
        {"anonymous-cipher", "speaks TLS 1.2 with one cipher only, which clients do not offer",
         with_tls({.max_version = TLS1_2_VERSION, .ciphers = "ADH-AES128-SHA:@SECLEVEL=0"})},
        {"weak-key", "has an RSA key of 1024 bits", with_identity({.rsa_bits = 1024})},
        {"tiny-key", "has an RSA key of 512 bits", with_identity({.rsa_bits = 512})},
        {"small-dh", "agrees on keys in a Diffie-Hellman group of 1536 bits",
         with_tls({.max_version = TLS1_2_VERSION,
                   .ciphers = "DHE-RSA-AES256-GCM-SHA384:@SECLEVEL=0",
                   .dh_group = "modp_1536"})},
        {"sha1-signatures", "signs the handshake with SHA-1 only",
         with_tls({.max_version = TLS1_2_VERSION, .signatures = "RSA+SHA1"})},
        {"sha1-certificate", "has a certificate signed with SHA-1 by an authority",
         with_identity({.digest = "SHA1", .by_authority = true})},
        {"md5-certificate", "has a certificate signed with MD5 by an authority",
         with_identity({.digest = "MD5", .by_authority = true})},
        {"legacy-renegotiation", "knows no secure renegotiation (RFC 5746)",
         after_promise({Receive{}, Send{server_hello_without_renegotiation_info()}, Silence{}})},
        {"reset-after-promise", "promises TLS and resets the connection", after_promise({Reset{}})},
        {"close-after-promise", "promises TLS and closes the connection", after_promise({Close{}})},
        {"reset-after-client-hello", "resets the connection at the ClientHello",
         after_promise({Receive{}, Reset{}})},
        {"close-after-client-hello", "closes the connection at the ClientHello",
         after_promise({Receive{}, Close{}})},
        {"silent-after-client-hello", "says nothing more after the ClientHello",
         after_promise({Receive{}, Silence{}})},
        {"reset-after-server-hello", "resets the connection after its ServerHello",
         after_promise({ServerHelloOnly{}, Pause{50}, Reset{}})},
        {"silent-after-server-hello", "says nothing more after its ServerHello",
         after_promise({ServerHelloOnly{}, Silence{}})},
        {"tls13-intolerant", "resets the connection when TLS 1.3 is offered",
         after_promise({ResetIf{offers_tls_1_3}, Handshake{{.max_version = TLS1_2_VERSION}},
                        ReceivePlain{}, Silence{}})},
        {"long-hello-intolerant", "resets the connection at a ClientHello of more than 1200 bytes",
         after_promise({ResetIf{[](const Bytes& hello) { return hello.size() > 1200; }},
                        Handshake{}, ReceivePlain{}, Silence{}})},
        {"not-tls", "promises TLS and sends something else",
         after_promise({Receive{}, say("HTTP/1.0 200 OK\r\n\r\n"), Close{}})},
    };
}

std::vector<std::string> many_names(int count) {
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i) names.push_back("DNS:n" + std::to_string(i) + ".example.org");
    return names;
}

std::vector<Scenario> certificates() {
    return {
        {"self-signed", "has a self-signed certificate", with_identity({})},
        {"unknown-authority", "has a certificate of an authority that nobody knows (see --ca-file)",
         with_identity({.by_authority = true})},
        {"expired", "has a certificate that expired 40 days ago (authority: see --ca-file)",
         with_identity({.begins = -400, .ends = -40, .by_authority = true})},
        {"expired-self-signed", "has a self-signed certificate that expired 40 days ago",
         with_identity({.begins = -400, .ends = -40})},
        {"not-yet-valid", "has a certificate that begins in 10 days (authority: see --ca-file)",
         with_identity({.begins = 10, .by_authority = true})},
        {"wrong-name", "has a certificate for another name (authority: see --ca-file)",
         with_identity({.common_name = "other.example.org",
                        .names = {"DNS:other.example.org", "DNS:*.example.org"},
                        .by_authority = true})},
        {"many-defects", "has a certificate that is self-signed, expired and for another name",
         with_identity({.common_name = "other.example.org",
                        .names = {"DNS:other.example.org"},
                        .begins = -400,
                        .ends = -40})},
        {"hostile-name", "has escape sequences in the names of its certificate",
         with_identity({.common_name = "evil\x1b[31m\x1b]0;pwned\x07\r\nname", .names = {}})},
        {"forging-name", "has a certificate name that looks like a report when a line is wrapped",
         with_identity(
             {.common_name = std::string(38, 'x') + "  Fix   You: run this", .names = {}})},
        {"many-names", "has 3,000 names in its certificate",
         with_identity({.common_name = "other.example.org", .names = many_names(3000)})},
        {"huge-certificate", "has 10,000 names in its certificate, more than OpenSSL takes",
         with_identity({.common_name = "other.example.org", .names = many_names(10000)})},
    };
}

std::vector<Scenario> later() {
    return {
        {"close-after-handshake", "closes the connection after the TLS handshake",
         after_promise({Handshake{}, Pause{200}, CloseNotify{}, Close{}})},
        {"reset-after-handshake", "resets the connection after the TLS handshake",
         after_promise({Handshake{}, Pause{200}, Reset{}})},
        {"reset-after-mcs", "resets the connection at the MCS Connect Initial",
         after_promise({Handshake{}, ReceivePlain{}, Reset{}})},
        {"silent-after-mcs", "says nothing after the MCS Connect Initial",
         after_promise({Handshake{}, ReceivePlain{}, Silence{}})},
        {"nla-close", "closes the connection at the first NLA message",
         with_nla({ReceivePlain{}, CloseNotify{}, Close{}})},
        {"nla-reset", "resets the connection at the first NLA message",
         with_nla({ReceivePlain{}, Reset{}})},
    };
}

std::optional<std::uint32_t> number(std::string_view digits) {
    const bool hex = digits.starts_with("0x");
    if (hex) digits.remove_prefix(2);
    std::uint32_t value = 0;
    const char* end = digits.data() + digits.size();
    const auto result = std::from_chars(digits.data(), end, value, hex ? 16 : 10);
    if (result.ec != std::errc{} || result.ptr != end) return std::nullopt;
    return value;
}

}  // namespace

const std::vector<Scenario>& all_scenarios() {
    static const std::vector<Scenario> all = [] {
        std::vector<Scenario> list;
        for (auto part :
             {negotiation(), foreign(), tls(), certificates(), later(), later_scenarios()})
            std::move(part.begin(), part.end(), std::back_inserter(list));
        return list;
    }();
    return all;
}

const std::vector<Family>& all_families() {
    static const std::vector<Family> all = [] {
        std::vector<Family> list = {
            {"failure", "refuses with RDP_NEG_FAILURE of this code",
             [](std::uint32_t code) {
                 return Scenario{"failure", "", refused(code)};
             }},
            {"alert", "answers the ClientHello with this TLS alert",
             [](std::uint32_t code) {
                 const auto steps =
                     after_promise({Receive{}, alert(static_cast<std::uint8_t>(code)), Close{}});
                 return Scenario{"alert", "", steps};
             }},
            {"reset-first", "resets so many connection requests, then answers",
             [](std::uint32_t count) {
                 return Scenario{"reset-first", "", at_first(count, {Reset{}})};
             }},
            {"silent-first", "says nothing to so many connection requests, then answers",
             [](std::uint32_t count) {
                 return Scenario{"silent-first", "", at_first(count, {Silence{}})};
             }},
            {"reset-hello-first", "resets at so many ClientHellos, then answers",
             [](std::uint32_t count) {
                 return Scenario{"reset-hello-first", "",
                                 at_first(count, {answer(ssl), Receive{}, Reset{}})};
             }},
            {"nla-status", "ends NLA with this NTSTATUS in a TSRequest, such as 0xC000006D",
             [](std::uint32_t status) {
                 const auto steps = with_nla(
                     {ReceivePlain{}, SendPlain{ts_request_error(status)}, CloseNotify{}, Close{}});
                 return Scenario{"nla-status", "", steps};
             }},
        };
        for (Family& family : later_families()) list.push_back(std::move(family));
        return list;
    }();
    return all;
}

std::optional<Scenario> find_scenario(std::string_view name) {
    for (const Scenario& scenario : all_scenarios())
        if (scenario.name == name) return scenario;
    const auto colon = name.find(':');
    if (colon == name.npos) return std::nullopt;
    const auto value = number(name.substr(colon + 1));
    for (const Family& family : all_families())
        if (value && family.name == name.substr(0, colon)) return family.make(*value);
    return std::nullopt;
}

}  // namespace scripted
