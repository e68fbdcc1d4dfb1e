// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace preflight::fuzz {

/// What the oracle `name` begins with: the real bytes in tests/data, the catalogue, its examples.
std::vector<std::vector<std::uint8_t>> seeds_of(std::string_view name);

}  // namespace preflight::fuzz
