// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "replay/half_stream.hpp"

#include <algorithm>
#include <utility>

namespace preflight::replay {
namespace {

constexpr std::size_t most_held_bytes = 256 * 1024;
constexpr std::size_t most_held_pieces = 1024;
constexpr std::int32_t largest_window = 16 * 1024 * 1024;  // what lies further ahead is astray

}  // namespace

void HalfStream::begin(std::uint32_t sequence) {
    tracker_.sequence_number(sequence);
    begun_ = true;
}

std::vector<std::uint8_t> HalfStream::take(std::uint32_t sequence, Bytes payload) {
    const std::int32_t ahead = distance(sequence);
    if (payload.empty() || ahead > largest_window || ahead < -largest_window) return {};
    tracker_.process_payload(sequence, {payload.begin(), payload.end()});
    return ready();
}

void HalfStream::ends_at(std::uint32_t sequence) {
    if (!end_) end_ = sequence;
}

void HalfStream::acknowledged(std::uint32_t sequence) {
    const std::int32_t ahead = distance(sequence);
    // A single one may be the FIN's.
    if (ahead > 1 && ahead < largest_window) acknowledged_ = sequence;
}

std::uint32_t HalfStream::hole() const {
    std::int32_t nearest = end_ ? std::max(distance(*end_), 0) : 0;
    if (nearest == 0 && acknowledged_) nearest = std::max(distance(*acknowledged_), 0);
    for (const auto& [sequence, piece] : tracker_.buffered_payload()) {
        const std::int32_t ahead = distance(sequence);
        if (ahead > 0 && (nearest == 0 || ahead < nearest)) nearest = ahead;
    }
    return static_cast<std::uint32_t>(nearest);
}

bool HalfStream::is_given_up() const {
    return tracker_.total_buffered_bytes() > most_held_bytes ||
           tracker_.buffered_payload().size() > most_held_pieces;
}

std::vector<std::uint8_t> HalfStream::pass_hole() {
    const std::uint32_t to = tracker_.sequence_number() + hole();
    auto& held = tracker_.buffered_payload();
    const auto piece = held.find(to);
    std::vector<std::uint8_t> bytes;
    if (piece != held.end()) bytes = piece->second;
    tracker_.advance_sequence(to);
    // At its own place it is read on at once, with whatever joins it.
    if (!bytes.empty()) tracker_.process_payload(to, std::move(bytes));
    return ready();
}

std::vector<std::uint8_t> HalfStream::ready() { return std::exchange(tracker_.payload(), {}); }

}  // namespace preflight::replay
