// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>

#include "diagnose/model.hpp"

namespace preflight {

/// The compact form in which the built-in catalogue travels inside the library. It is written and
/// read by the same build, so it has no version.

/// Entries, actions and code tables of `model`.
std::string pack(const Model& model);

/// Code tables that have not been read yet, by name: most failures need two of them.
using PackedCodes = std::map<std::string, std::string, std::less<>>;

/// Reads entries and actions of `packed` into `model` and gives the code tables. `files` keeps the
/// names that places refer to. What is cut short leaves the rest empty.
PackedCodes unpack(std::string_view packed, Model& model, std::deque<std::string>& files);

/// Reads one code table.
CodeTable unpack_codes(std::string_view packed, std::deque<std::string>& files);

}  // namespace preflight
