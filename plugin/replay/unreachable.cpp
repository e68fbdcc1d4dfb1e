// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "replay/unreachable.hpp"

#include <tins/icmp.h>
#include <tins/icmpv6.h>
#include <tins/rawpdu.h>

#include <algorithm>
#include <cerrno>

#include "wire/reader.hpp"

namespace preflight::replay {
namespace {

constexpr std::uint8_t protocol_tcp = 6;

/// What Linux makes of the code of an ICMP error, net/ipv4/icmp.c.
int errno_of_v4(int code) {
    switch (code) {
        case 0:
        case 6:
        case 9:
        case 11:
            return ENETUNREACH;
        case 3:
            return ECONNREFUSED;
        default:
            return EHOSTUNREACH;
    }
}

/// The same of ICMPv6, net/ipv6/icmp.c.
int errno_of_v6(int code) {
    switch (code) {
        case 0:
            return ENETUNREACH;
        case 4:
            return ECONNREFUSED;
        case 3:
            return EHOSTUNREACH;
        default:
            return EACCES;
    }
}

bool read_ports(wire::Reader& reader, Segment& segment) {
    return reader.u16be(segment.source.port) && reader.u16be(segment.destination.port) &&
           reader.u32be(segment.sequence);
}

bool read_address(wire::Reader& reader, bool ipv6, Endpoint& endpoint) {
    Bytes address;
    if (!reader.bytes(ipv6 ? 16 : 4, address)) return false;
    std::copy(address.begin(), address.end(), endpoint.address.begin());
    endpoint.ipv6 = ipv6;
    return true;
}

/// The beginning of the packet that could not be delivered.
bool read_original(Bytes bytes, Segment& segment) {
    wire::Reader reader(bytes);
    std::uint8_t first = 0;
    std::uint8_t protocol = 0;
    if (!reader.u8(first)) return false;
    const bool ipv6 = first >> 4 == 6;
    const bool header = ipv6 ? reader.skip(5) && reader.u8(protocol) && reader.skip(1)
                             : reader.skip(8) && reader.u8(protocol) && reader.skip(2);
    if (!header || protocol != protocol_tcp) return false;
    if (!read_address(reader, ipv6, segment.source)) return false;
    if (!read_address(reader, ipv6, segment.destination)) return false;
    const std::size_t options = ipv6 ? 0 : std::max((first & 15) * 4, 20) - 20;
    return reader.skip(options) && read_ports(reader, segment);
}

}  // namespace

bool read_unreachable(const Tins::PDU& pdu, Segment& segment) {
    const auto* const raw = pdu.find_pdu<Tins::RawPDU>();
    if (!raw) return false;
    if (const auto* icmp = pdu.find_pdu<Tins::ICMP>()) {
        if (icmp->type() != Tins::ICMP::DEST_UNREACHABLE || icmp->code() == 4) return false;
        segment.unreachable = errno_of_v4(icmp->code());
    } else if (const auto* icmp6 = pdu.find_pdu<Tins::ICMPv6>()) {
        if (icmp6->type() != Tins::ICMPv6::DEST_UNREACHABLE) return false;
        segment.unreachable = errno_of_v6(icmp6->code());
    } else {
        return false;
    }
    return read_original(raw->payload(), segment);
}

}  // namespace preflight::replay
