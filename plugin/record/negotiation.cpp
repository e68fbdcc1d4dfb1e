// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/negotiation.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "wire/foreign.hpp"

namespace preflight::record {
namespace {

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::string flag_text(std::uint8_t flags) {
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "0x%02x", flags);
    return text.data();
}

}  // namespace

void NegotiationStep::sent(Bytes bytes, Scribe& scribe) {
    sent_.feed(bytes);
    const auto tpkt = sent_.take();
    if (tpkt && wire::tpdu_of(*tpkt) == wire::Tpdu::connection_request) take_request(*tpkt, scribe);
    // The request can carry a user name: nothing of it stays in memory.
    if (tpkt || sent_.broken()) sent_.clear();
    // Something else can go before the request, such as a preconnection PDU, [MS-RDPEPS] 2.2.1.
    if (sent_.broken()) sent_ = wire::Reassembler(wire::tpkt_frame, longest_tpkt);
}

void NegotiationStep::take_request(Bytes tpkt, Scribe& scribe) {
    requested_at_ = scribe.at;
    facts.request_sent = true;
    const auto request = wire::parse_connection_request(tpkt);
    if (!request) return scribe.note(Direction::sent, "Connection Request");
    facts.cookie = request->cookie;
    facts.requested_bits = request->protocols;
    facts.requested = wire::protocol_names(request->protocols);
    scribe.note(Direction::sent, "Connection Request: " + joined(facts.requested));
}

std::vector<std::uint8_t> NegotiationStep::received(Bytes bytes, Scribe& scribe) {
    const std::size_t room = first_bytes_limit - first_bytes_.size();
    const Bytes kept = bytes.first(std::min(room, bytes.size()));
    first_bytes_.insert(first_bytes_.end(), kept.begin(), kept.end());
    if (!answered_at_) answered_at_ = scribe.at;

    received_.feed(bytes);
    if (const auto tpkt = received_.take()) take_confirm(*tpkt, scribe);
    if (received_.broken()) derail(scribe);
    const Bytes rest = finished_ ? received_.pending() : Bytes();
    return {rest.begin(), rest.end()};
}

void NegotiationStep::take_confirm(Bytes tpkt, Scribe& scribe) {
    const auto confirm = wire::parse_connection_confirm(tpkt);
    if (!confirm) return derail(scribe);
    finished_ = true;
    switch (confirm->kind) {
        case wire::ConnectionConfirm::Kind::plain:
            facts.answer = "no-negotiation-data";
            facts.selected = "RDP";
            facts.selected_bits = 0;
            return scribe.note(Direction::received, "Connection Confirm without negotiation data");
        case wire::ConnectionConfirm::Kind::response:
            return take_response(*confirm, scribe);
        case wire::ConnectionConfirm::Kind::failure:
            break;
    }
    facts.answer = "failure";
    facts.failure_code = confirm->failure_code;
    const std::string_view name = wire::failure_name(confirm->failure_code);
    if (!name.empty()) facts.failure_name = std::string(name);
    scribe.note(Direction::received, "Connection Confirm: failure " +
                                         std::to_string(confirm->failure_code) +
                                         (name.empty() ? "" : " " + std::string(name)));
}

void NegotiationStep::take_response(const wire::ConnectionConfirm& confirm, Scribe& scribe) {
    facts.answer = "response";
    facts.selected = joined(wire::protocol_names(confirm.protocol));
    facts.selected_bits = confirm.protocol;
    facts.flags = wire::response_flag_names(confirm.flags);
    facts.flags_bits = confirm.flags;
    if (const std::uint8_t unknown = wire::unknown_response_flags(confirm.flags))
        facts.flags_unknown = flag_text(unknown);
    scribe.note(Direction::received,
                "Connection Confirm: " + *facts.selected + ", flags " + flag_text(confirm.flags));
}

void NegotiationStep::derail(Scribe& scribe) {
    const std::string protocol(wire::protocol_of(first_bytes_));
    // One byte tells nothing yet.
    if (protocol.empty() && first_bytes_.size() < 2) return;
    facts.answer = protocol == "RDP" ? "malformed" : "other-protocol";
    if (protocol != "RDP") {
        facts.other_protocol = protocol;
        facts.other_banner = wire::banner_of(first_bytes_);
    }
    if (!derailed_)
        scribe.note(Direction::received,
                    protocol == "RDP" ? "not a connection confirm" : "no RDP: " + protocol);
    derailed_ = true;
}

bool NegotiationStep::promises_tls() const {
    return finished_ && facts.selected_bits.value_or(0) != 0;
}

std::int64_t NegotiationStep::waited_ms(Moment until) const {
    return requested_at_ ? milliseconds(*requested_at_, answered_at_.value_or(until)) : 0;
}

}  // namespace preflight::record
