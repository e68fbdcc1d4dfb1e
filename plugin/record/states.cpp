// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/states.hpp"

#include <array>
#include <utility>

namespace preflight::record {
namespace {

constexpr std::string_view state_prefix = "CONNECTION_STATE_";

// The first that a state's name begins with. Both majors' enums (freerdp.h of 2.11, types.h of 3)
// are covered: FreeRDP 3 splits the states of FreeRDP 2 and keeps how their names begin.
constexpr std::array<std::pair<std::string_view, Stage>, 11> stages = {{
    {"NLA", Stage::authentication},
    {"AAD", Stage::authentication},
    {"MCS_", Stage::mcs},
    {"RDP_SECURITY_COMMENCEMENT", Stage::mcs},
    // The client has said who it is; the server's next word is about the licence.
    {"SECURE_SETTINGS_EXCHANGE", Stage::licensing},
    {"CONNECT_TIME_AUTO_DETECT", Stage::licensing},
    {"LICENSING", Stage::licensing},
    {"MULTITRANSPORT_BOOTSTRAPPING", Stage::activation},
    {"CAPABILITIES_EXCHANGE", Stage::activation},
    {"FINALIZATION", Stage::activation},
    {"ACTIVE", Stage::session},
}};

}  // namespace

std::optional<Stage> stage_of_state(std::string_view state) {
    if (state.substr(0, state_prefix.size()) == state_prefix)
        state.remove_prefix(state_prefix.size());
    for (const auto& [name, stage] : stages)
        if (state.substr(0, name.size()) == name) return stage;
    return std::nullopt;
}

}  // namespace preflight::record
