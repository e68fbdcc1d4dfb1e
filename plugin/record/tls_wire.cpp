// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/tls_wire.hpp"

#include <algorithm>

#include "wire/foreign.hpp"

namespace preflight::record {
namespace {

// In TLS 1.3 an encrypted alert looks like data: two bytes, their type, and a tag of 16. The
// shortest Finished is 32 bytes longer.
constexpr std::size_t longest_encrypted_alert = 2 + 1 + 16 + 8;

/// A record once the handshake is over.
void count(Direction direction, const wire::TlsRecord& record, const TlsStep& tls,
           UnseenStep& unseen) {
    namespace type = wire::content_type;
    const std::size_t length = record.fragment.size();
    const bool short_data = record.type == type::application_data &&
                            tls.facts.server.version == "TLS 1.3" &&
                            length <= longest_encrypted_alert;
    if (record.type == type::alert || short_data)
        unseen.alert(direction);
    else if (record.type == type::application_data)
        unseen.message(direction, length);
}

}  // namespace

void TlsWire::transferred(Direction direction, Bytes bytes, bool tells_all, TlsStep& tls,
                          UnseenStep& unseen, Scribe& scribe) {
    if (direction == Direction::received && !speaks_tls_) {
        const std::size_t room = first_bytes_limit - first_received_.size();
        const Bytes kept = bytes.first(std::min(room, bytes.size()));
        first_received_.insert(first_received_.end(), kept.begin(), kept.end());
        const std::string_view protocol = wire::protocol_of(first_received_);
        speaks_tls_ = protocol == "TLS";
        if (!speaks_tls_ && !protocol.empty()) return tls.other_reply(first_received_, scribe);
    }
    if (!tells_all) return;
    // In pieces, for what is held is bounded.
    constexpr std::size_t piece = 8 * 1024;
    for (; !bytes.empty(); bytes = bytes.subspan(std::min(piece, bytes.size()))) {
        (direction == Direction::sent ? sent_ : received_)
            .records.feed(bytes.first(std::min(piece, bytes.size())));
        records(direction, tls, unseen, scribe);
    }
}

void TlsWire::records(Direction direction, TlsStep& tls, UnseenStep& unseen, Scribe& scribe) {
    Side& side = direction == Direction::sent ? sent_ : received_;
    while (const auto bytes = side.records.take()) {
        const auto parsed = wire::parse_tls_record(*bytes);
        if (!parsed) return;
        // Once the handshake is over, the records only tell how much is said.
        tls.is_established() ? count(direction, *parsed, tls, unseen)
                             : record(direction, *parsed, tls, scribe);
    }
}

void TlsWire::record(Direction direction, const wire::TlsRecord& record, TlsStep& tls,
                     Scribe& scribe) {
    namespace type = wire::content_type;
    Side& side = direction == Direction::sent ? sent_ : received_;
    const bool tls13 = tls.facts.server.version == "TLS 1.3";
    if (record.type == type::change_cipher_spec) {
        // In TLS 1.3 it means nothing, RFC 8446 5.
        side.encrypted = side.encrypted || !tls13;
    } else if (record.type == type::application_data) {
        side.encrypted = true;
        side.finished = side.finished || record.fragment.size() > longest_encrypted_alert;
    } else if (side.encrypted && record.type == type::alert) {
        tls.encrypted_alert(direction, scribe);
    } else if (side.encrypted) {
        side.finished = true;
    } else if (record.type == type::alert) {
        tls.message(direction, record.type, record.fragment, scribe);
    } else {
        side.messages.feed(record.fragment);
        while (const auto message = side.messages.take())
            tls.message(direction, record.type, *message, scribe);
    }
    check_established(tls, scribe);
}

void TlsWire::check_established(TlsStep& tls, Scribe& scribe) {
    // Each side's first encrypted record is its Finished. In TLS 1.3 the server's is one of
    // several, but the client answers only after it has checked it.
    if (!sent_.finished || !received_.finished || !tls.started()) return;
    if (tls.is_established() || tls.facts.alert.code) return;
    tls.established({}, scribe);
}

}  // namespace preflight::record
