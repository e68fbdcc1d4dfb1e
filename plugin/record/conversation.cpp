// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/conversation.hpp"

#include <algorithm>

#include "wire/security.hpp"

namespace preflight::record {
namespace {

constexpr std::uint8_t tpkt_version = 3;
constexpr std::uint32_t protocol_ssl = 1;

}  // namespace

void Conversation::begin(std::uint32_t selected, const Maybe<std::int64_t>& requested) {
    signing_in_ = selected > protocol_ssl;
    if (requested) mcs.requested(static_cast<std::uint32_t>(*requested));
}

void Conversation::sent(Bytes bytes, Scribe& scribe) {
    if (!signing_in_) return;
    authentication.sent(bytes, scribe);
    if (authentication.started()) advance(Stage::authentication);
}

void Conversation::received(Bytes bytes, Scribe& scribe) {
    (signing_in_ ? sign_in_ : rdp_).feed(bytes);
    if (signing_in_) read_sign_in(scribe);
    if (!signing_in_) read_rdp(scribe);
}

void Conversation::read_sign_in(Scribe& scribe) {
    while (true) {
        const Bytes pending = sign_in_.pending();
        if (!pending.empty() && pending.front() == tpkt_version) {
            // The sign-in is over: the server speaks RDP.
            signing_in_ = false;
            rdp_.feed(pending);
            return sign_in_.clear();
        }
        const auto message = sign_in_.take();
        if (!message) return;
        authentication.received(*message, scribe);
        advance(Stage::authentication);
    }
}

void Conversation::read_rdp(Scribe& scribe) {
    while (const auto pdu = rdp_.take()) take_pdu(*pdu, scribe);
}

void Conversation::take_pdu(Bytes bytes, Scribe& scribe) {
    if (wire::is_fast_path(bytes)) {
        if (wire::is_encrypted_fast_path(bytes)) session.encrypted(scribe);
        return;
    }
    const auto pdu = wire::parse_mcs(bytes);
    if (!pdu) return;
    advance(Stage::mcs);
    mcs.take(*pdu, scribe);
    if (const auto* data = std::get_if<wire::McsSendDataIndication>(&*pdu))
        take_data(*data, scribe);
}

void Conversation::take_data(const wire::McsSendDataIndication& indication, Scribe& scribe) {
    // Auto-detection, multitransport and heartbeat go over the message channel and tell nothing of
    // a failure; virtual channels are none of our business.
    if (mcs.kind_of(indication.channel) != McsStep::Channel::io) return;
    if (!mcs.encrypts() && wire::is_share_pdu(indication.data))
        session.take(indication.data, scribe);
    else
        take_secured(indication.data, scribe);
    if (licensing.facts.started) advance(Stage::licensing);
    if (session.stage()) advance(*session.stage());
}

/// Data behind a security header, [MS-RDPBCGR] 2.2.8.1.1.2.
void Conversation::take_secured(Bytes data, Scribe& scribe) {
    wire::Reader reader(data);
    const auto header = wire::read_security_header(reader);
    if (!header) return;
    const bool licence = header->has(wire::sec_license);
    if (header->has(wire::sec_encrypt)) {
        licence ? licensing.take_encrypted(scribe) : session.encrypted(scribe);
    } else if (licence) {
        licensing.take(reader.rest(), scribe);
    } else if (header->has(wire::sec_redirection)) {
        // 2.2.13.2.1: the packet's own first field stands where the header does.
        if (const auto target = wire::parse_redirection(data)) session.take(*target, scribe);
    } else if (wire::is_share_pdu(reader.rest())) {
        session.take(reader.rest(), scribe);
    }
}

void Conversation::release() {
    sign_in_.clear();
    rdp_.clear();
}

}  // namespace preflight::record
