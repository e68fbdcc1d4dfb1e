// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>
#include <vector>

namespace preflight {

/// A file of somebody's own catalogue.
struct CatalogueFile {
    std::string path;
    bool is_codes = false;  ///< from the folder codes/
    std::string text;
};

/// All *.toml of `directory` and of its folder codes/, sorted by name. What cannot be read, is no
/// plain file or is larger than 4 MiB becomes a line of `problems`.
std::vector<CatalogueFile> read_toml_files(const std::string& directory,
                                           std::vector<std::string>& problems);

/// Whether `examples` holds ID.json or ID.VARIANT.json.
bool has_example(const std::string& examples, const std::string& id);

}  // namespace preflight
