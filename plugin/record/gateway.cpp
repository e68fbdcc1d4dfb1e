// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/gateway.hpp"

#include <algorithm>

#include "record/times.hpp"

namespace preflight::record {
namespace {

constexpr int switching_protocols = 101;
constexpr int ok = 200;
constexpr int unauthorized = 401;
// A channel of RPC over HTTP announces a gigabyte, [MS-RPCH] 2.1.2.1.
constexpr std::uint64_t longest_page = 64 * 1024 * 1024;

Maybe<std::string> if_any(const std::string& text) {
    return text.empty() ? std::nullopt : Maybe<std::string>(text);
}

std::vector<std::uint8_t> copy_of(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

}  // namespace

void GatewayStep::received(Bytes bytes, Scribe& scribe) {
    Octets rest = copy_of(bytes);
    // Each round takes at least a byte or ends, so this comes to an end.
    while (!rest.empty()) {
        const std::size_t before = rest.size();
        const Phase phase = phase_;
        switch (phase) {
            case Phase::head:
                rest = read_head(rest, scribe);
                break;
            case Phase::body:
                rest = read_body(rest);
                break;
            case Phase::endless_body:
                rest = read_endless_body(rest, scribe);
                break;
            case Phase::websocket:
                rest = read_websocket(rest, scribe);
                break;
            case Phase::lost:
                return;
        }
        if (phase_ == phase && rest.size() >= before) return;
    }
}

GatewayStep::Octets GatewayStep::read_head(Bytes bytes, Scribe& scribe) {
    head_.feed(bytes);
    const auto head = head_.take();
    if (!head) {
        if (head_.broken()) phase_ = Phase::lost;
        return {};
    }
    const auto response = wire::parse_http_response(*head);
    Octets rest = copy_of(head_.pending());
    head_.clear();
    if (response)
        take_response(*response, scribe);
    else
        phase_ = Phase::lost;
    return rest;
}

void GatewayStep::take_response(const wire::HttpResponse& response, Scribe& scribe) {
    const int status = response.status.code;
    facts.http_status = status;
    facts.http_reason = if_any(response.status.reason);
    facts.http_body.reset();
    facts.http_location = if_any(response.location);
    facts.http_page.reset();
    facts.http_challenge.reset();
    if (status == unauthorized) facts.http_challenge = response.challenge;
    if (!response.server.empty()) facts.http_server = response.server;
    if (!response.schemes.empty()) facts.schemes = response.schemes;
    scribe.note(Direction::received, "gateway: HTTP " + std::to_string(status) +
                                         (response.status.reason.empty() ? "" : " ") +
                                         response.status.reason);
    content_.clear();
    body_.emplace(response);
    if (status == switching_protocols) {
        facts.websocket = response.websocket;
        phase_ = response.websocket ? Phase::websocket : Phase::lost;
    } else if (status == ok && !response.content_length && !response.html) {
        seed_left_ = seed_length;
        phase_ = Phase::endless_body;
    } else {
        phase_ = body_->done() ? Phase::head : Phase::body;
        if (status == ok)
            facts.http_page = response.html || (*response.content_length > 0 &&
                                                *response.content_length < longest_page);
    }
}

GatewayStep::Octets GatewayStep::read_body(Bytes bytes) {
    wire::Reader reader(bytes);
    body_->take(reader, content_);
    if (content_.size() > longest_body) content_.resize(longest_body);
    facts.http_body = if_any(wire::first_line_of_body(content_));
    if (body_->done()) phase_ = Phase::head;
    return copy_of(reader.rest());
}

GatewayStep::Octets GatewayStep::read_endless_body(Bytes bytes, Scribe& scribe) {
    wire::Reader reader(bytes);
    Octets content;
    body_->take(reader, content);
    const std::size_t seed = std::min(seed_left_, content.size());
    seed_left_ -= seed;
    take_packets(Bytes(content).subspan(seed), scribe);
    if (body_->done() && phase_ != Phase::lost) phase_ = Phase::head;
    return copy_of(reader.rest());
}

GatewayStep::Octets GatewayStep::read_websocket(Bytes bytes, Scribe& scribe) {
    frames_.feed(bytes);
    while (const auto bytes_of_frame = frames_.take())
        if (const auto frame = wire::parse_websocket(*bytes_of_frame)) take_frame(*frame, scribe);
    if (frames_.broken()) phase_ = Phase::lost;
    return {};
}

void GatewayStep::take_frame(const wire::WebsocketFrame& frame, Scribe& scribe) {
    using Opcode = wire::WebsocketFrame::Opcode;
    if (frame.opcode == Opcode::binary || frame.opcode == Opcode::continuation)
        return take_packets(frame.payload, scribe);
    if (frame.opcode != Opcode::close) return;
    if (frame.close_code) facts.websocket_close = *frame.close_code;
    scribe.note(Direction::received,
                "gateway: WebSocket closed" +
                    (frame.close_code ? " " + std::to_string(*frame.close_code) : ""));
}

void GatewayStep::take_packets(Bytes bytes, Scribe& scribe) {
    packets_.feed(bytes);
    while (const auto packet = packets_.take())
        if (const auto parsed = wire::parse_rdg(*packet)) take_packet(*parsed, scribe);
    // What is no packet belongs to another transport (RPC over HTTP), or to no gateway.
    if (packets_.broken()) phase_ = Phase::lost;
}

void GatewayStep::take_packet(const wire::RdgPacket& packet, Scribe& scribe) {
    const std::string name(name_of(packet.type));
    const bool first = facts.last_received != name;
    facts.last_received = name;
    if (packet.type == wire::RdgType::handshake_response)
        facts.extended_auth = packet.extended_auth;
    if (packet.consent_message) facts.consent_message = true;
    const std::uint32_t error = packet.error_code.value_or(0);
    if (packet.type == wire::RdgType::channel_response) facts.opened = error == 0;
    if (error != 0) {
        facts.error_step = name;
        facts.error_code = error;
        facts.error_hex = as_hex(error);
    }
    if (first || error != 0)
        scribe.note(Direction::received,
                    "gateway: " + name + (error != 0 ? " " + as_hex(error) : ""));
}

void GatewayStep::release() {
    head_.clear();
    frames_.clear();
    packets_.clear();
    content_.clear();
}

}  // namespace preflight::record
