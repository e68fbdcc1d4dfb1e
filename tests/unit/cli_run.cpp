// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli_run.hpp"

#include <cstdlib>
#include <sstream>

#include "cli/frame.hpp"

namespace preflight::test {

Run run_cli(const std::vector<std::string>& arguments, const std::string& input) {
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("COLUMNS", "80", 1);
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    cli::Frame frame{in, out, err};
    Run run;
    run.exit_code = cli::run(arguments, frame);
    run.out = out.str();
    run.err = err.str();
    return run;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

}  // namespace preflight::test
