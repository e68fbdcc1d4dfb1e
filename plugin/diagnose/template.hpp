// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "diagnose/values.hpp"

namespace preflight {

/// One choice inside braces: "fact", "fact@table.column", "fact#3", "fact#hex" or "fact#date".
struct Choice {
    std::string_view fact;
    std::string_view table;   ///< empty without "@"
    std::string_view column;  ///< empty without "@"
    std::string_view form;    ///< empty without "#"
};

/// A pair of braces: the choices in order, and the words for when none was observed. What follows
/// the last bar is words unless it is written like a fact's dotted name.
struct Placeholder {
    std::vector<Choice> choices;
    bool has_words = false;
    std::string_view words;
};

/// A template in pieces; views point into the template. Braces that no small letter follows are
/// literal, so that scripts may have them.
using Piece = std::variant<std::string_view, Placeholder>;
std::vector<Piece> parse_template(std::string_view text);

/// A row of a code table: (table, code, column) → text, or empty.
using CodeLookup = std::function<std::string(std::string_view, std::string_view, std::string_view)>;

/// What happens to each value that is filled in.
using Quoting = std::function<std::string(std::string)>;

/// A template filled in. `complete` is false when a fact it names was not observed; "(not known)"
/// then stands in its place.
struct Filled {
    std::string text;
    bool complete = true;
};
Filled fill(std::string_view text, const FactView& facts, const CodeLookup& codes,
            const Quoting& quote = {});

}  // namespace preflight
