// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/utf16.hpp"

#include "wire/text.hpp"

namespace preflight::wire {
namespace {

constexpr char32_t replacement = 0xfffd;

constexpr bool is_high_surrogate(char32_t unit) { return unit >= 0xd800 && unit < 0xdc00; }
constexpr bool is_low_surrogate(char32_t unit) { return unit >= 0xdc00 && unit < 0xe000; }

/// The next character, RFC 2781 section 2.2; false at the end.
bool read_character(Reader& reader, char32_t& character) {
    std::uint16_t unit = 0;
    if (!reader.u16le(unit)) return false;
    character = unit;
    if (is_high_surrogate(unit)) {
        Reader ahead = reader;
        std::uint16_t low = 0;
        character = replacement;
        if (ahead.u16le(low) && is_low_surrogate(low)) {
            character = 0x10000 + ((unit - 0xd800u) << 10) + (low - 0xdc00u);
            reader = ahead;
        }
    } else if (is_low_surrogate(unit)) {
        character = replacement;
    }
    return true;
}

/// RFC 3629 section 3.
void append_utf8(std::string& text, char32_t character) {
    const auto push = [&](char32_t octet) { text += static_cast<char>(octet); };
    const auto tail = [&](int shift) { push(0x80 | (character >> shift & 0x3f)); };
    if (character < 0x80) {
        push(character);
    } else if (character < 0x800) {
        push(0xc0 | character >> 6);
        tail(0);
    } else if (character < 0x10000) {
        push(0xe0 | character >> 12);
        tail(6);
        tail(0);
    } else {
        push(0xf0 | character >> 18);
        tail(12);
        tail(6);
        tail(0);
    }
}

}  // namespace

std::string printable_utf16(Bytes bytes, std::size_t limit) {
    Reader reader(bytes);
    std::string text;
    char32_t character = 0;
    // Beyond the limit `printable` cuts anyway; it only has to see that there was more.
    while (text.size() <= limit && read_character(reader, character) && character != 0)
        append_utf8(text, character);
    return printable(text, limit);
}

}  // namespace preflight::wire
