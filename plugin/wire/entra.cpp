// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/entra.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace preflight::wire {
namespace {

void skip_space(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
}

/// Goes behind the quoted name and its colon.
bool skip_to_value(std::string_view& text, std::string_view quoted_name) {
    const std::size_t found = text.find(quoted_name);
    if (found == text.npos) return false;
    text.remove_prefix(found + quoted_name.size());
    skip_space(text);
    if (text.empty() || text.front() != ':') return false;
    text.remove_prefix(1);
    skip_space(text);
    return true;
}

/// A whole number as JSON writes it, or quoted; in sixteens behind 0x.
bool read_number(std::string_view text, std::uint32_t& value) {
    if (!text.empty() && text.front() == '"') text.remove_prefix(1);
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    const bool sixteens = text.substr(0, 2) == "0x" || text.substr(0, 2) == "0X";
    if (sixteens) text.remove_prefix(2);
    std::uint32_t number = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), number, sixteens ? 16 : 10);
    if (error != std::errc()) return false;
    // An HRESULT that failed is negative where it is written as a signed number.
    value = negative ? 0 - number : number;
    return true;
}

}  // namespace

Frame entra_frame(Bytes bytes) {
    if (!bytes.empty() && bytes.front() != '{') return {Frame::State::broken, 0};
    const auto end = std::find(bytes.begin(), bytes.end(), std::uint8_t{0});
    if (end == bytes.end()) return {};
    return {Frame::State::known, static_cast<std::size_t>(end - bytes.begin()) + 1};
}

std::optional<EntraMessage> parse_entra(Bytes bytes) {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (text.empty() || text.front() != '{' || text.find('}') == text.npos) return std::nullopt;
    EntraMessage message;
    std::string_view value = text;
    if (skip_to_value(value, "\"authentication_result\"")) {
        message.kind = EntraMessage::Kind::result;
        if (!read_number(value, message.result)) return std::nullopt;
        return message;
    }
    value = text;
    if (!skip_to_value(value, "\"ts_nonce\"")) return std::nullopt;
    return message;
}

}  // namespace preflight::wire
