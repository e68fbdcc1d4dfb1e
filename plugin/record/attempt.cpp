// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/attempt.hpp"

#include <algorithm>
#include <utility>

#include "record/ending.hpp"
#include "record/system_errors.hpp"
#include "wire/foreign.hpp"
#include "wire/text.hpp"
#include "wire/tls_record.hpp"

namespace preflight::record {
namespace {

constexpr std::uint8_t der_sequence = 0x30;
constexpr std::int64_t protocol_ssl = 1;  // [MS-RDPBCGR] 2.2.1.2.1

}  // namespace

Attempt::Attempt(std::int64_t number, std::uint32_t stream, Moment dialled, bool to_gateway)
    : number_(number),
      stream_(stream),
      dialled_(dialled),
      opened_(dialled),
      last_(dialled),
      to_gateway_(to_gateway) {}

bool Attempt::refused() const { return !tcp_.connected.value_or(true) && bytes_received_ == 0; }

/// A client may go on with a socket that was refused (FreeRDP up to 3.15 does): it gets nowhere.
void Attempt::advance(Stage stage) {
    if (!refused()) stage_ = std::max(stage_, stage);
}

void Attempt::reached(Stage stage) {
    advance(stage);
    if (stage == Stage::authentication) authentication_started_ = true;
}

/// The host's TLS stands and nothing was said in it: the client has accepted the certificate and
/// failed to find its first words.
void Attempt::sign_in_failed() {
    const bool signs_in = negotiation_.facts.selected_bits.value_or(0) > protocol_ssl;
    if (signs_in && stage_ == Stage::certificate && tls_.is_established())
        reached(Stage::authentication);
}

void Attempt::kerberos_failed(const KerberosFailed& event, Scribe& scribe) {
    sign_in_failed();
    conversation_.authentication.failed(event, last_, scribe);
    last_ = scribe.at;
}

void Attempt::opened(const SocketOpened& event, Scribe& scribe) {
    if (event.dialled != Moment{}) dialled_ = event.dialled;
    opened_ = last_ = scribe.at;
    if (!event.address.empty()) {
        tcp_.address = wire::printable(event.address);
        tcp_.family = event.ipv6 ? "IPv6" : "IPv4";
    }
    if (event.port != 0) tcp_.port = event.port;
    tcp_.connected = event.connected;
    tcp_.duration_ms = milliseconds(dialled_, scribe.at);
    if (!event.connected && event.error != 0) {
        tcp_.error = errno_name(event.error);
        tcp_.error_text = errno_text(event.error);
    }
    if (event.connected && to_gateway_) advance(Stage::gateway);
    scribe.local((event.connected ? "TCP connected" : "TCP not connected") +
                 (tcp_.address ? " to " + *tcp_.address : std::string()));
}

void Attempt::transferred(const Transferred& event, Scribe& scribe) {
    last_ = scribe.at;
    if (event.bytes.empty()) return;
    if (event.layer == Layer::plain || event.layer == Layer::inner) return plain(event, scribe);
    if (event.layer == Layer::wire) {
        auto& count = event.direction == Direction::sent ? bytes_sent_ : bytes_received_;
        count += static_cast<std::int64_t>(event.bytes.size());
        last_direction_ = event.direction;
        if (event.direction == Direction::sent && tls_.is_established()) {
            // Not all that a client sends inside TLS is seen in clear.
            last_inside_ = Direction::sent;
            if (at_gateway())
                bytes_sent_in_gateway_tls_ += static_cast<std::int64_t>(event.bytes.size());
        }
    } else if (host_layer_ == Layer::wire) {
        enter_tunnel();
    }
    if (event.layer != host_layer_ || has_hole()) return;
    if (event.layer == Layer::tunnel && event.direction == Direction::received) host_spoke_ = true;
    event.direction == Direction::sent ? sent(event.bytes, scribe) : received(event.bytes, scribe);
}

void Attempt::enter_tunnel() {
    host_layer_ = Layer::tunnel;
    advance(Stage::gateway);
    negotiation_ = {};
    tls_wire_ = {};
    conversation_ = {};
    spoke_ = direct_tls_ = plain_seen_ = talking_ = false;
}

void Attempt::sent(Bytes bytes, Scribe& scribe) {
    const bool first = !spoke_;
    spoke_ = true;
    if (first && host_layer_ == Layer::wire && proxy_.begins_with(bytes, scribe))
        return advance(Stage::proxy);
    if (proxy_.active() && !proxy_.done()) return;
    // Without negotiation TLS begins at once, or behind a preconnection PDU, [MS-RDPEPS] 2.2.1.
    if (!negotiation_.requested() && !direct_tls_) direct_tls_ = wire::protocol_of(bytes) == "TLS";
    negotiate(Direction::sent, bytes, scribe);
}

void Attempt::received(Bytes bytes, Scribe& scribe) {
    if (!proxy_.active() || proxy_.done()) return negotiate(Direction::received, bytes, scribe);
    const auto rest = proxy_.received(bytes, scribe);
    if (!rest.empty()) negotiate(Direction::received, rest, scribe);
}

void Attempt::negotiate(Direction direction, Bytes bytes, Scribe& scribe) {
    if (direct_tls_ || negotiation_.finished()) return after_negotiation(direction, bytes, scribe);
    if (direction == Direction::sent) {
        negotiation_.sent(bytes, scribe);
        if (negotiation_.requested()) advance(Stage::negotiation);
        return;
    }
    advance(Stage::negotiation);
    const auto rest = negotiation_.received(bytes, scribe);
    if (!rest.empty()) after_negotiation(direction, rest, scribe);
}

void Attempt::after_negotiation(Direction direction, Bytes bytes, Scribe& scribe) {
    if (direct_tls_ || negotiation_.promises_tls()) {
        const bool tells_all = !tls_hooked_;
        if (tells_all && direction == Direction::sent) begin_tls();
        tls_wire_.transferred(direction, bytes, tells_all, tls_, unseen_, scribe);
        if (tls_.is_established() && !at_gateway()) advance(Stage::certificate);
        if (replayed_) reach_unseen();
    } else if (negotiation_.facts.answer != "failure") {
        // Without TLS the basic settings exchange follows at once, [MS-RDPBCGR] 1.3.1.1.
        if (direction == Direction::sent && stage_ < Stage::mcs) {
            advance(Stage::mcs);
            scribe.note(Direction::sent, "MCS Connect Initial");
        }
        talk(direction, bytes, scribe);
        // The old RDP security hides what follows the settings; how much it is can be counted.
        if (!replayed_) return;
        unseen_.message(direction, bytes.size());
        reach_unseen();
    }
}

/// Whoever goes on inside TLS has accepted the certificate.
void Attempt::reach_unseen() {
    if (!unseen_.began()) return;
    const bool signs_in = negotiation_.facts.selected_bits.value_or(0) > protocol_ssl;
    if (tls_.started()) advance(signs_in ? Stage::authentication : Stage::mcs);
    if (unseen_.is_session()) advance(Stage::session);
}

/// A handshake begins: with the gateway, or, once a tunnel is there, with the host.
void Attempt::begin_tls() {
    if (at_gateway()) {
        tls_.facts.peer = "gateway";
        return advance(Stage::gateway);
    }
    if (tls_.facts.peer == "gateway") leave_gateway_behind();
    tls_.facts.peer = "host";
    advance(Stage::tls);
}

/// From here on TLS and certificate are the host's; what the gateway's were is kept apart.
void Attempt::leave_gateway_behind() {
    gateway_tls_ = std::exchange(tls_, {});
    gateway_certificate_ = std::exchange(certificate_, {});
    gateway_certificate_.seen = !gateway_tls_.chain.empty();
    gateway_certificate_.decision = "accepted";
}

void Attempt::tls_configured(const TlsConfigured& event) {
    tls_hooked_ = true;
    if (event.in_tunnel && host_layer_ == Layer::wire) enter_tunnel();
    begin_tls();
    tls_.configured(event);
}

void Attempt::tls_message(const TlsMessage& event, Scribe& scribe) {
    last_ = scribe.at;
    tls_hooked_ = true;
    if (!tls_.started()) begin_tls();
    tls_.message(event.direction, event.content_type, event.bytes, scribe);
    // Behind it the client reads no further: nobody sees the socket's own end, RFC 8446 6.1.
    const bool received_alert =
        event.direction == Direction::received && event.content_type == wire::content_type::alert;
    if (event.direction == Direction::sent && event.content_type == wire::content_type::alert &&
        wire::is_close_notify(event.bytes))
        left_ = true;
    if (received_alert && wire::is_close_notify(event.bytes))
        ended({Layer::wire, Direction::received, 0}, scribe);
}

void Attempt::tls_established(const TlsEstablished& event, Scribe& scribe) {
    last_ = scribe.at;
    tls_hooked_ = true;
    if (!tls_.started()) begin_tls();
    tls_.established(event, scribe);
    if (!at_gateway()) advance(Stage::certificate);
}

void Attempt::tls_failed(const TlsFailed& event, Scribe& scribe) {
    last_ = scribe.at;
    begin_tls();
    tls_.failed(event, scribe);
}

/// Inside TLS the client has accepted the certificate. A source need not show what the client
/// sends.
void Attempt::plain(const Transferred& event, Scribe& scribe) {
    const Bytes bytes = event.bytes;
    last_inside_ = event.direction;
    if (to_gateway_ && event.layer != Layer::inner) {
        plain_seen_ = plain_seen_ || at_gateway();
        if (event.direction == Direction::received) gateway_.received(bytes, scribe);
        return;
    }
    if (!plain_seen_) {
        plain_seen_ = true;
        const bool signs_in = negotiation_.facts.selected_bits.value_or(0) > protocol_ssl ||
                              bytes.front() == der_sequence;
        advance(signs_in ? Stage::authentication : Stage::mcs);
    }
    talk(event.direction, bytes, scribe);
}

/// What client and host say behind the negotiation; without one they may begin with a sign-in.
void Attempt::talk(Direction direction, Bytes bytes, Scribe& scribe) {
    if (!talking_) {
        talking_ = true;
        const auto bits = [](const Maybe<std::int64_t>& fact, std::int64_t otherwise) {
            return static_cast<std::uint32_t>(fact.value_or(otherwise));
        };
        const std::int64_t any_sign_in = negotiation_.finished() ? 0 : protocol_ssl + 1;
        conversation_.begin(bits(negotiation_.facts.selected_bits, any_sign_in),
                            negotiation_.facts.requested_bits);
    }
    if (direction == Direction::sent)
        conversation_.sent(bytes, scribe);
    else
        conversation_.received(bytes, scribe);
    if (const auto stage = conversation_.stage()) advance(*stage);
}

void Attempt::ended(const StreamEnded& event, Scribe& scribe) {
    // The first word counts; what follows is its echo in another layer. A socket that was never
    // connected has no end.
    if (end_ || hung_up_ || !tcp_.connected.value_or(true)) return;
    if (!replayed_) last_ = scribe.at;
    ended_at_ = scribe.at;
    end_ = event;
    const Maybe<std::string> how = ending_of(event.error);
    const std::string word = how.value_or(errno_name(event.error));
    scribe.note(event.direction, "connection " + word);
}

void Attempt::hung_up(const HungUp& event, Scribe& scribe) {
    if (end_ || hung_up_) return;
    hung_up_ = ended_at_ = scribe.at;
    scribe.note(Direction::sent, event.reset ? "connection reset" : "connection closed");
}

void Attempt::missing(const BytesMissing& event, Scribe& scribe) {
    // Inside TLS nothing was to be read anyway.
    if (unseen_.is_session()) return;
    missing_ += event.count;
    scribe.note(event.direction, std::to_string(event.count) + " bytes are not in the capture");
}

void Attempt::asked(const CertificateAsked& event, Scribe& scribe) {
    last_ = scribe.at;
    being_asked_ = true;
    certificate_.asked = true;
    certificate_.known = event.changed ? "changed" : "new";
    if (!event.stored_fingerprint.empty()) certificate_.stored_sha256 = event.stored_fingerprint;
    scribe.local(event.changed ? "asked about a changed certificate"
                               : "asked about a new certificate");
}

void Attempt::answered(const CertificateAnswered& event, Scribe& scribe) {
    using Answer = CertificateAnswered::Answer;
    last_ = scribe.at;
    being_asked_ = false;
    switch (event.answer) {
        case Answer::no:
            certificate_.answer = "no";
            break;
        case Answer::once:
            certificate_.answer = "once";
            break;
        case Answer::always:
            certificate_.answer = "always";
            break;
        case Answer::none:
            certificate_.answer = "none";
            break;
    }
    scribe.local("answer: " + *certificate_.answer);
}

void Attempt::gateway_message(const GatewayMessageAnswered& event, Scribe& scribe) {
    last_ = scribe.at;
    gateway_.facts.consent_given = event.agreed;
    scribe.local(std::string("the gateway's message: ") + (event.agreed ? "agreed" : "refused"));
}

void Attempt::release() {
    tls_wire_ = {};
    conversation_.release();
    gateway_.release();
}

}  // namespace preflight::record
