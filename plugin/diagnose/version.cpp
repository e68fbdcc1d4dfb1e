// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "diagnose/version.hpp"

#include <array>
#include <optional>

namespace preflight {
namespace {

using Version = std::array<unsigned, 4>;

std::optional<Version> parse_version(std::string_view text, bool whole) {
    Version version{};
    std::size_t at = 0;
    for (auto& part : version) {
        const std::size_t start = at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9' && at - start < 8)
            part = part * 10 + static_cast<unsigned>(text[at++] - '0');
        if (at == start) return std::nullopt;
        if (at == text.size() || text[at] != '.') break;
        ++at;
    }
    if (whole && at != text.size()) return std::nullopt;
    return version;
}

struct Bound {
    std::string_view comparison;
    Version version;
};

std::optional<Bound> parse_bound(std::string_view word) {
    for (std::string_view comparison : {">=", "<=", ">", "<", "="}) {
        if (word.substr(0, comparison.size()) != comparison) continue;
        const auto version = parse_version(word.substr(comparison.size()), true);
        return version ? std::optional(Bound{comparison, *version}) : std::nullopt;
    }
    return std::nullopt;
}

bool within(const Version& version, const Bound& bound) {
    if (bound.comparison == ">=") return version >= bound.version;
    if (bound.comparison == "<=") return version <= bound.version;
    if (bound.comparison == ">") return version > bound.version;
    if (bound.comparison == "<") return version < bound.version;
    return version == bound.version;
}

/// Calls `check` for each word of `range` until one is false.
template <class Check>
bool every_word(std::string_view range, Check check) {
    while (!range.empty()) {
        const auto end = range.find(' ');
        const auto word = range.substr(0, end);
        if (!word.empty() && !check(word)) return false;
        range = end == std::string_view::npos ? std::string_view() : range.substr(end + 1);
    }
    return true;
}

}  // namespace

bool in_range(std::string_view version, std::string_view range) {
    const auto have = parse_version(version, false);
    return every_word(range, [&](std::string_view word) {
        const auto bound = parse_bound(word);
        return have && bound && within(*have, *bound);
    });
}

bool is_range(std::string_view range) {
    return every_word(range, [](std::string_view word) { return parse_bound(word).has_value(); });
}

}  // namespace preflight
