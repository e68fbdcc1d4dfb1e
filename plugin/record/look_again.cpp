// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/look_again.hpp"

#include <netdb.h>

#include "record/system_errors.hpp"
#include "wire/text.hpp"

namespace preflight::record {
namespace {

using Address = LookedAgain::Address;

const char* family_of(const Address& address) { return address.ipv6 ? "IPv6" : "IPv4"; }

AddressFacts facts_of(const Address& address) {
    AddressFacts facts;
    facts.address = wire::printable(address.address);
    facts.family = family_of(address);
    if (!address.tried) return facts;
    facts.connected = address.connected;
    if (!address.connected && address.error != 0) facts.error = errno_name(address.error);
    return facts;
}

/// The address that the client dialled: FreeRDP up to 3.15 takes one only, of the family it prefers
/// if there is one.
const Address* dialled(const LookedAgain& again, bool prefers_ipv6,
                       const Maybe<std::string>& known) {
    const Address* choice = nullptr;
    for (const auto& address : again.addresses) {
        if (!address.tried) continue;
        if (known && address.address == *known) return &address;
        if (!choice || (choice->ipv6 != prefers_ipv6 && address.ipv6 == prefers_ipv6))
            choice = &address;
    }
    return known ? nullptr : choice;
}

/// An address of that family that does answer.
const Address* answering(const LookedAgain& again, bool ipv6) {
    for (const auto& address : again.addresses)
        if (address.ipv6 == ipv6 && address.tried && address.connected) return &address;
    return nullptr;
}

}  // namespace

void apply_look_up(const LookedAgain& again, DnsFacts& dns) {
    for (const auto& address : again.addresses) dns.addresses.push_back(facts_of(address));
    if (!again.looked_up) return;
    if (!again.first) dns.checked_again = true;
    if (again.lookup_timeout) {
        dns.result = "resolver-down";
        dns.text = "no answer in time";
        return;
    }
    dns.result = lookup_result(again.lookup_error);
    if (again.lookup_error == 0) return;
    dns.error = lookup_error_name(again.lookup_error);
    dns.text = lookup_error_text(again.lookup_error);
}

void apply_connect(const LookedAgain& again, bool moved, bool prefers_ipv6, TcpFacts& tcp) {
    const Address* const address = dialled(again, prefers_ipv6, tcp.address);
    if (!address) return;
    if (!again.first) tcp.checked_again = true;
    // Of several addresses we only guess which one the client dialled.
    const bool same = tcp.address.has_value() || again.addresses.size() == 1;
    if (!tcp.address) {
        tcp.address = wire::printable(address->address);
        tcp.family = family_of(*address);
    }
    if (!moved && same) tcp.answers_now = address->connected;
    if (address->connected || moved) return;
    tcp.connected = false;
    tcp.ended.reset();
    if (address->error != 0 && !tcp.error) {
        tcp.error = errno_name(address->error);
        tcp.error_text = errno_text(address->error);
    }
    if (const Address* const other = answering(again, !address->ipv6)) {
        tcp.other_family = family_of(*other);
        tcp.other_address = wire::printable(other->address);
    }
}

}  // namespace preflight::record
