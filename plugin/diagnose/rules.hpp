// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "diagnose/model.hpp"
#include "diagnose/values.hpp"

namespace preflight {

/// Whether `condition` holds. A fact that was not observed satisfies only `known = false` and
/// `not`.
bool holds(const Condition& condition, const FactView& facts);

/// Whether every condition of `rule` holds.
bool holds(const Rule& rule, const FactView& facts);

/// The first rule that holds, or nullptr.
const Rule* first_match(const std::vector<Rule>& rules, const FactView& facts);

}  // namespace preflight
