// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/facts.hpp"
#include "probe/full.hpp"

namespace preflight {

/// Turns what a full check asked into facts: protocols by what the host selected, TLS versions by
/// its ServerHello, and what there was no time for.
void add_survey(const Survey& survey, const CheckAccount& account, Facts& facts);

/// Asks what a full check asks beyond the quick one, and adds what it learnt.
void survey_fully(const CheckPlan& plan, CheckAccount& account, Facts& facts);

/// Whether the host takes NLA, as far as these connections tell; nothing where they do not.
Maybe<std::string> nla_of(const std::vector<CheckAccount::Asked>& asked);

}  // namespace preflight
