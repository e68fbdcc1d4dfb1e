// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <cstddef>
#include <string_view>

namespace preflight {

/// The catalogue of catalog/, packed (pack.hpp) and compressed (compress.hpp) at build time:
/// reading TOML takes longer than a report may, and half of the add-on would be text.
struct EmbeddedCatalogue {
    std::string_view block;
    std::size_t size;  ///< of what is packed in it
};
EmbeddedCatalogue embedded_catalogue();

}  // namespace preflight
