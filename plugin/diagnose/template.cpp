// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "diagnose/template.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace preflight {
namespace {

/// The text up to `mark`, which is taken off `rest` with it; all of `rest` when there is none.
std::string_view take_until(std::string_view& rest, char mark) {
    const auto end = rest.find(mark);
    const auto head = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    return head;
}

Choice parse_choice(std::string_view text) {
    Choice choice;
    std::string_view head = take_until(text, '#');
    choice.form = text;
    choice.fact = take_until(head, '@');
    const auto dot = head.rfind('.');
    if (dot == std::string_view::npos) {
        choice.table = head;
    } else {
        choice.table = head.substr(0, dot);
        choice.column = head.substr(dot + 1);
    }
    return choice;
}

/// Whether `text` is written like a fact's dotted name, perhaps with "@table.column" or "#form".
bool looks_like_fact(std::string_view text) {
    const auto is_part = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               std::string_view("_.[]@#-").find(c) != std::string_view::npos;
    };
    const auto dot = text.find('.');
    return dot != std::string_view::npos && dot > 0 && dot + 1 < text.size() && text[0] >= 'a' &&
           text[0] <= 'z' && std::all_of(text.begin(), text.end(), is_part);
}

Placeholder parse_placeholder(std::string_view inside) {
    Placeholder placeholder;
    while (true) {
        const auto bar = inside.find('|');
        if (bar == std::string_view::npos) break;
        placeholder.choices.push_back(parse_choice(take_until(inside, '|')));
    }
    placeholder.has_words = !placeholder.choices.empty() && !looks_like_fact(inside);
    if (placeholder.has_words)
        placeholder.words = inside;
    else
        placeholder.choices.push_back(parse_choice(inside));
    return placeholder;
}

bool starts_placeholder(std::string_view text) {
    return text.size() > 1 && text[0] == '{' && text[1] >= 'a' && text[1] <= 'z' &&
           text.find('}') != std::string_view::npos;
}

/// "a, b, c and 4 more".
std::string some_of(const Texts& texts, std::size_t limit) {
    if (limit == 0 || texts.size() <= limit) return text_of(texts);
    const Texts shown(texts.begin(), texts.begin() + static_cast<std::ptrdiff_t>(limit));
    return text_of(shown) + " and " + std::to_string(texts.size() - limit) + " more";
}

std::string in_form(const Value& value, std::string_view form) {
    if (const auto* texts = std::get_if<Texts>(&value))
        return some_of(*texts, std::strtoul(std::string(form).c_str(), nullptr, 10));
    if (const auto* number = std::get_if<std::int64_t>(&value); number && form == "hex") {
        char hex[24];
        std::snprintf(hex, sizeof hex, "0x%08llX", static_cast<unsigned long long>(*number));
        return hex;
    }
    if (form == "date") return text_of(value).substr(0, 10);
    return text_of(value);
}

std::string choose(const Choice& choice, const FactView& facts, const CodeLookup& codes) {
    const Value* value = facts.find(choice.fact);
    if (!value) return {};
    if (choice.table.empty()) return in_form(*value, choice.form);
    return codes ? codes(choice.table, text_of(*value), choice.column) : std::string();
}

void fill_placeholder(const Placeholder& placeholder, const FactView& facts,
                      const CodeLookup& codes, const Quoting& quote, Filled& filled) {
    for (const auto& choice : placeholder.choices) {
        std::string text = choose(choice, facts, codes);
        if (text.empty()) continue;
        filled.text += quote ? quote(std::move(text)) : text;
        return;
    }
    if (!placeholder.has_words) filled.complete = false;
    filled.text += placeholder.has_words ? placeholder.words : std::string_view("(not known)");
}

}  // namespace

std::vector<Piece> parse_template(std::string_view text) {
    std::vector<Piece> pieces;
    std::size_t literal = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!starts_placeholder(text.substr(at))) continue;
        if (at > literal) pieces.emplace_back(text.substr(literal, at - literal));
        const auto end = text.find('}', at);
        pieces.emplace_back(parse_placeholder(text.substr(at + 1, end - at - 1)));
        literal = end + 1;
        at = end;
    }
    if (literal < text.size()) pieces.emplace_back(text.substr(literal));
    return pieces;
}

Filled fill(std::string_view text, const FactView& facts, const CodeLookup& codes,
            const Quoting& quote) {
    Filled filled;
    for (const auto& piece : parse_template(text)) {
        if (const auto* literal = std::get_if<std::string_view>(&piece))
            filled.text += *literal;
        else
            fill_placeholder(std::get<Placeholder>(piece), facts, codes, quote, filled);
    }
    return filled;
}

}  // namespace preflight
