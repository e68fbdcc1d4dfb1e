// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string_view>

namespace preflight {

/// Whether `version` ("3.15.0"; anything after the numbers is passed over) lies in `range`:
/// comparisons with spaces between them, such as ">=3.0.0 <3.27.0", which must all hold. An empty
/// range admits everything, even an empty version.
bool in_range(std::string_view version, std::string_view range);

/// Whether `range` is written as `in_range` expects.
bool is_range(std::string_view range);

}  // namespace preflight
