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

void Page::paragraph(const Place& place, const std::vector<Word>& words, int gap) {
    const std::string label = clean(place.label);
    const int label_room = std::max(place.first - display_width(label), 0);
    // Two spaces stand before each label, as before everything else below the first line.
    std::string line = label.empty() ? std::string(place.first, ' ')
                                     : "  " + painted(label, Paint::dim) +
                                           std::string(std::max(label_room - 2, 0), ' ');
    int column = place.first;
    bool fresh = true;
    for (const auto& [text, paint] : words) {
        std::string rest = clean(text);
        while (!rest.empty()) {
            const int width = display_width(rest);
            const int space = fresh ? 0 : gap;
            const bool fits = column + space + width <= style_.width;
            if (!fits && !fresh) {
                text_ += line + '\n';
                line = std::string(place.rest, ' ');
                column = place.rest;
                fresh = true;
                continue;
            }
            const std::size_t end = fits ? rest.size() : cut(rest, style_.width - column);
            const std::string piece = rest.substr(0, end);
            line += std::string(space, ' ') + painted(piece, paint);
            column += space + display_width(piece);
            rest.erase(0, end);
            fresh = false;
        }
    }
    text_ += line + '\n';
}

void Page::verbatim(int indent, std::string_view text) {
    text_ += std::string(indent, ' ') + clean(text) + '\n';
}

}  // namespace preflight
