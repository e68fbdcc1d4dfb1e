// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>
#include <vector>

#include "cli/lesson.hpp"
#include "cli/lookup.hpp"
#include "report/page.hpp"

namespace preflight::cli {

/// What answers are made from.
struct Teacher {
    const Model& model;
    const ClientFacts* client;         ///< nullptr: every client's spelling is shown
    std::string program = "xfreerdp";  ///< in commands that are the same for all
};

/// One answer as text: an entry, a code with its causes, a number that stands in several tables.
void put_answer(Page& page, const Answer& answer, const Teacher& teacher);

/// What nobody knows: near misses, and what to attach to a report.
void put_unknown(Page& page, const std::string& asked, const std::vector<std::string>& near);

/// How to find out which of `causes` it is; of none: what it is at all. A check from outside cannot
/// see what happens from the sign-in on, and is named only where it can.
void put_find_out(Page& page, const std::string& why, const std::vector<const Entry*>& causes,
                  const Teacher& teacher);

/// "- tls: The host … [no-shared-tls-version]" for each, in the order of the steps.
void put_causes(Page& page, const std::string& label, const std::vector<const Entry*>& causes);

/// One explanation: title, why and fixes, without what only its own page has.
void put_short_lesson(Page& page, const Entry& entry, const Teacher& teacher);

/// One line for a code: name, number and table.
std::string headline_of(const Found& found);

}  // namespace preflight::cli
