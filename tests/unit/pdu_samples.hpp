// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::test {

using Octets = std::vector<std::uint8_t>;

/// The bytes of tests/data/pdus/NAME.hex; ends the test where the file cannot be read.
Octets pdu(const std::string& name);

/// The names of all samples below tests/data/pdus.
std::vector<std::string> all_pdu_names();

/// Bytes written in sixteens; spaces are passed over.
Octets hex(std::string_view text);

/// An ASCII text as UTF-16, little endian.
Octets utf16(std::string_view text);

/// A 16 or 32 bit number, little endian.
Octets le16(std::uint16_t value);
Octets le32(std::uint32_t value);

/// Several pieces one behind the other.
Octets joined(const std::vector<Octets>& pieces);

/// A DER element with the shortest length.
Octets element(std::uint8_t tag, const Octets& contents);

/// Calls `parse` with every beginning of `bytes` and with many copies of them in which one byte is
/// another. Each is a block of memory of its own, so that a sanitiser sees every read beyond its
/// end.
template <class Parse>
void torment(const Octets& bytes, Parse parse) {
    for (std::size_t length = 0; length <= bytes.size(); ++length)
        parse(Octets(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length)));
    for (std::size_t i = 0; i < bytes.size(); ++i)
        for (const std::uint8_t wrong : Octets{0x00, 0x01, 0x7f, 0x80, 0x84, 0xff}) {
            Octets changed = bytes;
            changed[i] = wrong;
            parse(changed);
        }
}

}  // namespace preflight::test
