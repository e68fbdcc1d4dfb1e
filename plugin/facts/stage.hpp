// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace preflight {

/// The steps of a connection, in the order in which they happen.
enum class Stage {
    local,           ///< before anything is dialled: options, display, add-ins
    dns,             ///< name resolution
    tcp,             ///< TCP connection
    proxy,           ///< HTTP CONNECT or SOCKS in front of the host
    gateway,         ///< Remote Desktop Gateway
    negotiation,     ///< X.224 connection request and confirm, [MS-RDPBCGR] 2.2.1.1-2
    tls,             ///< TLS handshake
    certificate,     ///< the client's judgement of the server's certificate
    authentication,  ///< CredSSP/NLA, RDSTLS, Entra
    mcs,             ///< basic settings exchange and channels
    licensing,       ///< [MS-RDPELE]
    activation,      ///< capabilities and finalization
    session,         ///< the desktop
};

inline constexpr std::array<std::string_view, 13> stage_names = {
    "local",       "dns",        "tcp",         "proxy",          "gateway",
    "negotiation", "tls",        "certificate", "authentication", "mcs",
    "licensing",   "activation", "session",
};

/// The name of a step as it stands in JSON and in the catalogue.
constexpr std::string_view name_of(Stage stage) {
    return stage_names[static_cast<std::size_t>(stage)];
}

/// The step called `name`, or nothing.
constexpr std::optional<Stage> stage_named(std::string_view name) {
    for (std::size_t i = 0; i < stage_names.size(); ++i)
        if (stage_names[i] == name) return static_cast<Stage>(i);
    return std::nullopt;
}

}  // namespace preflight
