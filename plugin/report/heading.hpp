// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>
#include <vector>

#include "report/page.hpp"

namespace preflight {

/// The host as the user knows it, with its address: "win-srv01 (10.0.0.5:3389)".
std::string host_with_address(const Facts& facts);

/// "preflight: can't connect to win-srv01 (10.0.0.5:3389): stopped at tls", shortened by whole
/// parts to `width` columns where it can be.
std::string headline(const Facts& facts, int width);

/// The steps so far, each with its mark and a value: "negotiation ✓ NLA", "tls ✗".
std::vector<Word> progress(const Facts& facts, bool unicode);

}  // namespace preflight
