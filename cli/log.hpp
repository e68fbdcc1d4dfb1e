// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <istream>
#include <string>
#include <vector>

#include "cli/lookup.hpp"

namespace preflight::cli {

/// How much a line tells, the most first: preflight's own verdict, the cause, something that
/// narrows it down, what many causes print, nothing.
enum class Weight { verdict, cause, hint, symptom, noise };

/// Something in a log that is known.
struct LogFinding {
    Weight weight = Weight::noise;
    std::size_t line = 0;          ///< where it stands first, from 1
    std::size_t count = 1;         ///< how often it stands there
    Found code;                    ///< a code, or a row of the table log
    const Entry* entry = nullptr;  ///< for a verdict
    bool leads = true;             ///< false: what the code leads to does not fit where it stands
};

/// A log, read.
struct LogReading {
    std::size_t lines = 0;
    int major = 0;       ///< of the FreeRDP that wrote it, as far as its form tells; else 0
    bool cut = false;    ///< it was longer than what is read of one (4 MiB)
    bool twice = false;  ///< FreeRDP's silent second attempt is in it
    std::vector<LogFinding> findings;  ///< the most telling first, then as they stand in the log
};

/// Reads the log of a FreeRDP client (2 or 3), of Remmina, or what a dialog of Microsoft's client
/// says. Any text is taken; lines that are not understood are passed over.
LogReading read_log(std::istream& in, const Model& model);

}  // namespace preflight::cli
