// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>
#include <vector>

#include "diagnose/model.hpp"

namespace preflight {

/// What is wrong with `entry` in the company of all others: names that nobody knows, missing keys,
/// comparisons that cannot hold. Each "FILE:LINE: …".
std::vector<std::string> check_entry(const Entry& entry, const Model& model);

/// What is wrong with `action`.
std::vector<std::string> check_action(const Action& action, const Model& model);

/// What is wrong with the code tables: rows without name or text, unknown ids in leads-to.
std::vector<std::string> check_codes(const Model& model);

}  // namespace preflight
