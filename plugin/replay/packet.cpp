// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "replay/packet.hpp"

#include <pcap/dlt.h>
#include <tins/ethernetII.h>
#include <tins/exceptions.h>
#include <tins/ip.h>
#include <tins/ip_reassembler.h>
#include <tins/ipv6.h>
#include <tins/rawpdu.h>
#include <tins/sll.h>
#include <tins/tcp.h>

#include <algorithm>

#include "replay/unreachable.hpp"

namespace preflight::replay {
namespace {

#ifndef DLT_LINUX_SLL2
constexpr int DLT_LINUX_SLL2 = 276;
#endif
constexpr std::size_t sll2_header = 20;     // linktype LINUX_SLL2
constexpr std::size_t loopback_header = 4;  // linktype NULL: the address family

std::unique_ptr<Tins::PDU> ip_of(Bytes bytes) {
    const int version = bytes.empty() ? 0 : bytes.front() >> 4;
    const auto size = static_cast<std::uint32_t>(bytes.size());
    if (version == 4) return std::make_unique<Tins::IP>(bytes.data(), size);
    if (version == 6) return std::make_unique<Tins::IPv6>(bytes.data(), size);
    return nullptr;
}

Bytes behind(Bytes bytes, std::size_t header) {
    return bytes.subspan(std::min(header, bytes.size()));
}

std::unique_ptr<Tins::PDU> pdu_of(int link_type, Bytes bytes) {
    const auto size = static_cast<std::uint32_t>(bytes.size());
    switch (link_type) {
        case DLT_EN10MB:
            return std::make_unique<Tins::EthernetII>(bytes.data(), size);
        case DLT_LINUX_SLL:
            return std::make_unique<Tins::SLL>(bytes.data(), size);
        case DLT_LINUX_SLL2:
            return ip_of(behind(bytes, sll2_header));
        case DLT_NULL:
        case DLT_LOOP:
            return ip_of(behind(bytes, loopback_header));
        default:
            return ip_of(bytes);
    }
}

template <class Address>
Endpoint endpoint(const Address& address, bool ipv6, std::uint16_t port) {
    Endpoint result;
    std::copy(address.begin(), address.end(), result.address.begin());
    result.ipv6 = ipv6;
    result.port = port;
    return result;
}

std::array<std::uint8_t, 4> octets(const Tins::IPv4Address& address) {
    std::array<std::uint8_t, 4> result{};
    const std::uint32_t value = address;  // in network order
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(&value);
    std::copy(bytes, bytes + result.size(), result.begin());
    return result;
}

/// Fills in addresses and ports; gives how many bytes the IP header says that TCP has, 0 where it
/// does not tell (as for what a network card cuts up later).
std::size_t take_ip(const Tins::PDU& pdu, const Tins::TCP& tcp, Segment& segment) {
    if (const auto* ip = pdu.find_pdu<Tins::IP>()) {
        segment.source = endpoint(octets(ip->src_addr()), false, tcp.sport());
        segment.destination = endpoint(octets(ip->dst_addr()), false, tcp.dport());
        return ip->tot_len() > ip->header_size() ? ip->tot_len() - ip->header_size() : 0;
    }
    const auto* ip = pdu.find_pdu<Tins::IPv6>();
    if (!ip) return 0;
    segment.source = endpoint(ip->src_addr(), true, tcp.sport());
    segment.destination = endpoint(ip->dst_addr(), true, tcp.dport());
    const std::size_t extensions = ip->header_size() - 40;  // of the basic header, RFC 8200 3
    return ip->payload_length() > extensions ? ip->payload_length() - extensions : 0;
}

void take_tcp(const Tins::TCP& tcp, std::size_t announced, Segment& segment) {
    segment.sequence = tcp.seq();
    segment.acknowledged = tcp.ack_seq();
    segment.syn = tcp.get_flag(Tins::TCP::SYN) != 0;
    segment.ack = tcp.get_flag(Tins::TCP::ACK) != 0;
    segment.fin = tcp.get_flag(Tins::TCP::FIN) != 0;
    segment.reset = tcp.get_flag(Tins::TCP::RST) != 0;
    if (const auto* raw = tcp.find_pdu<Tins::RawPDU>()) segment.payload = raw->payload();
    const std::size_t present = tcp.header_size() + segment.payload.size();
    if (announced > present) segment.cut = static_cast<std::uint32_t>(announced - present);
}

}  // namespace

struct PacketReader::Fragments {
    // Never more pieces than this wait for the rest of their packet.
    static constexpr int most = 1024;
    Tins::IPv4Reassembler reassembler;
    int waiting = 0;

    /// Whether `pdu` is whole, now.
    bool whole(Tins::PDU& pdu, bool& put_together) {
        using Reassembler = Tins::IPv4Reassembler;
        const auto status = reassembler.process(pdu);
        put_together = status == Reassembler::REASSEMBLED;
        if (status != Reassembler::FRAGMENTED) return true;
        if (++waiting >= most) {
            reassembler.clear_streams();
            waiting = 0;
        }
        return false;
    }
};

PacketReader::PacketReader() : fragments_(std::make_unique<Fragments>()) {}
PacketReader::~PacketReader() = default;
PacketReader::PacketReader(PacketReader&&) noexcept = default;
PacketReader& PacketReader::operator=(PacketReader&&) noexcept = default;

bool PacketReader::knows(int link_type) {
    constexpr int known[] = {DLT_EN10MB, DLT_LINUX_SLL, DLT_LINUX_SLL2, DLT_NULL,
                             DLT_LOOP,   DLT_RAW,       DLT_IPV4,       DLT_IPV6};
    return std::find(std::begin(known), std::end(known), link_type) != std::end(known);
}

bool PacketReader::read(int link_type, Bytes packet, Segment& segment) {
    try {
        auto pdu = pdu_of(link_type, packet);
        return pdu && read_pdu(std::move(pdu), segment);
    } catch (const Tins::exception_base&) {
        ++damaged_;  // libtins throws at what breaks its format
        return false;
    }
}

bool PacketReader::read_pdu(std::unique_ptr<Tins::PDU> pdu, Segment& segment) {
    bool put_together = false;
    if (!fragments_->whole(*pdu, put_together)) return false;
    current_ = std::move(pdu);
    const auto* const tcp = current_->find_pdu<Tins::TCP>();
    if (!tcp) return read_unreachable(*current_, segment);
    const std::size_t announced = take_ip(*current_, *tcp, segment);
    take_tcp(*tcp, put_together ? 0 : announced, segment);
    return true;
}

}  // namespace preflight::replay
