// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <memory>

#include "replay/segment.hpp"

namespace Tins {
class PDU;
}

namespace preflight::replay {

/// Takes packets apart down to TCP, whatever they travelled in: Ethernet (with VLAN tags), Linux'
/// cooked captures, loopback, plain IP; IPv4 (fragments put together) and IPv6.
class PacketReader {
  public:
    PacketReader();
    ~PacketReader();
    PacketReader(PacketReader&&) noexcept;
    PacketReader& operator=(PacketReader&&) noexcept;

    /// Whether packets of this kind (DLT_*) are known.
    static bool knows(int link_type);

    /// Fills in `segment` but for its time; false when the packet is no TCP. The payload stays
    /// valid until the next call.
    bool read(int link_type, Bytes packet, Segment& segment);

    std::uint64_t damaged() const { return damaged_; }

  private:
    struct Fragments;
    bool read_pdu(std::unique_ptr<Tins::PDU> pdu, Segment& segment);

    std::unique_ptr<Fragments> fragments_;
    std::unique_ptr<Tins::PDU> current_;
    std::uint64_t damaged_ = 0;
};

}  // namespace preflight::replay
