// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "fuzz/oracle.hpp"

#include <memory>

namespace preflight::fuzz {
namespace {

/// How long the character is that begins with `first`; 0 where none does.
std::size_t length_of(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first < 0xe0) return 2;
    if (first >= 0xe0 && first < 0xf0) return 3;
    return first >= 0xf0 && first < 0xf5 ? 4 : 0;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = length_of(static_cast<unsigned char>(text.front()));
        if (length == 0 || length > text.size()) return false;
        for (std::size_t i = 1; i < length; ++i)
            if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) return false;
        text.remove_prefix(length);
    }
    return true;
}

}  // namespace

std::string fault_of_text(std::string_view text, std::size_t limit) {
    if (text.size() > limit) return "a text of " + std::to_string(text.size()) + " bytes";
    for (const char c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return "a control character";
    return is_utf8(text) ? "" : "invalid UTF-8";
}

std::vector<NamedOracle> all_oracles() {
    std::vector<NamedOracle> all;
    for (const auto& oracles : {wire_oracles(), engine_oracles()})
        all.insert(all.end(), oracles.begin(), oracles.end());
    return all;
}

Oracle oracle_named(std::string_view name) {
    if (name == "planted") return planted;
    for (const auto& [known, oracle] : all_oracles())
        if (known == name) return oracle;
    return nullptr;
}

/// A TPKT whose length is believed: what careless parsers do.
std::string planted(Bytes bytes) {
    if (bytes.size() < 7 || bytes[0] != 3 || bytes[1] != 0 || bytes[5] != 0xe0) return {};
    const std::size_t length = static_cast<std::size_t>(bytes[2]) << 8 | bytes[3];
    const auto copy = std::make_unique<std::uint8_t[]>(bytes.size());
    std::copy(bytes.begin(), bytes.end(), copy.get());
    volatile unsigned sum = 0;
    for (std::size_t i = 0; i < length; ++i) sum = sum + copy[i];  // the planted fault
    return {};
}

}  // namespace preflight::fuzz
