// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/report.hpp"

namespace preflight {

/// Columns that `text` takes on a terminal: wide characters count two, combining ones none.
int display_width(std::string_view text);

/// `text` in ASCII: marks and dashes by what they stand for, the rest as \u{…}.
std::string to_ascii(std::string_view text);

/// How a word is painted where there is colour. Never the only carrier of a meaning.
enum class Paint { plain, bold, dim, good, bad };

struct Word {
    std::string text;
    Paint paint = Paint::plain;
};

/// A text cut into its words.
std::vector<Word> words_of(std::string_view text, Paint paint = Paint::plain);

/// A page of text that grows downward. Everything that is put on it is made printable first, and is
/// ASCII where the style says so.
class Page {
  public:
    explicit Page(const TextStyle& style) : style_(style) {}

    void blank() { text_ += '\n'; }

    /// Where a paragraph stands: its first line at `first`, all others at `rest`. What `label` says
    /// stands in front of the first line.
    struct Place {
        int first = 0;
        int rest = 0;
        std::string label;
    };

    /// Words, wrapped at the page's width, with `gap` spaces between them.
    void paragraph(const Place& place, const std::vector<Word>& words, int gap = 1);
    void paragraph(const Place& place, std::string_view text, Paint paint = Paint::plain) {
        paragraph(place, words_of(text, paint));
    }

    /// One line that is never wrapped, so that it can be pasted.
    void verbatim(int indent, std::string_view text);

    const TextStyle& style() const { return style_; }
    const std::string& text() const { return text_; }

  private:
    struct Line;
    Line first_line(const Place& place) const;
    static Line next_line(std::string_view next, const Place& place);
    void put(Line& line, std::string_view piece, Paint paint, int gap) const;
    void put_word(Line& line, const Place& place, const Word& word, int gap);
    std::string clean(std::string_view text) const;
    std::string painted(const std::string& text, Paint paint) const;

    TextStyle style_;
    std::string text_;
};

}  // namespace preflight
