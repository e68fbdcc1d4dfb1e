// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/again.hpp"
#include "observe/observation.hpp"

namespace preflight::record {

/// What the host's answers to preflight's own questions came to.
AgainFacts again_facts(const AskedAgain& asked);

}  // namespace preflight::record
