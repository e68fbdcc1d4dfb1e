// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <deque>
#include <string>
#include <string_view>

#include "diagnose/model.hpp"

namespace preflight {

/// The compact form in which the built-in catalogue travels inside the library. It is written and
/// read by the same build, so it has no version.

/// Entries and actions of `model`.
std::string pack_model(const Model& model);

/// Reads `packed` into `model`; `files` keeps the names that places refer to. What is cut short
/// leaves the rest empty.
void unpack_model(std::string_view packed, Model& model, std::deque<std::string>& files);

/// One code table.
std::string pack_codes(const CodeTable& codes);
void unpack_codes(std::string_view packed, CodeTable& codes, std::deque<std::string>& files);

}  // namespace preflight
