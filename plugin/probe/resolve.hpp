// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <sys/socket.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace preflight {

struct Resolved {
    struct Address {
        sockaddr_storage socket{};
        socklen_t length = 0;
        std::string text;  ///< numeric
        bool ipv6 = false;
    };
    bool asked = false;    ///< whether the resolver could be asked at all
    bool numeric = false;  ///< it was an address, so nobody was asked
    int error = 0;         ///< EAI_*
    bool timeout = false;
    std::vector<Address> addresses;  ///< in the resolver's order
};

/// Looks `host` up the way FreeRDP does (getaddrinfo, any family, stream sockets). A resolver that
/// is still busy at the limit is left behind in its thread.
Resolved resolve(const std::string& host, std::uint16_t port, std::chrono::milliseconds limit);

}  // namespace preflight
