// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>
#include <vector>

#include "facts/json.hpp"

namespace preflight::test {

/// What in `json` breaks `schema`, as "path: what". Knows what docs/report.schema.json uses: type,
/// const, enum, pattern (of ids), required, properties, additionalProperties, items and $ref into
/// $defs; any other keyword of the schema is itself a problem.
std::vector<std::string> schema_problems(const Json& json, const Json& schema);

}  // namespace preflight::test
