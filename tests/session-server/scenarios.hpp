// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "peer.hpp"

namespace session {

/// When a scenario acts. Whatever comes before goes as it should.
enum class Moment {
    signed_in,      ///< after TLS or NLA, before the MCS Connect-Initial is answered
    licensing,      ///< after the Client Info PDU, in place of a licensing message
    demand_active,  ///< before the Demand Active PDU
    active          ///< the session is active
};

/// A server that goes wrong in one chosen way.
struct Scenario {
    Moment moment = Moment::active;
    double seconds = 0;                        ///< how long after the moment
    std::function<void(Peer&)> act = nullptr;  ///< none: a healthy session
    bool once = false;                         ///< later clients meet something else
};

/// What --list prints: a name, what may follow it, one line.
struct Entry {
    std::string name;
    std::string argument;
    std::string description;
};
std::vector<Entry> all_entries();

/// The scenario for `words`, such as "healthy" or "error-info=0x7"; a colon serves as well as
/// the first equals sign. None where there is no such name or its argument makes no sense.
std::optional<Scenario> find_scenario(std::string_view words);

}  // namespace session
