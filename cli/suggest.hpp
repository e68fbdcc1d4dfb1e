// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>
#include <vector>

#include "diagnose/model.hpp"

namespace preflight::cli {

/// Ids and names of codes that look like `word`, the most similar first, at most `most`. Empty
/// where this was built without libfstrcmp.
std::vector<std::string> near_misses(const Model& model, const std::string& word,
                                     std::size_t most = 4);

}  // namespace preflight::cli
