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

/// The report as text, ending in a newline.
std::string render_text(const Explanation& explanation, const Facts& facts, const TextStyle& style);

/// The report as JSON (docs/report.schema.json), ending in a newline.
std::string render_json(const Explanation& explanation, const Facts& facts);

/// Writes `text` whole or not at all: to a new file beside `path` (mode 0600), then renamed over
/// it. Returns an empty string, or what went wrong.
std::string write_file(const std::string& path, const std::string& text);

}  // namespace preflight
