// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>

#include "facts/facts.hpp"
#include "probe/ask_again.hpp"

namespace preflight {

/// What to ask the host again, where it was reached and what it did leaves more than one cause: it
/// hung up or fell silent at the connection request or at the TLS greeting, or broke off with an
/// alert that says little. Nothing once the sign-in began, through a proxy or gateway, after a
/// redirection, or when the user stopped the client.
std::optional<AgainPlan> worth_asking(const Facts& facts);

}  // namespace preflight
