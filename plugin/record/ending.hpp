// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>

#include "facts/fields.hpp"

namespace preflight::record {

/// How a connection ended, by what a read or write reported: error 0 is an orderly end. "reset",
/// "closed", "silent" (no sign of life until the system gave up), or nothing where it does not
/// tell.
Maybe<std::string> ending_of(int error);

}  // namespace preflight::record
