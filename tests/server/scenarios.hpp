// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string_view>

#include "script.hpp"

namespace scripted {

/// Every scenario without a parameter, in the order of the steps of a connection.
const std::vector<Scenario>& all_scenarios();

/// A family of scenarios with a number after a colon, such as "alert:80".
struct Family {
    std::string name;
    std::string description;
    std::function<Scenario(std::uint32_t)> make;
};
const std::vector<Family>& all_families();

/// The scenario called `name`; none where there is no such name.
std::optional<Scenario> find_scenario(std::string_view name);

}  // namespace scripted
