// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>
#include <string_view>

namespace preflight {

/// The form in which a code is looked up: numbers, decimal or as 0x…, become decimal; other codes
/// stay as they are. "0x0000000b", "0xB" and "11" are one code.
std::string code_key(std::string_view code);

}  // namespace preflight
