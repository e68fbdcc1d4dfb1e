// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "diagnose/catalogue.hpp"
#include "probe/tls_client.hpp"

namespace preflight {

/// A host to check, and the client as which it is asked.
struct CheckRequest {
    std::string host;
    std::uint16_t port = 3389;
    ClientFacts client;  ///< with its defaults, see check/client.hpp
    TlsContext tls;      ///< of what that client offers
    bool full = false;
    std::chrono::milliseconds timeout{5000};  ///< for everything
    std::int64_t warn_days = 30;              ///< a certificate that ends within so many days
};

/// What a check came to.
struct CheckResult {
    Facts facts;
    Explanation explanation;  ///< of a success without a cause
};

/// Asks the host what this client would meet, without signing in, and judges it as the add-on would
/// judge the connection. Ends in time whatever the host does.
CheckResult check_host(const CheckRequest& request, const Catalogue& catalogue);

/// Whether the client would go on to sign in.
bool would_connect(const Facts& facts);

}  // namespace preflight
