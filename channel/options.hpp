// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "report/report.hpp"

namespace preflight {

/// What the user asked of us: /vc:preflight,json:FILE,verbose
struct Options {
    std::string json_file;
    std::string text_file;  ///< empty: standard error
    std::string catalogue;  ///< directory that adds to the built-in catalogue
    std::string colour = "auto";
    Detail detail = Detail::report;
    std::chrono::seconds wait{10};  ///< 0: never speak of a silent server
    bool errinfo = true;            ///< let the server tell its reason
    bool probe = true;              ///< ask the host again after a failure
    bool check = false;             ///< ask the host before the client connects
    bool help = false;
};

struct ParsedOptions {
    Options options;
    std::vector<std::string> problems;  ///< one line each, without a full stop
};

/// Reads the options as they stand between the commas. What is wrong is said in `problems` and left
/// at its default.
ParsedOptions parse_options(const std::vector<std::string>& arguments);

/// All options, one a line.
std::string options_help();

}  // namespace preflight
