// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <span>
#include <string_view>

namespace preflight {

/// The catalogue of catalog/, packed at build time (pack.hpp): reading TOML takes longer than a
/// report may.

/// Entries and actions.
std::string_view embedded_model();

/// A table of catalog/codes/.
struct EmbeddedCodes {
    std::string_view name;
    std::string_view packed;
};
std::span<const EmbeddedCodes> embedded_codes();

}  // namespace preflight
