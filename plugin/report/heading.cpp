// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "report/heading.hpp"

#include <tuple>

namespace preflight {
namespace {

std::string host_of(const Facts& facts) {
    const auto& target = facts.target;
    return target.endpoint ? *target.endpoint : target.host.value_or("");
}

/// The address that was dialled, with its port unless the host already names it. Empty when it says
/// nothing new.
std::string address_beside(const Facts& facts) {
    const auto& [target, tcp] = std::tie(facts.target, facts.tcp);
    const bool dialled = facts.stage != "local" && facts.stage != "dns";
    if (!dialled || !tcp.address || target.host == tcp.address) return {};
    const bool port_named = target.endpoint && target.endpoint != target.host;
    if (!tcp.port || (port_named && tcp.port == target.port)) return *tcp.address;
    const bool ipv6 = tcp.address->find(':') != std::string::npos;
    const std::string address = ipv6 ? "[" + *tcp.address + "]" : *tcp.address;
    return address + ":" + std::to_string(*tcp.port);
}

/// What stands between the client and the host, else the host's address.
std::string beside_host(const Facts& facts) {
    if (facts.proxy.used.value_or(false) && facts.proxy.host)
        return "through the proxy " + *facts.proxy.host;
    if (facts.gateway.used.value_or(false) && facts.gateway.host)
        return "through the gateway " + *facts.gateway.host;
    return address_beside(facts);
}

bool is_waiting(const Facts& facts) { return facts.outcome == "waiting"; }
bool has_ended(const Facts& facts) { return facts.outcome == "ended"; }
bool is_unclear(const Facts& facts) { return facts.outcome == "unclear"; }
bool is_check(const Facts& facts) { return facts.check.mode.has_value(); }

/// What a capture tells of somebody else's connection.
std::string opening_of_capture(const Facts& facts, const std::string& host) {
    const std::string client = facts.capture.client.value_or("the client");
    if (facts.outcome == "connected") return client + " connected to " + host;
    if (is_unclear(facts)) return client + " to " + host + ", as far as the capture shows";
    if (is_waiting(facts)) return client + " waits for " + host + " as the capture ends";
    return client + " could not connect to " + host;
}

/// Not so where the client was kept from getting a lost session back.
bool ended_in_session(const Facts& facts) { return has_ended(facts) && facts.stage == "session"; }

std::string opening(const Facts& facts, const std::string& host) {
    if (facts.capture.read.value_or(false)) return opening_of_capture(facts, host);
    if (host.empty()) return is_waiting(facts) ? "still waiting" : "can't connect";
    if (facts.outcome == "would-connect") return "would connect to " + host;
    if (is_waiting(facts))
        return (is_check(facts) ? "no answer from " : "still waiting for ") + host;
    if (has_ended(facts)) return "the session with " + host + " ended";
    return "can't connect to " + host;
}

std::string ending(const Facts& facts) {
    if (facts.outcome == "would-connect") return "";
    if (is_waiting(facts) && !is_check(facts))
        return facts.wait.seconds ? ", since " + std::to_string(*facts.wait.seconds) + " s" : "";
    if (has_ended(facts) || !facts.stage || facts.outcome == "connected") return "";
    if (is_unclear(facts)) return "";
    return ": stopped at " + *facts.stage;
}

/// The value that says most about a step that worked.
std::string value_of_step(const Facts& facts, const std::string& step) {
    if (step == "negotiation") {
        const std::string selected = facts.negotiation.selected.value_or("");
        if (selected == "HYBRID" || selected == "HYBRID_EX") return "NLA";
        return selected == "SSL" ? "TLS" : selected;
    }
    if (step == "tls") return facts.tls.server.version.value_or("");
    if (step == "proxy") return facts.proxy.host.value_or("");
    if (step == "gateway") return facts.gateway.host.value_or("");
    return {};
}

std::string mark_of_stop(const Facts& facts, bool unicode) {
    if (is_waiting(facts) && !is_check(facts)) return unicode ? "…" : "waiting";
    if (ended_in_session(facts)) return "ended";
    if (is_unclear(facts)) return "?";
    if (facts.outcome == "connected") return unicode ? "✓" : "ok";
    return unicode ? "✗" : "FAILED";
}

}  // namespace

std::string host_with_address(const Facts& facts) {
    const std::string host = host_of(facts);
    const std::string beside = beside_host(facts);
    return beside.empty() ? host : host + " (" + beside + ")";
}

std::string headline(const Facts& facts, int width) {
    const std::string full = opening(facts, host_with_address(facts));
    const std::string brief = opening(facts, host_of(facts));
    const std::string end = ending(facts);
    for (const auto& line : {full + end, brief + end, full, brief})
        if (display_width("preflight: " + line) <= width) return "preflight: " + line;
    return "preflight: " + full + end;
}

std::vector<Word> progress(const Facts& facts, bool unicode) {
    std::vector<Word> steps;
    const std::string stage = facts.stage.value_or("");
    for (const auto& step : facts.reached) {
        if (step == stage) continue;
        std::string text = step + (unicode ? " ✓" : " ok");
        const std::string value = value_of_step(facts, step);
        if (!value.empty()) text += " " + value;
        steps.push_back({text, Paint::good});
    }
    if (!stage.empty() && facts.outcome != "would-connect") {
        const bool lost_for_good = has_ended(facts) && !ended_in_session(facts);
        const bool stopped =
            is_check(facts) || facts.outcome == "failed" || !facts.outcome || lost_for_good;
        steps.push_back(
            {stage + " " + mark_of_stop(facts, unicode), stopped ? Paint::bad : Paint::bold});
    }
    return steps;
}

}  // namespace preflight
