// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "later_scenarios.hpp"

#include "credssp.hpp"
#include "encrypted_alert.hpp"
#include "mcs.hpp"
#include "messages.hpp"

namespace scripted {
namespace {

using Steps = std::vector<Step>;

constexpr std::uint32_t logon_failure = 0xC000006D;
constexpr std::uint8_t internal_error = 80;

/// `protocol` is chosen, or `failure` sent to whoever does not offer it; TLS, then `steps`.
std::vector<Script> after_tls(std::uint32_t protocol, std::uint32_t failure, Steps steps) {
    steps.insert(steps.begin(), {Send{negotiation_response(protocol)}, Handshake{alert_tls()}});
    return {{std::move(steps),
             [protocol](const Request& request) { return (request.protocols & protocol) != 0; }},
            {{Send{negotiation_failure(failure)}, Close{}}, {}}};
}

std::vector<Script> with_nla(Steps steps) { return after_tls(hybrid, 5, std::move(steps)); }
std::vector<Script> with_tls(Steps steps) { return after_tls(ssl, 1, std::move(steps)); }

std::vector<Script> refused(std::uint32_t status, CredSsp server = {}) {
    const int version = server.version;
    return with_nla({sign_in(SignIn::authenticate, std::move(server)), refuse(status, version),
                     CloseNotify{}, Close{}});
}

struct Place {
    SignIn until;
    const char* name;
    const char* words;
};
constexpr Place places[] = {
    {SignIn::negotiate, "negotiate", "at the first message of the sign-in"},
    {SignIn::authenticate, "authenticate", "after the client's NTLM answer"},
    {SignIn::credentials, "credentials", "after it was given the credentials"}};

/// Alert, close, reset and silence, each after each message of the sign-in.
void add_endings(std::vector<Scenario>& list, const Place& place) {
    const auto add = [&](const char* ending, const char* words, Steps last) {
        last.insert(last.begin(), sign_in(place.until));
        list.push_back({std::string("nla-") + ending + "-" + place.name,
                        std::string(words) + " " + place.words, with_nla(std::move(last))});
    };
    add("denied", "sends the TLS alert access_denied (49)", {encrypted_alert(49), Close{}});
    add("internal-error", "sends the TLS alert internal_error (80)",
        {encrypted_alert(internal_error), Close{}});
    add("close", "closes the connection", {CloseNotify{}, Close{}});
    add("reset", "resets the connection", {Reset{}});
    add("silent", "says nothing more", {Silence{}});
}

Family family(const char* name, const char* description,
              std::vector<Script> (*scripts)(std::uint32_t)) {
    return {name, description, [=](std::uint32_t number) {
                return Scenario{name, description, scripts(number)};
            }};
}

/// The clock in the CHALLENGE is so many seconds off; the sign-in is then refused.
std::vector<Script> with_clock(long seconds) {
    CredSsp server;
    server.host.clock = seconds;
    return refused(0xC0000133, server);  // STATUS_TIME_DIFFERENCE_AT_DC
}

}  // namespace

std::vector<Scenario> later_scenarios() {
    std::vector<Scenario> list;
    for (const Place& place : places) add_endings(list, place);
    CredSsp intercepted;
    intercepted.wrong_echo = true;
    list.push_back({"nla-wrong-key", "confirms another certificate than the one it showed",
                    with_nla({sign_in(SignIn::credentials, intercepted), Close{}})});
    CredSsp local;
    local.host.domain = local.host.dns_domain = local.host.computer;
    local.host.dns_computer = local.host.computer;
    list.push_back({"nla-workgroup", "belongs to no domain, and knows neither user nor password",
                    refused(logon_failure, local)});
    return list;
}

std::vector<Family> later_families() {
    return {
        family("nla-refused", "ends NLA with this NTSTATUS after the client's NTLM answer",
               [](std::uint32_t status) { return refused(status); }),
        family("nla-flags", "confirms with these flags of the RDP_NEG_RSP, and refuses the logon",
               [](std::uint32_t flags) {
                   auto scripts = refused(logon_failure);
                   const auto bits = static_cast<std::uint8_t>(flags);
                   scripts.front().steps.front() = Send{negotiation_response(hybrid, bits)};
                   return scripts;
               }),
        family("nla-alert", "answers the client's NTLM answer with this TLS alert",
               [](std::uint32_t code) {
                   return with_nla({sign_in(SignIn::authenticate),
                                    encrypted_alert(static_cast<std::uint8_t>(code)), Close{}});
               }),
        family("nla-version", "speaks this version of CredSSP (2 to 6), and refuses the logon",
               [](std::uint32_t version) {
                   CredSsp server;
                   server.version = static_cast<int>(version);
                   return refused(logon_failure, server);
               }),
        family("nla-build", "says that it is this build of Windows, and refuses the logon",
               [](std::uint32_t build) {
                   CredSsp server;
                   server.host.build = static_cast<std::uint16_t>(build);
                   return refused(logon_failure, server);
               }),
        family("nla-clock-ahead", "has a clock that is so many seconds ahead",
               [](std::uint32_t seconds) { return with_clock(static_cast<long>(seconds)); }),
        family("nla-clock-behind", "has a clock that is so many seconds behind",
               [](std::uint32_t seconds) { return with_clock(-static_cast<long>(seconds)); }),
        family("nla-authorisation", "sends this result of early user authorisation (HYBRID_EX)",
               [](std::uint32_t result) {
                   Bytes bytes;
                   for (int shift = 0; shift < 32; shift += 8)
                       bytes.push_back(static_cast<std::uint8_t>(result >> shift));
                   return after_tls(
                       hybrid_ex, 5,
                       {sign_in(SignIn::credentials), SendPlain{bytes}, CloseNotify{}, Close{}});
               }),
        family("mcs-refused", "refuses the MCS Connect-Initial with this result (0 to 15)",
               [](std::uint32_t result) {
                   const auto code = static_cast<std::uint8_t>(result & 15);
                   return with_tls({mcs({.connect_result = code}), CloseNotify{}, Close{}});
               }),
        family("attach-refused", "refuses the MCS Attach-User-Request with this result",
               [](std::uint32_t result) {
                   const auto code = static_cast<std::uint8_t>(result & 15);
                   return with_tls({mcs({.attach_result = code}), CloseNotify{}, Close{}});
               }),
        family("join-refused", "refuses the first MCS Channel-Join-Request with this result",
               [](std::uint32_t result) {
                   const auto code = static_cast<std::uint8_t>(result & 15);
                   return with_tls({mcs({.join_result = code}), CloseNotify{}, Close{}});
               }),
    };
}

}  // namespace scripted
