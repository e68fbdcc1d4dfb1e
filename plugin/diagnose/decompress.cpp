// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <algorithm>
#include <cstdint>

#include "diagnose/compress.hpp"

namespace preflight {
namespace {

/// Reads a block from its front; at the end every byte is 0.
class BlockReader {
  public:
    explicit BlockReader(std::string_view block) : block_(block) {}

    bool done() const { return block_.empty(); }

    unsigned byte() {
        if (block_.empty()) return 0;
        const auto value = static_cast<std::uint8_t>(block_.front());
        block_.remove_prefix(1);
        return value;
    }

    /// A length of which the token holds four bits: 15 means that more follows.
    std::size_t length(unsigned bits) {
        std::size_t total = bits;
        for (unsigned more = bits == 15 ? 255 : 0; more == 255; total += more) more = byte();
        return total;
    }

    std::string_view bytes(std::size_t count) {
        const auto result = block_.substr(0, count);
        block_.remove_prefix(result.size());
        return result;
    }

  private:
    std::string_view block_;
};

}  // namespace

std::string decompress(std::string_view block, std::size_t size) {
    std::string text;
    text.reserve(size);
    BlockReader reader(block);
    while (!reader.done() && text.size() < size) {
        const unsigned token = reader.byte();
        text += reader.bytes(std::min(reader.length(token >> 4), size - text.size()));
        if (reader.done()) break;  // the last sequence has literals only
        const std::size_t low = reader.byte();
        const std::size_t offset = low | reader.byte() << 8;
        if (offset == 0 || offset > text.size()) break;
        std::size_t left = std::min(reader.length(token & 15) + 4, size - text.size());
        // A match may overlap what it makes: copy no further than what is there already.
        for (std::size_t part; left > 0; left -= part) {
            part = std::min(left, offset);
            text.append(text, text.size() - offset, part);
        }
    }
    return text;
}

}  // namespace preflight
