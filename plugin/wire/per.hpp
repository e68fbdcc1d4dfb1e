// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "wire/reader.hpp"

namespace preflight::wire::per {

// Aligned PER as T.124 and T.125 use it, X.691.

/// A length determinant, X.691 section 11.9: below 16384.
[[nodiscard]] bool read_length(Reader& reader, std::size_t& length);

/// What a length determinant goes before.
[[nodiscard]] bool read_octets(Reader& reader, Reader& contents);

/// A whole number of two octets with a lower bound, X.691 section 11.5.7.2.
[[nodiscard]] bool read_u16(Reader& reader, std::uint16_t lowest, std::uint32_t& value);

}  // namespace preflight::wire::per
