// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/mcs.hpp"

#include <array>

#include "wire/x224.hpp"

namespace preflight::record {
namespace {

std::string result_name(std::uint8_t result) {
    const std::string_view name = wire::mcs_result_name(result);
    return name.empty() ? std::to_string(result) : std::string(name);
}

std::string certificate_name(wire::GccServerData::Certificate certificate) {
    constexpr std::array<const char*, 4> names = {"none", "proprietary", "x509", "unknown"};
    return names[static_cast<std::size_t>(certificate)];
}

Maybe<std::string> named(std::string_view name) {
    return name.empty() ? std::nullopt : Maybe<std::string>(name);
}

}  // namespace

void McsStep::take(const wire::McsPdu& pdu, Scribe& scribe) {
    std::visit([&](const auto& message) { take(message, scribe); }, pdu);
}

McsStep::Channel McsStep::kind_of(std::uint32_t channel) const {
    if (message_channel_ && channel == *message_channel_) return Channel::message;
    return !io_channel_ || channel == *io_channel_ ? Channel::io : Channel::other;
}

void McsStep::received(const char* message) {
    facts.started = true;
    facts.last_received = message;
}

void McsStep::take(const wire::McsConnectResponse& response, Scribe& scribe) {
    received("Connect Response");
    facts.connect_result = response.result;
    facts.connect_result_name = result_name(response.result);
    if (response.server) fill(*response.server);
    scribe.note(Direction::received, "MCS Connect Response: " + *facts.connect_result_name);
}

void McsStep::fill(const wire::GccServerData& server) {
    ServerDataFacts& data = facts.server;
    facts.conference_result = server.result;
    if (server.version) {
        data.version = wire::rdp_version_name(*server.version);
        data.version_bits = *server.version;
    }
    if (server.requested_protocols) {
        data.requested = wire::protocol_names(*server.requested_protocols);
        if (requested_) data.requested_as_sent = *requested_ == *server.requested_protocols;
    }
    if (server.encryption_method) {
        data.encryption_method = named(wire::encryption_method_name(*server.encryption_method));
        data.encryption_method_bits = *server.encryption_method;
    }
    if (server.encryption_level) {
        data.encryption_level = named(wire::encryption_level_name(*server.encryption_level));
        encrypts_ = *server.encryption_level != 0;
    }
    data.certificate = certificate_name(server.certificate);
    if (server.io_channel) {
        io_channel_ = *server.io_channel;
        data.channels = static_cast<std::int64_t>(server.channels.size());
    }
    data.message_channel = server.message_channel.has_value();
    if (server.message_channel) message_channel_ = *server.message_channel;
}

void McsStep::take(const wire::McsAttachUserConfirm& confirm, Scribe& scribe) {
    received("Attach User Confirm");
    facts.attach_result = confirm.result;
    facts.attach_result_name = result_name(confirm.result);
    scribe.note(Direction::received, "MCS Attach User Confirm: " + *facts.attach_result_name);
}

void McsStep::take(const wire::McsChannelJoinConfirm& confirm, Scribe& scribe) {
    received("Channel Join Confirm");
    if (confirm.result == 0) {
        facts.channels_joined = facts.channels_joined.value_or(0) + 1;
        return;
    }
    scribe.note(Direction::received, "MCS Channel Join Confirm: " + result_name(confirm.result));
    if (facts.refused_channel) return;
    facts.refused_channel = confirm.requested;
    facts.join_result = confirm.result;
    facts.join_result_name = result_name(confirm.result);
}

void McsStep::take(const wire::McsDisconnectProviderUltimatum& ultimatum, Scribe& scribe) {
    facts.disconnect_reason = ultimatum.reason;
    const std::string_view name = wire::mcs_reason_name(ultimatum.reason);
    facts.disconnect_reason_name =
        name.empty() ? std::to_string(ultimatum.reason) : std::string(name);
    scribe.note(Direction::received,
                "MCS Disconnect Provider Ultimatum: " + *facts.disconnect_reason_name);
}

void McsStep::take(const wire::X224DisconnectRequest&, Scribe& scribe) {
    facts.x224_disconnect = true;
    scribe.note(Direction::received, "X.224 Disconnect Request");
}

}  // namespace preflight::record
