// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/reassembler.hpp"

#include <algorithm>

namespace preflight::wire {

void Reassembler::feed(Bytes bytes) {
    if (broken_) return;
    drop_taken();
    // Whatever goes beyond the limit is cut off: the message it belongs to can then never be whole.
    const std::size_t room = limit_ - std::min(limit_, data_.size());
    const Bytes kept = bytes.first(std::min(room, bytes.size()));
    data_.insert(data_.end(), kept.begin(), kept.end());
    if (kept.size() < bytes.size()) cut_ = true;
}

std::optional<std::vector<std::uint8_t>> Reassembler::take() {
    if (broken_) return std::nullopt;
    const Frame frame = framing_(pending());
    if (frame.state == Frame::State::broken || frame.length > limit_) broken_ = true;
    if (frame.state != Frame::State::known || broken_) return std::nullopt;
    if (frame.length == 0 || pending().size() < frame.length) {
        broken_ = frame.length == 0 || cut_;
        return std::nullopt;
    }
    const Bytes message = pending().first(frame.length);
    taken_ += frame.length;
    return std::vector<std::uint8_t>(message.begin(), message.end());
}

void Reassembler::clear() {
    std::fill(data_.begin(), data_.end(), std::uint8_t{0});
    data_.clear();
    taken_ = 0;
}

void Reassembler::drop_taken() {
    if (taken_ == 0) return;
    const auto end =
        std::copy(data_.begin() + static_cast<std::ptrdiff_t>(taken_), data_.end(), data_.begin());
    std::fill(end, data_.end(), std::uint8_t{0});
    data_.erase(end, data_.end());
    taken_ = 0;
}

}  // namespace preflight::wire
