// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "channel/ask.hpp"

#include <algorithm>

#include "channel/look.hpp"
#include "probe/messages.hpp"

namespace preflight {
namespace {

using Question = AskedAgain::Question;

constexpr std::int64_t connect_cancelled = 0x0002000b;  // FreeRDP's error.h

bool is_any(const Maybe<std::string>& fact, std::initializer_list<const char*> values) {
    return fact && std::find(values.begin(), values.end(), *fact) != values.end();
}

int wire_version(const Maybe<std::string>& name) {
    if (name == "TLS 1.0") return TLS1_VERSION;
    if (name == "TLS 1.1") return TLS1_1_VERSION;
    if (name == "TLS 1.2") return TLS1_2_VERSION;
    if (name == "TLS 1.3") return TLS1_3_VERSION;
    return 0;
}

/// Whether we can reach the host itself, as the client did.
bool is_in_reach(const Facts& facts) {
    const bool detour = facts.proxy.used.value_or(false) || facts.gateway.used.value_or(false) ||
                        facts.target.redirected.value_or(false) ||
                        facts.session.redirection.seen.value_or(false);
    return !detour && is_host(facts.target.host.value_or("")) && facts.tcp.address &&
           facts.tcp.port && facts.tcp.connected.value_or(false);
}

bool hung_up_on_request(const Facts& facts) {
    const NegotiationFacts& negotiation = facts.negotiation;
    if (facts.stage != "negotiation" || !negotiation.request_sent.value_or(false)) return false;
    if (negotiation.answer.value_or("nothing") != "nothing") return false;
    return facts.outcome == "waiting" || is_any(negotiation.ended, {"reset", "closed", "silent"});
}

bool broke_off_tls(const Facts& facts) {
    const TlsFacts& tls = facts.tls;
    if (facts.stage != "tls" || !tls.started.value_or(false) || tls.reply_protocol) return false;
    if (tls.established.value_or(false) || tls.peer == "gateway") return false;
    if (tls.alert.code)
        return tls.alert.direction == "received" &&
               is_any(tls.alert.name, {"internal_error", "handshake_failure", "protocol_version",
                                       "insufficient_security"});
    return facts.outcome == "waiting" || is_any(tls.ended, {"reset", "closed", "silent"});
}

std::uint32_t requested(const Facts& facts) {
    return static_cast<std::uint32_t>(facts.negotiation.requested_bits.value_or(0));
}

/// The client's own request.
AgainQuestion same_request(const Facts& facts) {
    AgainQuestion question;
    question.protocols = requested(facts);
    question.negotiate = facts.negotiation.requested_bits.has_value();
    return question;
}

void ask_about_negotiation(const Facts& facts, AgainPlan& plan) {
    constexpr std::uint32_t both = protocol::ssl | protocol::hybrid;
    plan.same = same_request(facts);
    const auto add = [&](Question question, std::uint32_t protocols, bool negotiate) {
        const bool asked = protocols == plan.same.protocols && negotiate == plan.same.negotiate;
        if (asked || plan.others.size() == AgainPlan::most_others) return;
        plan.others.push_back({question, protocols, negotiate, false, {}});
    };
    add(Question::nla, both, true);
    add(Question::tls, protocol::ssl, true);
    add(Question::rdp, protocol::rdp, false);
}

/// What the client itself offered.
TlsOffer offer_of(const Facts& facts) {
    TlsOffer offer;
    offer.security_level = static_cast<int>(
        facts.tls.security_level.value_or(facts.client.tls_security_level.value_or(1)));
    offer.min_version = wire_version(facts.client.tls_min_version);
    offer.max_version = wire_version(facts.client.tls_max_version);
    offer.ciphers = facts.client.tls_ciphers.value_or("");
    return offer;
}

/// Post-quantum groups have keys of a kilobyte and more: the greeting no longer fits into one
/// packet.
bool has_long_keys(const Texts& groups) {
    const auto is_long = [](const std::string& group) {
        return group.find("MLKEM") != group.npos || group.find("Kyber") != group.npos;
    };
    return std::any_of(groups.begin(), groups.end(), is_long);
}

void ask_about_tls(const Facts& facts, AgainPlan& plan) {
    plan.same = same_request(facts);
    plan.same.wants_tls = true;
    plan.same.offer = offer_of(facts);
    AgainQuestion other = plan.same;
    if (facts.tls.client.max_version == "TLS 1.3" && facts.tls.client.min_version != "TLS 1.3") {
        other.question = Question::tls_1_2;
        other.offer.min_version = other.offer.max_version = TLS1_2_VERSION;
        plan.others.push_back(other);
    }
    if (has_long_keys(facts.tls.client.groups)) {
        other.question = Question::short_hello;
        other.offer = plan.same.offer;
        other.offer.groups = "X25519:P-256:P-384";
        plan.others.push_back(other);
    }
    other.question = Question::old_tls;
    other.offer = {0, TLS1_VERSION, TLS1_2_VERSION, "ALL:@SECLEVEL=0", ""};
    plan.last = other;
}

}  // namespace

std::optional<AgainPlan> worth_asking(const Facts& facts) {
    if (facts.freerdp.code.value_or(0) == connect_cancelled || !is_in_reach(facts))
        return std::nullopt;
    AgainPlan plan;
    if (hung_up_on_request(facts))
        ask_about_negotiation(facts, plan);
    else if (broke_off_tls(facts))
        ask_about_tls(facts, plan);
    else
        return std::nullopt;
    plan.address = *facts.tcp.address;
    plan.port = static_cast<std::uint16_t>(*facts.tcp.port);
    plan.server_name = facts.tls.sni.value_or("");
    return plan;
}

}  // namespace preflight
