// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "scenarios.hpp"

namespace scripted {

/// Scenarios of the steps after TLS: the sign-in with CredSSP, and MCS.
std::vector<Scenario> later_scenarios();
std::vector<Family> later_families();

}  // namespace scripted
