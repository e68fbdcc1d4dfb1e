// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "check/check.hpp"

namespace preflight {

/// Says what the facts of a check mean: the explanation of a failure; else what the client would
/// ask its user, and what should be looked after.
void judge(std::int64_t warn_days, const Catalogue& catalogue, CheckResult& result);

}  // namespace preflight
