// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::fuzz {

using Bytes = std::span<const std::uint8_t>;

/// Gives any bytes to a part of preflight and says what is wrong with the answer; empty when all is
/// well. What breaks memory is for the sanitizers to find. The fuzzers and the unit tests share
/// these.
using Oracle = std::string (*)(Bytes);

struct NamedOracle {
    std::string_view name;
    Oracle oracle;
};

std::span<const NamedOracle> wire_oracles();
std::span<const NamedOracle> engine_oracles();

/// All of them.
std::vector<NamedOracle> all_oracles();

/// The oracle called `name`, or nullptr.
Oracle oracle_named(std::string_view name);

/// Reads beyond the end of its input when that begins in a certain way: whatever looks for faults
/// must find this one.
std::string planted(Bytes bytes);

/// What is wrong with a text that is to be shown: control characters, invalid UTF-8, more than
/// `limit` bytes. Empty when nothing is.
std::string fault_of_text(std::string_view text, std::size_t limit = 1100);

}  // namespace preflight::fuzz
