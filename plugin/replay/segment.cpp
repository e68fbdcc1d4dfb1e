// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "replay/segment.hpp"

#include <arpa/inet.h>

namespace preflight::replay {

std::string Endpoint::address_text() const {
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(ipv6 ? AF_INET6 : AF_INET, address.data(), text.data(), text.size());
    return text.data();
}

std::string Endpoint::text() const {
    const std::string host = address_text();
    return (ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

}  // namespace preflight::replay
