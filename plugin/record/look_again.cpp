// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/look_again.hpp"

#include <netdb.h>

#include <algorithm>

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

/// The address that the client dialled: FreeRDP up to 3.15 takes one only, IPv4 if there is one.
const Address* dialled(const LookedAgain& again, const Maybe<std::string>& known) {
    const Address* choice = nullptr;
    for (const auto& address : again.addresses) {
        if (!address.tried) continue;
        if (known && address.address == *known) return &address;
        if (!choice || (choice->ipv6 && !address.ipv6)) choice = &address;
    }
    return known ? nullptr : choice;
}

bool answers(const LookedAgain& again, bool ipv6) {
    return std::any_of(again.addresses.begin(), again.addresses.end(),
                       [&](const Address& a) { return a.ipv6 == ipv6 && a.tried && a.connected; });
}

}  // namespace

void apply_look_up(const LookedAgain& again, DnsFacts& dns) {
    for (const auto& address : again.addresses) dns.addresses.push_back(facts_of(address));
    if (!again.looked_up) return;
    dns.checked_again = true;
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

void apply_connect(const LookedAgain& again, bool moved, TcpFacts& tcp) {
    const Address* const address = dialled(again, tcp.address);
    if (!address) return;
    tcp.checked_again = true;
    if (!tcp.address) {
        tcp.address = wire::printable(address->address);
        tcp.family = family_of(*address);
    }
    if (address->connected || moved) return;
    tcp.connected = false;
    tcp.ended.reset();
    if (address->error != 0 && !tcp.error) {
        tcp.error = errno_name(address->error);
        tcp.error_text = errno_text(address->error);
    }
    if (answers(again, !address->ipv6)) tcp.other_family = address->ipv6 ? "IPv4" : "IPv6";
}

}  // namespace preflight::record
