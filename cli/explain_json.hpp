// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <nlohmann/json.hpp>

#include "cli/explain_text.hpp"

namespace preflight::cli {

using Json = nlohmann::ordered_json;

/// A lesson: id, stage, role, title, why, fixes, mstsc, sources.
Json to_json(const Lesson& lesson);

/// A code: table, what it is, code, name, text, and the ids it leads to.
Json to_json(const Found& found, const Model& model);

/// An answer: what was asked, the codes it may be, the explanations they lead to.
Json to_json(const Answer& answer, const Teacher& teacher);

}  // namespace preflight::cli
