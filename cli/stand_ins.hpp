// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>
#include <string_view>

namespace preflight::cli {

/// A text of the catalogue without a connection behind it: each brace gives the words that it has
/// for a fact which was not observed, else what stands for such a value (HOST, TLS VERSION).
std::string without_values(std::string_view text);

/// The same for what is pasted into a command of `program`: HOST, PORT, never a sentence.
std::string for_command(std::string_view text, std::string_view program);

}  // namespace preflight::cli
