// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/websocket.hpp"

namespace preflight::wire {
namespace {

struct Header {
    std::uint8_t first = 0;
    bool masked = false;
    std::uint64_t length = 0;  ///< of the payload
};

bool read_header(Reader& reader, Header& header) {
    constexpr std::uint8_t two_bytes = 126;
    constexpr std::uint8_t eight_bytes = 127;
    constexpr std::size_t masking_key = 4;
    std::uint8_t second = 0;
    if (!reader.u8(header.first) || !reader.u8(second)) return false;
    header.masked = second & 0x80;
    header.length = second & 0x7f;
    if (header.length == two_bytes) {
        std::uint16_t length = 0;
        if (!reader.u16be(length)) return false;
        header.length = length;
    } else if (header.length == eight_bytes) {
        std::uint32_t high = 0;
        std::uint32_t low = 0;
        if (!reader.u32be(high) || !reader.u32be(low)) return false;
        header.length = std::uint64_t{high} << 32 | low;
    }
    return !header.masked || reader.skip(masking_key);
}

bool is_known(std::uint8_t opcode) { return opcode <= 0x2 || (opcode >= 0x8 && opcode <= 0xa); }

}  // namespace

Frame websocket_frame(Bytes bytes) {
    constexpr std::uint64_t beyond_reason = std::uint64_t{1} << 31;
    Reader reader(bytes);
    Header header;
    const bool whole = read_header(reader, header);
    // No extension is ever agreed on, so the reserved bits are zero.
    if (!bytes.empty() && ((bytes.front() & 0x70) != 0 || !is_known(bytes.front() & 0x0f)))
        return {Frame::State::broken, 0};
    if (!whole) return {};
    if (header.length >= beyond_reason) return {Frame::State::broken, 0};
    const std::size_t header_length = bytes.size() - reader.size();
    return {Frame::State::known, header_length + static_cast<std::size_t>(header.length)};
}

std::optional<WebsocketFrame> parse_websocket(Bytes bytes) {
    Reader reader(bytes);
    Header header;
    WebsocketFrame frame;
    if (!read_header(reader, header) || header.masked || header.length != reader.size() ||
        !is_known(header.first & 0x0f))
        return std::nullopt;
    frame.opcode = static_cast<WebsocketFrame::Opcode>(header.first & 0x0f);
    frame.last = header.first & 0x80;
    frame.payload = reader.rest();
    std::uint16_t code = 0;
    if (frame.opcode == WebsocketFrame::Opcode::close && reader.u16be(code))
        frame.close_code = code;
    return frame;
}

}  // namespace preflight::wire
