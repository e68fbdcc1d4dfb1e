// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/der.hpp"

namespace preflight::wire::der {
namespace {

constexpr std::uint8_t high_tag_number = 0x1f;
constexpr std::uint8_t long_form = 0x80;
constexpr std::size_t most_length_octets = 4;

/// Bytes that an identifier component may have: five carry 35 bits, more than any that is in use.
constexpr std::size_t most_component_octets = 5;
constexpr std::size_t most_identifier_octets = 64;

}  // namespace

bool read_length(Reader& reader, std::size_t& length) {
    Reader ahead = reader;
    std::uint8_t first = 0;
    if (!ahead.u8(first)) return false;
    std::size_t value = first;
    if (first & long_form) {
        const std::size_t octets = first & ~long_form;
        Bytes digits;
        // No octets at all is the indefinite form, which DER has not.
        if (octets == 0 || octets > most_length_octets || !ahead.bytes(octets, digits))
            return false;
        value = 0;
        for (const std::uint8_t digit : digits) value = value << 8 | digit;
    }
    reader = ahead;
    length = value;
    return true;
}

bool read_any(Reader& reader, std::uint8_t& tag, Reader& contents) {
    Reader ahead = reader;
    std::uint8_t found = 0;
    std::size_t length = 0;
    Bytes bytes;
    if (!ahead.u8(found) || (found & high_tag_number) == high_tag_number ||
        !read_length(ahead, length) || !ahead.bytes(length, bytes))
        return false;
    reader = ahead;
    tag = found;
    contents = Reader(bytes);
    return true;
}

bool read(Reader& reader, std::uint8_t tag, Reader& contents) {
    return next_is(reader, tag) && read_any(reader, tag, contents);
}

bool next_is(const Reader& reader, std::uint8_t tag) {
    return !reader.empty() && reader.rest().front() == tag;
}

bool read_number(Reader& reader, std::uint8_t tag, std::int64_t& value) {
    Reader ahead = reader;
    Reader contents;
    if (!read(ahead, tag, contents) || contents.empty() || contents.size() > sizeof(value))
        return false;
    const Bytes octets = contents.rest();
    std::uint64_t sum = octets.front() & 0x80 ? ~std::uint64_t{0} : 0;
    for (const std::uint8_t octet : octets) sum = sum << 8 | octet;
    reader = ahead;
    value = static_cast<std::int64_t>(sum);
    return true;
}

std::string dotted(Reader contents) {
    if (contents.empty() || contents.size() > most_identifier_octets) return {};
    std::string text;
    while (!contents.empty()) {
        std::uint64_t component = 0;
        std::uint8_t octet = 0x80;
        for (std::size_t i = 0; octet & 0x80; ++i) {
            if (i == most_component_octets || !contents.u8(octet)) return {};
            component = component << 7 | (octet & 0x7fu);
        }
        if (text.empty()) {
            // X.690 section 8.19.4: the first two components share one number.
            const std::uint64_t first = component < 80 ? component / 40 : 2;
            text = std::to_string(first) + '.' + std::to_string(component - 40 * first);
        } else {
            text += '.' + std::to_string(component);
        }
    }
    return text;
}

Frame sequence_frame(Bytes bytes) {
    Reader reader(bytes);
    std::uint8_t tag = 0;
    std::size_t length = 0;
    if (!reader.u8(tag)) return {};
    if (tag != sequence) return {Frame::State::broken, 0};
    const bool readable = read_length(reader, length);
    if (!readable) {
        std::uint8_t first = 0;
        const bool hopeless =
            reader.u8(first) && (first == long_form || (first & ~long_form) > most_length_octets);
        return {hopeless ? Frame::State::broken : Frame::State::unknown, 0};
    }
    return {Frame::State::known, bytes.size() - reader.size() + length};
}

}  // namespace preflight::wire::der
