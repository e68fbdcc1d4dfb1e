// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "diagnose/diagnosis.hpp"
#include "diagnose/model.hpp"
#include "diagnose/template.hpp"

namespace preflight {

/// The entries of `model` that match, the root cause first. Never empty.
Explanation explain(const Model& model, const FactView& facts, const CodeLookup& codes);

}  // namespace preflight
