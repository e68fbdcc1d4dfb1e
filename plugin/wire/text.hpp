// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "wire/reader.hpp"

namespace preflight::wire {

/// A stranger's text, fit for a terminal, a file and JSON: valid UTF-8 without control characters.
/// Control characters and bytes that are no UTF-8 become `\xNN`; marks that are invisible or change
/// the direction of writing become `\u{NNNN}`. What is longer than `limit` bytes ends in "…".
std::string printable(std::string_view text, std::size_t limit = 256);
std::string printable(Bytes bytes, std::size_t limit = 256);

}  // namespace preflight::wire
