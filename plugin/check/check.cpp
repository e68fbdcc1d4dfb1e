// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "check/check.hpp"

#include <arpa/inet.h>

#include <algorithm>

#include "check/client.hpp"
#include "check/judge.hpp"
#include "check/survey.hpp"
#include "probe/quick.hpp"
#include "record/recorder.hpp"

namespace preflight {
namespace {

using Clock = Observation::Clock;
using Kind = wire::ConnectionConfirm::Kind;

bool is_address(const std::string& host) {
    in6_addr parsed{};
    return inet_pton(AF_INET, host.c_str(), &parsed) == 1 ||
           inet_pton(AF_INET6, host.c_str(), &parsed) == 1;
}

TargetFacts target_of(const CheckRequest& request) {
    constexpr std::uint16_t rdp_port = 3389;
    const bool ipv6 = request.host.find(':') != std::string::npos;
    TargetFacts target;
    target.host = request.host;
    target.port = request.port;
    target.endpoint = (ipv6 ? "[" + request.host + "]" : request.host) +
                      (request.port == rdp_port ? "" : ":" + std::to_string(request.port));
    target.is_address = is_address(request.host);
    return target;
}

Facts known_facts(const CheckRequest& request) {
    Facts known;
    known.client = request.client;
    known.target = target_of(request);
    known.check.mode = request.survey ? "full" : "quick";
    known.check.timeout_ms = request.timeout.count();
    return known;
}

CheckPlan plan_of(const CheckRequest& request, Clock::time_point start) {
    CheckPlan plan;
    plan.host = request.host;
    plan.port = request.port;
    plan.server_name = request.host;
    const auto allows = [&](const char* name) {
        const Texts& all = request.client.security;
        return std::find(all.begin(), all.end(), name) != all.end();
    };
    plan.protocols = (allows("TLS") ? protocol::ssl : 0) | (allows("NLA") ? protocol::hybrid : 0);
    plan.rdp = allows("RDP");
    plan.tls = request.tls;
    plan.ipv4_first = dials_ipv4_first(request.client);
    plan.until = start + request.timeout;
    return plan;
}

/// Whether nothing that a check can see would keep the client from signing in.
bool came_through(const CheckAccount& account) {
    const Exchange::Account* const last = account.last();
    if (!last || !last->confirm) return false;
    const wire::ConnectionConfirm& confirm = *last->confirm;
    if (confirm.kind == Kind::failure) return false;
    if (confirm.kind == Kind::plain || confirm.protocol == protocol::rdp) return true;
    const bool nla = (confirm.protocol & (protocol::hybrid | protocol::hybrid_ex)) != 0;
    return last->handshake_done && (!nla || last->challenge_seen);
}

/// Where the client would wait on, the record stays open: then it tells what is awaited.
bool has_ended(const CheckAccount& account) { return !account.out_of_time; }

void add_cost(const CheckAccount& account, CheckFacts& check) {
    check.connections = static_cast<std::int64_t>(account.connections);
    check.round_trips = account.round_trips;
    check.bytes_sent = static_cast<std::int64_t>(account.sent);
    check.bytes_received = static_cast<std::int64_t>(account.received);
}

/// All addresses, with what became of those that were dialled.
void add_addresses(const CheckAccount& account, DnsFacts& dns) {
    for (std::size_t i = 0; i < std::min(dns.addresses.size(), account.addresses.addresses.size());
         ++i) {
        const auto& seen = account.addresses.addresses[i];
        if (seen.tried) dns.addresses[i].connected = seen.connected;
    }
}

/// The verdict in words, and what is missing where there was no time for it.
void conclude(const Recorder& recorder, const CheckAccount& account, Facts& facts) {
    CheckFacts& check = facts.check;
    check.verdict = facts.outcome == "would-connect" ? "would-connect" : "would-not-connect";
    if (has_ended(account)) return;
    const std::string awaited = recorder.waiting_for();
    check.missing.push_back(awaited.empty() ? "the rest of the connection" : awaited);
    // Who was silent for half of the time keeps a client waiting; who is merely slow may not.
    const bool silent = 2 * facts.wait.seconds.value_or(0) * 1000 >= *check.timeout_ms;
    if (!silent) check.verdict = "unknown";
}

}  // namespace

bool would_connect(const Facts& facts) { return facts.check.verdict == "would-connect"; }

CheckResult check_host(const CheckRequest& request, const Catalogue& catalogue) {
    const Clock::time_point start = Clock::now();
    const CheckPlan plan = plan_of(request, start);
    Recorder recorder(known_facts(request), start);
    CheckAccount account =
        check_quickly(plan, [&](const Observation& observation) { recorder.observe(observation); });
    if (has_ended(account)) recorder.observe({Clock::now(), 0, CheckEnded{came_through(account)}});
    CheckResult result;
    result.facts = recorder.facts(Clock::now());
    Facts& facts = result.facts;
    conclude(recorder, account, facts);
    facts.check.nla = nla_of(account.asked);
    if (request.survey) request.survey(plan, account, facts);
    add_addresses(account, facts.dns);
    add_cost(account, facts.check);
    judge(request.warn_days, catalogue, result);
    return result;
}

}  // namespace preflight
