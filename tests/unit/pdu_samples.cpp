// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "pdu_samples.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace preflight::test {
namespace {

const std::filesystem::path folder = "tests/data/pdus";

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

Octets hex(std::string_view text) {
    Octets octets;
    int high = -1;
    for (const char c : text) {
        const int value = digit(c);
        if (value < 0) continue;
        if (high < 0) {
            high = value;
        } else {
            octets.push_back(static_cast<std::uint8_t>(high << 4 | value));
            high = -1;
        }
    }
    return octets;
}

Octets pdu(const std::string& name) {
    std::ifstream file(folder / (name + ".hex"));
    std::string line;
    std::string digits;
    while (std::getline(file, line))
        if (line.empty() || line.front() != '#') digits += line;
    if (digits.empty()) {
        std::fprintf(stderr, "cannot read the sample %s\n", name.c_str());
        std::exit(1);
    }
    return hex(digits);
}

std::vector<std::string> all_pdu_names() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".hex")
            names.push_back(
                std::filesystem::relative(entry.path(), folder).replace_extension().string());
    std::sort(names.begin(), names.end());
    return names;
}

Octets utf16(std::string_view text) {
    Octets octets;
    for (const char c : text) {
        octets.push_back(static_cast<std::uint8_t>(c));
        octets.push_back(0);
    }
    return octets;
}

Octets le16(std::uint16_t value) {
    return {static_cast<std::uint8_t>(value), static_cast<std::uint8_t>(value >> 8)};
}

Octets le32(std::uint32_t value) {
    return joined(
        {le16(static_cast<std::uint16_t>(value)), le16(static_cast<std::uint16_t>(value >> 16))});
}

Octets joined(const std::vector<Octets>& pieces) {
    Octets whole;
    for (const auto& piece : pieces) whole.insert(whole.end(), piece.begin(), piece.end());
    return whole;
}

Octets element(std::uint8_t tag, const Octets& contents) {
    Octets head = {tag};
    if (contents.size() < 0x80) {
        head.push_back(static_cast<std::uint8_t>(contents.size()));
    } else {
        head.push_back(0x82);
        head.push_back(static_cast<std::uint8_t>(contents.size() >> 8));
        head.push_back(static_cast<std::uint8_t>(contents.size()));
    }
    return joined({head, contents});
}

}  // namespace preflight::test
