// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "diagnose/compress.hpp"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace preflight {
namespace {

constexpr std::size_t shortest_match = 4;
constexpr std::size_t farthest = 65535;
constexpr std::size_t literal_tail = 5;    ///< the block ends in at least five literals
constexpr std::size_t no_match_tail = 12;  ///< no match begins in the last twelve bytes

struct Match {
    std::size_t length = 0;
    std::size_t offset = 0;
};

/// Finds the longest match before a position by trying every earlier place with the same four
/// bytes.
class Finder {
  public:
    explicit Finder(std::string_view text) : text_(text) {}

    Match find(std::size_t at) const {
        Match best;
        if (at + no_match_tail > text_.size()) return best;
        const auto places = places_.find(key(at));
        if (places == places_.end()) return best;
        for (auto place = places->second.rbegin(); place != places->second.rend(); ++place) {
            if (at - *place > farthest) break;
            const std::size_t length = common(*place, at);
            if (length > best.length) best = {length, at - *place};
        }
        return best.length >= shortest_match ? best : Match();
    }

    void add(std::size_t at) {
        if (at + shortest_match <= text_.size()) places_[key(at)].push_back(at);
    }

  private:
    std::string_view key(std::size_t at) const { return text_.substr(at, shortest_match); }

    std::size_t common(std::size_t earlier, std::size_t at) const {
        const std::size_t most = text_.size() - literal_tail - at;
        std::size_t length = 0;
        while (length < most && text_[earlier + length] == text_[at + length]) ++length;
        return length;
    }

    std::string_view text_;
    std::unordered_map<std::string_view, std::vector<std::size_t>> places_;
};

void put_length(std::string& block, std::size_t length) {
    if (length < 15) return;
    for (length -= 15; length >= 255; length -= 255) block += static_cast<char>(255);
    block += static_cast<char>(length);
}

void put_sequence(std::string& block, std::string_view literals, const Match& match) {
    const std::size_t extra = match.length ? match.length - shortest_match : 0;
    block += static_cast<char>(std::min<std::size_t>(literals.size(), 15) << 4 |
                               std::min<std::size_t>(extra, 15));
    put_length(block, literals.size());
    block += literals;
    if (match.length == 0) return;
    block += static_cast<char>(match.offset & 0xff);
    block += static_cast<char>(match.offset >> 8);
    put_length(block, extra);
}

}  // namespace

std::string compress(std::string_view text) {
    std::string block;
    Finder finder(text);
    std::size_t literals = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Match match = finder.find(at);
        finder.add(at);
        // A longer match one byte on is worth a literal.
        if (match.length == 0 || finder.find(at + 1).length > match.length + 1) {
            ++at;
            continue;
        }
        put_sequence(block, text.substr(literals, at - literals), match);
        for (std::size_t i = 1; i < match.length; ++i) finder.add(at + i);
        at += match.length;
        literals = at;
    }
    put_sequence(block, text.substr(literals), Match());
    return block;
}

}  // namespace preflight
