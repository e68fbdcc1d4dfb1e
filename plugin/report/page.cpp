// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "report/page.hpp"

#include <algorithm>
#include <array>

#include "report/utf8.hpp"
#include "wire/text.hpp"

namespace preflight {
namespace {

/// Where to cut `text`, which is wider than `width`: after the last mark that joins words and still
/// fits, such as the colons of a fingerprint, else where the line is full.
std::size_t cut(std::string_view text, int width) {
    std::string_view rest = text;
    std::size_t full = 0;
    std::size_t good = 0;
    while (!rest.empty()) {
        const char32_t code = next_character(rest);
        const std::size_t end = text.size() - rest.size();
        if (display_width(text.substr(0, end)) > width) break;
        full = end;
        if (code < 0x80 &&
            std::string_view(":/,;_-.&=").find(static_cast<char>(code)) != std::string_view::npos)
            good = end;
    }
    const std::size_t at = good > full / 2 ? good : full;
    return std::max<std::size_t>(at, 1);
}

}  // namespace

std::vector<Word> words_of(std::string_view text, Paint paint) {
    std::vector<Word> words;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(" \n"), text.size());
        if (end > 0) words.push_back({std::string(text.substr(0, end)), paint});
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

std::string Page::clean(std::string_view text) const {
    const std::string printable = wire::printable(text, std::string::npos);
    return style_.unicode ? printable : to_ascii(printable);
}

std::string Page::painted(const std::string& text, Paint paint) const {
    constexpr std::array<const char*, 5> codes = {"", "\x1b[1m", "\x1b[2m", "\x1b[32m",
                                                  "\x1b[1;31m"};
    if (!style_.colour || paint == Paint::plain || text.empty()) return text;
    return codes[static_cast<std::size_t>(paint)] + text + "\x1b[0m";
}

namespace {

/// Where a line of running text begins that `next` follows on. A host's name, say, must not look
/// like a heading of the report because it happens to be wrapped there.
int indent_before(std::string_view next, int indent) {
    constexpr int deeper = 4;
    constexpr std::array<std::string_view, 5> headings = {"Why", "Fix", "Also", "More",
                                                          "preflight"};
    const bool forges = std::any_of(headings.begin(), headings.end(), [&](std::string_view head) {
        return next.substr(0, head.size()) == head;
    });
    return forges ? std::max(indent, deeper) : indent;
}

}  // namespace

/// The line that is being filled.
struct Page::Line {
    std::string text;
    int column = 0;
    bool fresh = true;  ///< nothing but the indent is on it
};

Page::Line Page::first_line(const Place& place) const {
    const std::string label = clean(place.label);
    if (label.empty()) return {std::string(place.first, ' '), place.first};
    constexpr int margin = 2;
    const int room = std::max(place.first - margin - display_width(label), 0);
    return {std::string(margin, ' ') + painted(label, Paint::dim) + std::string(room, ' '),
            place.first};
}

Page::Line Page::next_line(std::string_view next, const Place& place) {
    const int indent = indent_before(next, place.rest);
    return {std::string(indent, ' '), indent};
}

void Page::put(Line& line, std::string_view piece, Paint paint, int gap) const {
    if (!line.fresh) line.text.append(gap, ' '), line.column += gap;
    line.text += painted(std::string(piece), paint);
    line.column += display_width(piece);
    line.fresh = false;
}

void Page::put_word(Line& line, const Place& place, const Word& word, int gap) {
    std::string rest = clean(word.text);
    while (!rest.empty()) {
        const int room = style_.width - line.column - (line.fresh ? 0 : gap);
        const int width = display_width(rest);
        // What no line can hold is cut where it stands, unless next to nothing would fit there.
        const bool too_long = width > style_.width - place.rest && room > 16;
        if (width > room && !line.fresh && !too_long) {
            text_ += line.text + '\n';
            line = next_line(rest, place);
            continue;
        }
        const std::size_t end = width <= room ? rest.size() : cut(rest, room);
        put(line, std::string_view(rest).substr(0, end), word.paint, gap);
        rest.erase(0, end);
        if (rest.empty()) break;
        text_ += line.text + '\n';
        line = next_line(rest, place);
    }
}

void Page::paragraph(const Place& place, const std::vector<Word>& words, int gap) {
    Line line = first_line(place);
    for (const auto& word : words) put_word(line, place, word, gap);
    text_ += line.text + '\n';
}

void Page::verbatim(int indent, std::string_view text) {
    text_ += std::string(indent, ' ') + clean(text) + '\n';
}

}  // namespace preflight
