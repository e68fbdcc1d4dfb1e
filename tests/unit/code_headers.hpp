// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace preflight::test {

/// The codes that a C header gives to names: `#define NAME value` and `NAME = value` in an enum.
/// Decimal, hexadecimal and negative numbers are read; casts around them are passed over.
std::map<std::string, std::int64_t> codes_of_header(const std::string& path);

/// The codes in `path` whose name begins with one of `prefixes`.
std::map<std::string, std::int64_t> codes_of_header(const std::string& path,
                                                    const std::vector<std::string>& prefixes);

}  // namespace preflight::test
