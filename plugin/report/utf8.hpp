// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string_view>

namespace preflight {

/// Takes the first character off `text`, which is not empty and valid UTF-8 (wire::printable makes
/// it so). Reads within bounds and takes at least one byte whatever the text is.
inline char32_t next_character(std::string_view& text) {
    const auto first = static_cast<unsigned char>(text.front());
    std::size_t length = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (length > text.size()) length = 1;
    char32_t code = length == 1 ? first : first & (0x7fu >> length);
    for (std::size_t i = 1; i < length; ++i)
        code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3fu);
    text.remove_prefix(length);
    return code;
}

}  // namespace preflight
