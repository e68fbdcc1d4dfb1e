// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "fuzz/story.hpp"

#include <algorithm>
#include <cerrno>

#include "record/recorder.hpp"
#include "wire/reader.hpp"

namespace preflight::fuzz {
namespace {

// The kinds; above them, bit 0 is the direction and bits 1 and 2 are the layer.
constexpr int transferred = 0;  // to 4
constexpr int ended = 5;
constexpr int tls_message = 6;
constexpr int other = 7;

constexpr std::string_view states[] = {"CONNECTION_STATE_NEGO",
                                       "CONNECTION_STATE_MCS_CREATE_REQUEST",
                                       "CONNECTION_STATE_NLA", "CONNECTION_STATE_ACTIVE"};

decltype(Observation::what) other_event(std::uint8_t detail, Bytes bytes) {
    const std::string text(bytes.begin(), bytes.end());
    switch (detail % 12) {
        case 0:
            return SocketOpened{text, 3389, detail > 127, detail < 200, detail, {}};
        case 1:
            return RoundBegan{detail > 127};
        case 2:
            return TlsConfigured{detail % 6, 0x0301, 0, text};
        case 3:
            return TlsEstablished{0x0303, text, text, text, {{bytes.begin(), bytes.end()}}};
        case 4:
            return TlsFailed{detail, text, text};
        case 5:
            return StateChanged{states[detail / 12 % std::size(states)]};
        case 6:
            return HungUp{detail > 127};
        case 7:
            return BytesMissing{Direction::received, detail};
        case 8:
            return ConnectEnded{-1, {0x20000u + detail, text, text}};
        case 9:
            return ErrorInfoSeen{detail, text, text};
        case 10:
            return LocalProblem{text, text, text};
        default:
            return CertificateAsked{detail > 127, false, false, text};
    }
}

decltype(Observation::what) read_event(std::uint8_t kind, Bytes bytes) {
    const Direction direction = kind & 1 ? Direction::received : Direction::sent;
    const auto layer = static_cast<Layer>(kind >> 1 & 3);
    const std::uint8_t detail = bytes.empty() ? 0 : bytes.front();
    switch (kind >> 3 & 7) {
        case ended:
            return StreamEnded{layer, direction, detail & 1 ? ECONNRESET : 0};
        case tls_message:
            return TlsMessage{direction, 0x0303, 20 + detail % 4,
                              bytes.subspan(std::min<std::size_t>(1, bytes.size()))};
        case other:
            return other_event(detail, bytes.subspan(std::min<std::size_t>(1, bytes.size())));
        default:
            return Transferred{layer, direction, bytes};
    }
}

}  // namespace

Facts told(Bytes bytes) {
    Facts known;
    const std::uint8_t first = bytes.empty() ? 0 : bytes.front();
    if (first & 1) known.capture.read = true;
    if (first & 2) known.gateway.used = true;
    wire::Reader reader(bytes.subspan(std::min<std::size_t>(1, bytes.size())));
    Observation::Clock::time_point now{};
    Recorder recorder(known, now);
    std::uint32_t stream = 1;
    std::uint8_t kind = 0;
    for (std::uint16_t length = 0; reader.u8(kind) && reader.u16le(length);) {
        Bytes content;
        if (!reader.bytes(std::min<std::size_t>(length, reader.size()), content)) break;
        if (kind == 0xff) ++stream;
        now += std::chrono::milliseconds(kind);
        recorder.observe({now, stream, read_event(kind, content)});
    }
    return recorder.facts(now);
}

std::vector<std::uint8_t> event(Direction direction, Layer layer, Bytes bytes) {
    std::vector<std::uint8_t> result;
    const std::size_t length = std::min<std::size_t>(bytes.size(), 0xffff);
    result.push_back(static_cast<std::uint8_t>(static_cast<int>(layer) << 1 |
                                               (direction == Direction::received ? 1 : 0)));
    result.push_back(static_cast<std::uint8_t>(length));
    result.push_back(static_cast<std::uint8_t>(length >> 8));
    result.insert(result.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
    return result;
}

}  // namespace preflight::fuzz
