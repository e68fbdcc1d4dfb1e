// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace preflight::wire {

using Bytes = std::span<const std::uint8_t>;

/// Reads bytes that a stranger sent, front to back. Every read fails at the end of the input, and
/// then neither moves on nor writes its result. All wire formats are read through this class.
class Reader {
  public:
    Reader() = default;
    explicit Reader(Bytes bytes) : rest_(bytes) {}

    bool empty() const { return rest_.empty(); }
    std::size_t size() const { return rest_.size(); }

    /// What has not been read yet.
    Bytes rest() const { return rest_; }

    [[nodiscard]] bool u8(std::uint8_t& value) { return big_endian(1, value); }
    [[nodiscard]] bool u16be(std::uint16_t& value) { return big_endian(2, value); }
    [[nodiscard]] bool u24be(std::uint32_t& value) { return big_endian(3, value); }
    [[nodiscard]] bool u32be(std::uint32_t& value) { return big_endian(4, value); }
    [[nodiscard]] bool u16le(std::uint16_t& value) { return little_endian(2, value); }
    [[nodiscard]] bool u32le(std::uint32_t& value) { return little_endian(4, value); }

    /// The next `count` bytes.
    [[nodiscard]] bool bytes(std::size_t count, Bytes& value) {
        if (count > rest_.size()) return false;
        value = rest_.first(count);
        rest_ = rest_.subspan(count);
        return true;
    }

    [[nodiscard]] bool skip(std::size_t count) {
        Bytes skipped;
        return bytes(count, skipped);
    }

    /// A vector that a length of one, two or three bytes (big endian) goes before.
    [[nodiscard]] bool vector8(Reader& value) { return vector(1, value); }
    [[nodiscard]] bool vector16(Reader& value) { return vector(2, value); }
    [[nodiscard]] bool vector24(Reader& value) { return vector(3, value); }

  private:
    template <class T>
    bool big_endian(std::size_t width, T& value) {
        Bytes read;
        if (!bytes(width, read)) return false;
        std::uint32_t sum = 0;
        for (const std::uint8_t byte : read) sum = sum << 8 | byte;
        value = static_cast<T>(sum);
        return true;
    }

    template <class T>
    bool little_endian(std::size_t width, T& value) {
        Bytes read;
        if (!bytes(width, read)) return false;
        std::uint32_t sum = 0;
        for (std::size_t i = width; i-- > 0;) sum = sum << 8 | read[i];
        value = static_cast<T>(sum);
        return true;
    }

    bool vector(std::size_t width, Reader& value) {
        Reader ahead = *this;
        std::uint32_t length = 0;
        Bytes content;
        if (!ahead.big_endian(width, length) || !ahead.bytes(length, content)) return false;
        *this = ahead;
        value = Reader(content);
        return true;
    }

    Bytes rest_;
};

}  // namespace preflight::wire
