// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/per.hpp"

namespace preflight::wire::per {

bool read_length(Reader& reader, std::size_t& length) {
    constexpr std::uint8_t two_octets = 0x80;
    constexpr std::uint8_t fragmented = 0x40;
    Reader ahead = reader;
    std::uint8_t first = 0;
    std::uint8_t second = 0;
    if (!ahead.u8(first)) return false;
    std::size_t value = first;
    if (first & two_octets) {
        if ((first & fragmented) || !ahead.u8(second)) return false;
        value = (first & 0x3fu) << 8 | second;
    }
    reader = ahead;
    length = value;
    return true;
}

bool read_octets(Reader& reader, Reader& contents) {
    Reader ahead = reader;
    std::size_t length = 0;
    Bytes bytes;
    if (!read_length(ahead, length) || !ahead.bytes(length, bytes)) return false;
    reader = ahead;
    contents = Reader(bytes);
    return true;
}

bool read_u16(Reader& reader, std::uint16_t lowest, std::uint32_t& value) {
    std::uint16_t offset = 0;
    if (!reader.u16be(offset)) return false;
    value = std::uint32_t{lowest} + offset;
    return true;
}

}  // namespace preflight::wire::per
