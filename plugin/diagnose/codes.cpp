// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "diagnose/codes.hpp"

#include <charconv>
#include <cstdint>

namespace preflight {

std::string code_key(std::string_view code) {
    const bool hex = code.size() > 2 && code[0] == '0' && (code[1] == 'x' || code[1] == 'X');
    const std::string_view digits = hex ? code.substr(2) : code;
    std::uint64_t number = 0;
    const char* end = digits.data() + digits.size();
    const auto result = std::from_chars(digits.data(), end, number, hex ? 16 : 10);
    if (digits.empty() || result.ec != std::errc() || result.ptr != end) return std::string(code);
    return std::to_string(number);
}

}  // namespace preflight
