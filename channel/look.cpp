// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "channel/look.hpp"

namespace preflight {
namespace {

// FreeRDP's connect errors (error.h), the same in all versions.
constexpr std::int64_t dns_name_not_found = 0x00020005;
constexpr std::int64_t connect_failed = 0x00020006;
constexpr std::int64_t connect_cancelled = 0x0002000b;

LookTarget dialled_peer(const Facts& facts) {
    const auto pick = [](const auto& peer) {
        return LookTarget{
            peer.host.value_or(""), static_cast<std::uint16_t>(peer.port.value_or(0)), {}};
    };
    if (facts.proxy.used.value_or(false) && facts.proxy.host) return pick(facts.proxy);
    if (facts.gateway.used.value_or(false) && facts.gateway.host) return pick(facts.gateway);
    return pick(facts.target);
}

}  // namespace

bool is_host(const std::string& name) {
    return !name.empty() && name.front() != '/' && name.front() != '|';
}

std::optional<LookTarget> worth_looking(const Facts& facts) {
    const std::int64_t code = facts.freerdp.code.value_or(0);
    const bool never_connected = !facts.tcp.connected.value_or(true);
    if (code == connect_cancelled) return std::nullopt;
    if (code != dns_name_not_found && code != connect_failed && !never_connected)
        return std::nullopt;
    LookTarget target = dialled_peer(facts);
    if (!is_host(target.host)) return std::nullopt;
    target.limits.connect_at_all = code != dns_name_not_found;
    return target;
}

std::optional<LookTarget> worth_looking_for_session(const Facts& facts) {
    const std::string stage = facts.session.reconnect.stage.value_or("");
    if (stage != "dns" && stage != "tcp") return std::nullopt;
    LookTarget target = dialled_peer(facts);
    if (!is_host(target.host)) return std::nullopt;
    return target;
}

}  // namespace preflight
