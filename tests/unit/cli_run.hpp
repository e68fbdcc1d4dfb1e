// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>
#include <vector>

namespace preflight::test {

/// What a run of rdp-preflight left.
struct Run {
    int exit_code = 0;
    std::string out;
    std::string err;
};

/// Runs rdp-preflight with these arguments, in this process, 80 columns wide, UTF-8.
Run run_cli(const std::vector<std::string>& arguments, const std::string& input = {});

/// The lines of `text`.
std::vector<std::string> lines_of(const std::string& text);

}  // namespace preflight::test
