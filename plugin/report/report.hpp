// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>

#include "diagnose/diagnosis.hpp"
#include "facts/facts.hpp"

namespace preflight {

enum class Detail { line, report, verbose };

/// How the text form is to look.
struct TextStyle {
    int width = 80;       ///< columns; never less than 40
    bool colour = false;  ///< ANSI colours
    bool unicode = true;  ///< else ASCII only
    Detail detail = Detail::report;
};

/// The style for the file descriptor `fd`: width and colour of a terminal, NO_COLOR, TERM and the
/// locale obeyed. `colour` is auto, always or never.
TextStyle style_for(int fd, const std::string& colour, Detail detail);

/// The report as text, ending in a newline. Of a check that passed: see render_check.
std::string render_text(const Explanation& explanation, const Facts& facts, const TextStyle& style);

/// A check that passed, as text: what works, what the client would ask, what ends soon.
std::string render_check(const Explanation& explanation, const Facts& facts,
                         const TextStyle& style);

/// The same, passed or not, in one line without the host's name.
std::string check_line(const Explanation& explanation, const Facts& facts);

/// The report as JSON (docs/report.schema.json), ending in a newline; `whole_line`: in one line.
std::string render_json(const Explanation& explanation, const Facts& facts,
                        bool whole_line = false);

/// Writes `text` whole or not at all: to a new file beside `path` (mode 0600), then renamed over
/// it. Returns an empty string, or what went wrong.
std::string write_file(const std::string& path, const std::string& text);

}  // namespace preflight
