// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diagnose/model.hpp"

namespace preflight {

/// Something wrong with a file, as "FILE:LINE: what".
std::string problem_at(const Place& place, const std::string& what);

/// What loading adds to, and where it complains.
struct Loading {
    Model& model;
    std::vector<std::string>& problems;
    const std::string* file;  ///< name for messages; must outlive the model
};

/// Reads explanations. A table whose id is there already replaces only the keys it gives; its
/// `extra-fix` tables come before the fixes of the same kind that are there. A table with a problem
/// is left out. Ids that were added or changed go to `changed`, where given.
void load_entries(std::string_view text, const Loading& loading,
                  std::vector<std::string>* changed = nullptr);

/// Reads actions; one that is there already is replaced as a whole.
void load_actions(std::string_view text, const Loading& loading);

/// Reads the rows of the code table `table`; of a row that is there already only the given columns
/// are replaced.
void load_codes(std::string_view text, const std::string& table, const Loading& loading);

}  // namespace preflight
