// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>

#include "probe/exchange.hpp"

namespace preflight {

/// What is asked, and the way a client would ask it.
struct CheckPlan {
    using Clock = Observation::Clock;
    std::string host;
    std::uint16_t port = 3389;
    std::string server_name;      ///< in the ClientHello
    std::uint32_t protocols = 3;  ///< requestedProtocols that the client allows
    bool rdp = true;              ///< whether it also allows RDP security
    TlsContext tls;
    bool ipv4_first = false;  ///< of several addresses, the first IPv4 one; else the first
    Clock::time_point until;  ///< when everything must be over
    std::size_t at_once = 4;  ///< connections at the same time, beyond the quick check
    std::size_t most = 9;     ///< connections in all
};

/// What a check cost, and what it saw beside the observations.
struct CheckAccount {
    Resolved resolved;
    LookedAgain addresses;   ///< those of `resolved`, with what became of them
    std::size_t chosen = 0;  ///< the address that was dialled, among them
    std::size_t connections = 0;
    int round_trips = 0;  ///< of the connections one after another; those at once count as one
    std::size_t sent = 0;
    std::size_t received = 0;
    bool out_of_time = false;  ///< something was still awaited when the time was up
    bool flooded = false;

    /// One connection.
    struct Asked {
        std::uint32_t protocols = 0;  ///< requestedProtocols
        Exchange::Account account;
    };
    std::vector<Asked> asked;  ///< in order

    /// The last one: each goes further than the ones before. Empty where nothing was dialled.
    const Exchange::Account* last() const {
        return asked.empty() ? nullptr : &asked.back().account;
    }
};

/// Asks as FreeRDP does: TLS and NLA first, and only where the host refuses them, one after the
/// other, TLS alone and RDP security. So a host that agrees is asked on one connection only.
CheckAccount check_quickly(const CheckPlan& plan, const Hearing& hear);

}  // namespace preflight
