// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>
#include <string>

#include "diagnose/diagnosis.hpp"
#include "diagnose/model.hpp"
#include "diagnose/template.hpp"

namespace preflight {

/// `word` as one word of a POSIX shell: quoted only where it must be.
std::string shell_quoted(const std::string& word);

/// What fixes are filled in with.
struct FixContext {
    const FactView& facts;
    const Model& model;
    const CodeLookup& codes;
};

/// The fix `entry` for this user's host and client. Nothing when the running client has no spelling
/// for it, when it does not apply, or when it names a fact that was not observed.
std::optional<Fix> make_fix(const FixEntry& entry, const FixContext& context);

}  // namespace preflight
