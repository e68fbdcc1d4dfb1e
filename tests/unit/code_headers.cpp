// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "code_headers.hpp"

#include <algorithm>
#include <fstream>
#include <regex>

namespace preflight::test {

std::map<std::string, std::int64_t> codes_of_header(const std::string& path) {
    // The number is the last one of the line: what stands before it is a cast such as (NTSTATUS).
    static const std::regex define(
        R"(^\s*#\s*define\s+(\w+)\s.*?(-?\b(?:0[xX][0-9A-Fa-f]+|\d+))[uUlL]*\s*\)*\s*(/\*.*)?$)");
    static const std::regex member(R"(^\s*(\w+)\s*=\s*(-?(?:0[xX][0-9A-Fa-f]+|\d+))\s*,?\s*$)");
    std::map<std::string, std::int64_t> codes;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        std::smatch match;
        if (std::regex_match(line, match, define) || std::regex_match(line, match, member))
            codes[match[1]] = std::stoll(match[2], nullptr, 0);
    }
    return codes;
}

std::map<std::string, std::int64_t> codes_of_header(const std::string& path,
                                                    const std::vector<std::string>& prefixes) {
    auto codes = codes_of_header(path);
    for (auto code = codes.begin(); code != codes.end();) {
        const bool wanted = std::any_of(prefixes.begin(), prefixes.end(), [&](const auto& prefix) {
            return code->first.rfind(prefix, 0) == 0;
        });
        code = wanted ? std::next(code) : codes.erase(code);
    }
    return codes;
}

}  // namespace preflight::test
