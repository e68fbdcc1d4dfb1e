// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "channel/options.hpp"
#include "check/check.hpp"
#include "facts/facts.hpp"

namespace preflight {

/// Whether a check meets what the client would: the host itself, dialled without a proxy or a
/// gateway. `proxy_given`: the client has one among its options.
bool can_check(const Facts& known, bool proxy_given);

/// What is worth a line before the client connects: what would stop it, and a certificate that has
/// ended or ends soon. Empty where all is well, and where the check did not come to an end.
Texts findings(const CheckResult& result);

/// Asks the client's host before the client does, as `rdp-preflight check` would: one connection,
/// without signing in, 3 seconds at most. Prints the findings, a line each.
void check_first(const Facts& known, bool proxy_given, const Options& options);

}  // namespace preflight
