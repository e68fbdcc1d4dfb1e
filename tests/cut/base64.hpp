// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <openssl/evp.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace preflight::test {

inline std::string base64(const std::vector<std::uint8_t>& bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes.data(),
                                       static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(length));
    return text;
}

inline std::vector<std::uint8_t> from_base64(const std::string& text) {
    std::vector<std::uint8_t> bytes(text.size() / 4 * 3);
    if (text.size() % 4 != 0 ||
        EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(text.data()),
                        static_cast<int>(text.size())) < 0)
        throw std::runtime_error("not base64");
    // EVP_DecodeBlock counts what only fills up.
    for (std::size_t i = text.size(); i > 0 && text[i - 1] == '='; --i) bytes.pop_back();
    return bytes;
}

}  // namespace preflight::test
