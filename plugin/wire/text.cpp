// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/text.hpp"

#include <array>
#include <cstdint>
#include <cstdio>

namespace preflight::wire {
namespace {

struct Character {
    char32_t code = 0;
    std::size_t length = 0;  ///< 0: no UTF-8 begins here
};

constexpr bool is_continuation(char byte) {
    return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

/// The character at the front of `text`, RFC 3629 section 4: no overlong form, no surrogate.
Character decode(std::string_view text) {
    constexpr std::array<char32_t, 5> lowest = {0, 0, 0x80, 0x800, 0x10000};
    const auto first = static_cast<unsigned char>(text.front());
    if (first < 0x80) return {first, 1};
    const std::size_t length = first >= 0xf8   ? 0
                               : first >= 0xf0 ? 4
                               : first >= 0xe0 ? 3
                               : first >= 0xc0 ? 2
                                               : 0;
    if (length == 0 || text.size() < length) return {};
    char32_t code = first & (0x7fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(text[i])) return {};
        code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3fu);
    }
    if (code < lowest[length] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return {};
    return {code, length};
}

constexpr bool is_control(char32_t code) { return code < 0x20 || code == 0x7f; }

/// C1 controls, marks without width, line and paragraph separators, direction marks, the byte order
/// mark, noncharacters, private use: a terminal may obey them, and a reader cannot see them.
constexpr bool is_hidden(char32_t code) {
    return (code >= 0x80 && code < 0xa0) || code == 0xad || code == 0x61c || code == 0x180e ||
           (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2060 && code <= 0x206f) || code == 0xfeff || (code & 0xfffe) == 0xfffe ||
           (code >= 0xfdd0 && code <= 0xfdef) || (code >= 0xfff9 && code <= 0xfffb) ||
           (code >= 0xe000 && code <= 0xf8ff) || code >= 0xe0000;
}

std::string escaped(const char* format, unsigned value) {
    std::array<char, 16> buffer{};
    std::snprintf(buffer.data(), buffer.size(), format, value);
    return buffer.data();
}

std::string shown(std::string_view text, const Character& character) {
    if (character.length == 0) return escaped("\\x%02x", static_cast<unsigned char>(text.front()));
    if (is_control(character.code)) return escaped("\\x%02x", character.code);
    if (is_hidden(character.code)) return escaped("\\u{%04x}", character.code);
    return std::string(text.substr(0, character.length));
}

}  // namespace

std::string printable(std::string_view text, std::size_t limit) {
    std::string result;
    while (!text.empty()) {
        const Character character = decode(text);
        const std::string piece = shown(text, character);
        if (result.size() + piece.size() > limit) return result + "…";
        result += piece;
        text.remove_prefix(character.length == 0 ? 1 : character.length);
    }
    return result;
}

std::string printable(Bytes bytes, std::size_t limit) {
    return printable({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, limit);
}

}  // namespace preflight::wire
