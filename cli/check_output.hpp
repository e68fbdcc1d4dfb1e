// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>

#include "check/check.hpp"
#include "cli/exit_codes.hpp"
#include "report/report.hpp"

namespace preflight::cli {

/// The exit code that one result stands for.
ExitCode exit_code_of(const CheckResult& result);

/// Of several results, the code of the one that matters most: a failure, then one that is
/// undecided, then a warning.
ExitCode worse(ExitCode one, ExitCode other);

/// The whole report of one host as text.
std::string check_text(const CheckResult& result, const TextStyle& style);

/// One host of many in one line: a mark, the host, what matters.
std::string check_short(const CheckResult& result, const TextStyle& style);

/// The columns of the CSV form, and one host's; RFC 4180. What a spreadsheet would take for a
/// formula is preceded by an apostrophe.
std::string check_csv_header();
std::string check_csv(const CheckResult& result);

}  // namespace preflight::cli
