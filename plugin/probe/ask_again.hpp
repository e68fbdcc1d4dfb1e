// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "observe/observation.hpp"
#include "probe/tls_client.hpp"

namespace preflight {

/// One thing to ask, on a connection of its own.
struct AgainQuestion {
    AskedAgain::Question question = AskedAgain::Question::same;
    std::uint32_t protocols = 0;  ///< requestedProtocols
    bool negotiate = true;        ///< send an RDP_NEG_REQ
    bool wants_tls = false;       ///< go on to the end of the TLS handshake, with `offer`
    TlsOffer offer;
};

/// What to ask whom.
struct AgainPlan {
    static constexpr std::size_t most_others = 2;

    std::string address;  ///< numeric, the one that the client was connected to
    std::uint16_t port = 0;
    std::string server_name;            ///< in the ClientHello
    AgainQuestion same;                 ///< what the client asked
    std::vector<AgainQuestion> others;  ///< in other ways, two at most
    std::optional<AgainQuestion> last;
    std::chrono::milliseconds limit{3000};
    std::function<bool()> stopped;  ///< asked several times a second; may be empty
};

/// Asks the same as the client. Where a third of the time brings no whole answer, the others, at
/// once. If one of them is answered, the same again: a host that answers now and then must not be
/// taken for one that minds the question. If none is, the last. So at most four connections. Sends
/// no name, no password, no cookie.
AskedAgain ask_again(const AgainPlan& plan);

}  // namespace preflight
