// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "diagnose/catalogue.hpp"
#include "probe/quick.hpp"
#include "probe/tls_client.hpp"

namespace preflight {

/// A host to check, and the client as which it is asked.
struct CheckRequest {
    std::string host;
    std::uint16_t port = 3389;
    ClientFacts client;  ///< with its defaults, see check/client.hpp
    TlsContext tls;      ///< of what that client offers
    /// The rest of a full check (check/survey.hpp). Empty: a quick one; who never asks more, as the
    /// add-on, then carries none of its code.
    void (*survey)(const CheckPlan& plan, CheckAccount& account, Facts& facts) = nullptr;
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
