// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "diagnose/catalogue.hpp"
#include "facts/facts.hpp"

namespace preflight {

/// How much an outcome is worth.
enum class Telling {
    nothing,  ///< the user left, or nothing happened
    line,     ///< a session's ordinary end, or a refusal that its screen shows: one line
    report,
};

/// How much to tell of `facts`. Of a session that had begun, the kind of the server's reason
/// decides (column `kind` of the code table errinfo); a failure is always worth a report.
Telling telling_of(const Facts& facts, const Catalogue& catalogue);

}  // namespace preflight
