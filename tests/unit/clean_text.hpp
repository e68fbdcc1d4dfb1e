// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>

namespace preflight::test {

/// Whether `text` can be shown on any terminal: strict UTF-8 (RFC 3629) without control characters
/// other than the end of a line, and without marks that break lines or turn the direction of
/// writing.
inline bool is_clean_text(const std::string& text) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    for (std::size_t i = 0; i < text.size();) {
        const unsigned char first = at(i);
        const std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if ((first >= 0x80 && first < 0xc2) || first > 0xf4 || i + length > text.size())
            return false;
        char32_t code = length == 1 ? first : first & (0x7fu >> length);
        for (std::size_t j = 1; j < length; ++j) {
            if ((at(i + j) & 0xc0) != 0x80) return false;
            code = code << 6 | (at(i + j) & 0x3fu);
        }
        const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
        const bool surrogate = code >= 0xd800 && code < 0xe000;
        const bool control = (code < 0x20 && code != '\n') || (code >= 0x7f && code < 0xa0);
        // What turns the direction of writing, or breaks a line, could forge one.
        const bool turns = code == 0x200e || code == 0x200f || (code >= 0x2028 && code < 0x202f) ||
                           (code >= 0x2066 && code < 0x206a);
        if (overlong || surrogate || control || turns || code > 0x10ffff) return false;
        i += length;
    }
    return true;
}

}  // namespace preflight::test
