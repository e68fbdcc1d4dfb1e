// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "cli/explain_json.hpp"
#include "cli/explain_text.hpp"
#include "cli/log.hpp"

namespace preflight::cli {

/// What a log says and what it does not, as text.
void put_log(Page& page, const LogReading& reading, const Teacher& teacher);

/// The same as JSON.
Json to_json(const LogReading& reading, const Teacher& teacher);

/// The explanations that the most telling lines leave.
std::vector<const Entry*> causes_in(const LogReading& reading, const Model& model);

}  // namespace preflight::cli
