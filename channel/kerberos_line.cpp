// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "channel/kerberos_line.hpp"

#include <charconv>

namespace preflight {
namespace {

/// The name behind `for realm "` (libkrb5: "Cannot find KDC for realm", "Cannot contact any KDC for
/// realm"), in quotes of either kind.
std::string_view realm_in(std::string_view line) {
    constexpr std::string_view words = "for realm ";
    const auto found = line.find(words);
    if (found == line.npos || found + words.size() >= line.size()) return {};
    line.remove_prefix(found + words.size());
    const char quote = line.front();
    if (quote != '"' && quote != '\'') return {};
    line.remove_prefix(1);
    return line.substr(0, line.find(quote));
}

}  // namespace

std::optional<KerberosError> kerberos_error_in(std::string_view line) {
    constexpr std::string_view end = "])";
    const auto bracket = line.rfind('[');
    if (bracket == line.npos || line.size() < end.size() ||
        line.substr(line.size() - end.size()) != end)
        return std::nullopt;
    const std::string_view number =
        line.substr(bracket + 1, line.size() - end.size() - bracket - 1);
    KerberosError error;
    const auto [stop, problem] =
        std::from_chars(number.data(), number.data() + number.size(), error.code);
    if (problem != std::errc() || stop != number.data() + number.size() || error.code == 0)
        return std::nullopt;
    error.realm = realm_in(line);
    return error;
}

}  // namespace preflight
