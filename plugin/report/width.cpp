// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <algorithm>
#include <array>
#include <cstdio>

#include "report/page.hpp"
#include "report/utf8.hpp"

namespace preflight {
namespace {

struct Range {
    char32_t first;
    char32_t last;
};

/// Unicode 15, East_Asian_Width W and F, by blocks: where a block is mixed the wider reading only
/// makes a line shorter than it could be. wcwidth() is no help: it follows the process's locale,
/// which is the client's.
constexpr std::array<Range, 14> wide = {{
    {0x1100, 0x115f},
    {0x2e80, 0x303e},
    {0x3041, 0x33ff},
    {0x3400, 0x4dbf},
    {0x4e00, 0x9fff},
    {0xa000, 0xa4cf},
    {0xa960, 0xa97f},
    {0xac00, 0xd7a3},
    {0xf900, 0xfaff},
    {0xfe30, 0xfe6f},
    {0xff00, 0xff60},
    {0xffe0, 0xffe6},
    {0x1f300, 0x1faff},
    {0x20000, 0x3fffd},
}};

/// The combining marks that names are written with.
constexpr std::array<Range, 8> combining = {{
    {0x0300, 0x036f},
    {0x0483, 0x0489},
    {0x0591, 0x05bd},
    {0x064b, 0x065f},
    {0x1ab0, 0x1aff},
    {0x1dc0, 0x1dff},
    {0x20d0, 0x20ff},
    {0xfe00, 0xfe0f},
}};

template <std::size_t N>
bool in(const std::array<Range, N>& ranges, char32_t code) {
    return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) {
        return code >= range.first && code <= range.last;
    });
}

std::string ascii_for(char32_t code) {
    struct Pair {
        char32_t code;
        const char* ascii;
    };
    constexpr std::array<Pair, 17> pairs = {{{U'✓', "ok"},
                                             {U'✗', "FAILED"},
                                             {U'→', "->"},
                                             {U'←', "<-"},
                                             {U'·', "-"},
                                             {U'•', "-"},
                                             {U'…', "..."},
                                             {U'–', "-"},
                                             {U'—', "-"},
                                             {U'‘', "'"},
                                             {U'’', "'"},
                                             {U'“', "\""},
                                             {U'”', "\""},
                                             {U'≥', ">="},
                                             {U'≤', "<="},
                                             {U'×', "x"},
                                             {U'\u00a0', " "}}};
    for (const auto& pair : pairs)
        if (pair.code == code) return pair.ascii;
    std::array<char, 16> escaped{};
    std::snprintf(escaped.data(), escaped.size(), "\\u{%04x}", static_cast<unsigned>(code));
    return escaped.data();
}

}  // namespace

int display_width(std::string_view text) {
    int width = 0;
    while (!text.empty()) {
        const char32_t code = next_character(text);
        width += in(combining, code) ? 0 : in(wide, code) ? 2 : 1;
    }
    return width;
}

std::string to_ascii(std::string_view text) {
    std::string ascii;
    while (!text.empty()) {
        const char32_t code = next_character(text);
        if (code < 0x80)
            ascii += static_cast<char>(code);
        else
            ascii += ascii_for(code);
    }
    return ascii;
}

}  // namespace preflight
