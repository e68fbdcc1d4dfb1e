// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>

#include "diagnose/diagnosis.hpp"
#include "replay/attempts.hpp"
#include "report/report.hpp"

namespace preflight::cli {

/// One line for each TCP connection of a try, the first of which is number `first`.
std::string summary_lines(std::uint64_t first, const replay::Try& attempt,
                          const Explanation& explanation, const TextStyle& style);

/// The try as an element of the JSON form; with its report where `shown`.
std::string summary_json(std::uint64_t first, const replay::Try& attempt,
                         const Explanation& explanation, bool shown);

}  // namespace preflight::cli
