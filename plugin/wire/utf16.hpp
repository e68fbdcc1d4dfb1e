// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>

#include "wire/reader.hpp"

namespace preflight::wire {

/// UTF-16, little endian, as `printable` text. A terminating zero ends it; what is no UTF-16
/// becomes U+FFFD; an odd last byte is passed over.
std::string printable_utf16(Bytes bytes, std::size_t limit = 256);

}  // namespace preflight::wire
