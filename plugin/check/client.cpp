// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "check/client.hpp"

#include <cstdlib>

#include "computer/process.hpp"
#include "diagnose/version.hpp"

namespace preflight {
namespace {

/// From 3.27.0 on FreeRDP asks for TLS 1.2 and 112 bits of security (commit c09281f34).
bool is_strict(const ClientFacts& client) {
    return in_range(client.freerdp_version.value_or("0"), ">=3.27.0");
}

/// $XDG_CONFIG_HOME/freerdp, else ~/.config/freerdp.
std::string config_path() {
    const std::string base = environment("XDG_CONFIG_HOME");
    if (!base.empty()) return base + "/freerdp";
    const std::string home = environment("HOME");
    return home.empty() ? "" : home + "/.config/freerdp";
}

}  // namespace

void add_defaults(ClientFacts& client) {
    constexpr std::int64_t connect_timeout_ms = 15000;
    client.security = {"RDP", "TLS", "NLA"};
    client.negotiate = true;
    client.interactive = true;
    client.tls_security_level = is_strict(client) ? 2 : 1;
    client.tls_min_version = is_strict(client) ? "TLS 1.2" : "TLS 1.0";
    client.certificate_policy = "ask";
    client.connect_timeout_ms = connect_timeout_ms;
    client.prefer_ipv6 = false;
    const std::string path = config_path();
    if (path.empty()) return;
    client.config_path = path;
    client.home_writable = can_write_into(path);
}

TlsOffer offer_of(const ClientFacts& client) {
    TlsOffer offer;
    offer.security_level = static_cast<int>(client.tls_security_level.value_or(1));
    offer.min_version = client.tls_min_version == "TLS 1.2" ? TLS1_2_VERSION : TLS1_VERSION;
    return offer;
}

bool dials_ipv4_first(const ClientFacts& client) {
    return in_range(client.freerdp_version.value_or("3"), "<3.0.0");
}

}  // namespace preflight
