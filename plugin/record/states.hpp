// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>
#include <string_view>

#include "facts/stage.hpp"

namespace preflight::record {

/// The step that is under way in a connection state of FreeRDP 2 or 3, such as
/// CONNECTION_STATE_NLA; nothing for INITIAL, NEGO (which spans several steps) and unknown names.
std::optional<Stage> stage_of_state(std::string_view state);

}  // namespace preflight::record
