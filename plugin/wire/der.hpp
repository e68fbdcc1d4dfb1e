// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>

#include "wire/reassembler.hpp"

namespace preflight::wire::der {

// Identifier octets, X.690 section 8.1.2.
inline constexpr std::uint8_t integer = 0x02;
inline constexpr std::uint8_t octet_string = 0x04;
inline constexpr std::uint8_t object_identifier = 0x06;
inline constexpr std::uint8_t enumerated = 0x0a;
inline constexpr std::uint8_t generalized_time = 0x18;
inline constexpr std::uint8_t general_string = 0x1b;
inline constexpr std::uint8_t sequence = 0x30;

/// The explicit context tag [number], constructed.
constexpr std::uint8_t context(unsigned number) { return static_cast<std::uint8_t>(0xa0 | number); }

/// [APPLICATION number], constructed.
constexpr std::uint8_t application(unsigned number) {
    return static_cast<std::uint8_t>(0x60 | number);
}

/// The next element. Tags of one octet and definite lengths only; a length need not be the shortest
/// possible, as Windows' often is not.
[[nodiscard]] bool read_any(Reader& reader, std::uint8_t& tag, Reader& contents);

/// The next element, which must have this tag.
[[nodiscard]] bool read(Reader& reader, std::uint8_t tag, Reader& contents);

/// The length octets alone, X.690 section 8.1.3.
[[nodiscard]] bool read_length(Reader& reader, std::size_t& length);

/// Whether the next element has this tag.
bool next_is(const Reader& reader, std::uint8_t tag);

/// An INTEGER or ENUMERATED (`tag`) of at most eight octets.
[[nodiscard]] bool read_number(Reader& reader, std::uint8_t tag, std::int64_t& value);

/// An object identifier's contents in dotted form; empty where it is malformed or beyond reason.
std::string dotted(Reader contents);

/// The frame of a SEQUENCE.
Frame sequence_frame(Bytes bytes);

}  // namespace preflight::wire::der
