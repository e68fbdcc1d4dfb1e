// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "report/page.hpp"

namespace preflight {

/// What `verbose` adds: sources, every attempt, the ladder of what was sent and received, all
/// facts.
void put_details(Page& page, const Explanation& explanation, const Facts& facts);

}  // namespace preflight
