// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "replay/segment.hpp"

namespace Tins {
class PDU;
}

namespace preflight::replay {

/// Reads an ICMP or ICMPv6 "destination unreachable" about a TCP segment (RFC 792, RFC 4443 3.1)
/// into a segment with the addresses of the one it answers and the errno that the client gets.
bool read_unreachable(const Tins::PDU& pdu, Segment& segment);

}  // namespace preflight::replay
