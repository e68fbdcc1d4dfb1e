// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <algorithm>

#include "record/attempt.hpp"
#include "record/ending.hpp"

namespace preflight::record {

bool Attempt::refused_by_gateway() const {
    if (gateway_.facts.error_code) return !gateway_.facts.opened.value_or(false);
    return partner && partner->refused_by_gateway();
}

/// Whether the client went on inside TLS with the gateway. All it sends when it does not is a
/// close_notify, which no cipher makes longer than this.
bool Attempt::spoke_to_gateway() const {
    constexpr std::int64_t longest_goodbye = 128;
    return plain_seen_ || bytes_sent_in_gateway_tls_ > longest_goodbye;
}

Stage Attempt::stage() const {
    // A proxy stands in front of a gateway, too.
    if (proxy_.active() && !proxy_.done()) return Stage::proxy;
    // The first thing with a gateway is TLS, as with a host.
    if (at_gateway() && tls_.started() && !refused() && !spoke_to_gateway())
        return tls_.is_established() ? Stage::certificate : Stage::tls;
    return progress();
}

Stage Attempt::progress() const {
    // A client may overlook that the gateway refused, and send the host's first message into a
    // tunnel that is not there.
    if (!host_spoke_ && refused_by_gateway()) return std::min(stage_, Stage::gateway);
    // A peer that ends the connection before anything was sent did accept it.
    if (stage_ == Stage::tcp && tcp_.connected.value_or(false) && end_) return Stage::negotiation;
    // RDP security asked for and granted: what ended is what follows at once.
    const NegotiationFacts& agreed = negotiation_.facts;
    if (stage_ == Stage::negotiation && agreed.requested_bits == 0 && agreed.selected_bits == 0 &&
        end_)
        return Stage::mcs;
    return stage_;
}

bool Attempt::awaits_peer() const {
    // What the client said inside TLS is not answered by TLS 1.3's session tickets.
    if (stage_ == Stage::authentication && tls_.is_established())
        return !end_ && !tls_.has_failed() && last_inside_ == Direction::sent;
    return !end_ && !being_asked_ && !tls_.has_failed() && last_direction_ == Direction::sent;
}

/// Whether only the peer can move things on. The last word may have been its own: half a message,
/// or TLS 1.3's session tickets. While signing in the client may be busy elsewhere (with a KDC).
bool Attempt::depends_on_peer() const {
    if (stage() == Stage::authentication) return awaits_peer();
    return !end_ && !being_asked_ && !tls_.has_failed();
}

std::string Attempt::waiting_for() const { return depends_on_peer() ? awaited() : ""; }

std::string Attempt::awaited() const {
    switch (stage()) {
        case Stage::proxy:
            return "the proxy's answer";
        case Stage::gateway:
            return "the gateway's answer";
        case Stage::negotiation:
            return negotiation_.finished() ? "" : "an answer to the connection request";
        case Stage::tls:
            return tls_.facts.last_received ? "the rest of the TLS handshake"
                                            : "an answer to the ClientHello";
        case Stage::authentication:
            return "the server's part of the sign-in";
        case Stage::mcs:
            return "the server's part of the basic settings exchange";
        case Stage::licensing:
            return "the server's answer about the licence";
        case Stage::activation:
            return "the server to start the session";
        default:
            return {};
    }
}

/// How the step under way ended: reset, closed, client, silent; nothing where it did not, or where
/// nobody saw how.
Maybe<std::string> Attempt::ending(const Closing& closing) const {
    if (end_) return ending_of(end_->error);
    if (hung_up_) return host_is_silent(*hung_up_) ? "silent" : "client";
    if (replayed_ && !host_is_silent(closing.now)) return std::nullopt;
    if (tls_.facts.error.reason.value_or("").find("unexpected eof") != std::string::npos)
        return "closed";
    if (left_) return "client";
    if (!closing.over) return depends_on_peer() ? Maybe<std::string>("silent") : std::nullopt;
    if (closing.timed_out) return "silent";
    // FreeRDP calls a message that it does not accept a broken transport. Who hears what TLS
    // carries would have seen the end of the connection.
    const bool would_see = stage() >= Stage::authentication && tcp_.connected && !to_gateway_;
    if (closing.transport) return would_see ? "client" : "closed";
    if (!awaits_peer()) return "client";
    return closing.gave_up ? Maybe<std::string>("silent") : std::nullopt;
}

void Attempt::fill_tcp(TcpFacts& tcp, const Closing& closing) const {
    tcp = tcp_;
    if (!tcp.connected.value_or(true)) return;
    tcp.bytes_sent = bytes_sent_;
    tcp.bytes_received = bytes_received_;
    if (hung_up_) {
        tcp.ended = "client";
    } else if (end_) {
        tcp.ended = ending_of(end_->error);
        if (tcp.ended == "silent") tcp.ended.reset();
    } else {
        const Maybe<std::string> how = ending(closing);
        tcp.ended = !closing.over || replayed_ ? "open" : how == "closed" ? "closed" : "client";
    }
}

bool Attempt::ran_session() const { return unseen_.is_session() || stage_ == Stage::session; }

bool Attempt::stopped_short() const {
    if (!is_over() || has_hole()) return false;
    // What was said in clear is known in full.
    const bool sealed = conversation_.session.facts.encrypted.value_or(false);
    if (!tls_.is_established() && !sealed) return true;
    const bool signs_in = stage_ == Stage::authentication;
    return !unseen_.began() || unseen_.is_less_than_session(signs_in);
}

bool Attempt::host_is_silent(Moment now) const {
    constexpr std::int64_t silence_ms = 5000;
    return awaits_peer() && !has_hole() && milliseconds(last_, now) >= silence_ms;
}

CaptureFacts Attempt::capture_facts(const Closing& closing) const {
    CaptureFacts facts;
    facts.whole = is_over();
    if (missing_ > 0) facts.missing = static_cast<std::int64_t>(missing_);
    const bool sealed = conversation_.session.facts.encrypted.value_or(false);
    if (tls_.is_established() || sealed) unseen_.fill(facts);
    // A farewell inside TLS goes before the end of the connection that it announces.
    if (const auto& alert = unseen_.alert_from())
        facts.ended_by = *alert == Direction::sent ? "client" : "host";
    else if (is_over())
        facts.ended_by = hung_up_ ? "client" : "host";
    if (last_direction_) facts.last_word = *last_direction_ == Direction::sent ? "client" : "host";
    facts.quiet_ms = milliseconds(last_, ended_at_.value_or(closing.now));
    return facts;
}

NegotiationFacts Attempt::negotiation_facts(const Closing& closing, const Texts& security) const {
    NegotiationFacts facts = negotiation_.facts;
    const bool answered = negotiation_.finished() || negotiation_.derailed();
    const bool under_way = stage() == Stage::negotiation && !answered;
    if (under_way) {
        facts.request_sent = negotiation_.requested();
        facts.ended = ending(closing);
        if (facts.ended == "client") facts.ended.reset();
        facts.answer = bytes_received_ > 0 && !proxy_.active() ? "incomplete" : "nothing";
    }
    if (negotiation_.requested())
        facts.waited_ms = negotiation_.waited_ms(ended_at_.value_or(closing.now));
    if (!facts.selected_bits || !facts.requested_bits) return facts;
    const std::int64_t selected = *facts.selected_bits;
    if (selected != 0)
        facts.selected_was_requested = (*facts.requested_bits & selected) == selected;
    else if (*facts.requested_bits == 0)
        facts.selected_was_requested = true;
    else if (!security.empty())  // RDP security has no bit: the client's settings tell
        facts.selected_was_requested =
            std::find(security.begin(), security.end(), "RDP") != security.end();
    return facts;
}

TlsFacts Attempt::tls_facts(const Closing& closing) const {
    TlsFacts facts = tls_.facts;
    if (!tls_.started()) return facts;
    facts.duration_ms = tls_.duration_ms(ended_at_.value_or(closing.now));
    if (!tls_.is_established()) facts.ended = ending(closing);
    return facts;
}

CertificateFacts Attempt::certificate_facts(const Closing& closing) const {
    CertificateFacts facts = certificate_;
    if (tls_.started()) facts.seen = !tls_.chain.empty();
    if (!tls_.is_established() || closing.check) return facts;
    const bool went_on =
        at_gateway() ? spoke_to_gateway() : plain_seen_ || stage_ > Stage::certificate;
    const bool alerted = tls_.facts.alert.direction == "received";
    if (went_on)
        facts.decision = "accepted";
    else if (closing.over && closing.gave_up && !end_ && !alerted)
        facts.decision = "rejected";
    return facts;
}

/// The gateway's own TLS and certificate, once the host's began.
void Attempt::keep_gateway(GatewayFacts& facts) const {
    if (!gateway_tls_.started()) return;
    facts.tls = gateway_tls_.facts;
    facts.tls.duration_ms = gateway_tls_.duration_ms(last_);
    facts.certificate = gateway_certificate_;
}

/// The steps behind TLS; the one under way tells how it ended.
void Attempt::fill_conversation(AttemptFacts& facts, const Closing& closing,
                                const LocalClock& clock) const {
    facts.gateway = gateway_.facts;
    keep_gateway(facts.gateway);
    facts.authentication = conversation_.authentication.facts(clock);
    facts.mcs = conversation_.mcs.facts;
    facts.licensing = conversation_.licensing.facts;
    facts.session = conversation_.session.facts;
    if (authentication_started_) facts.authentication.started = true;
    if (stage_ >= Stage::mcs) facts.mcs.started = true;
    switch (stage()) {
        case Stage::gateway:
            facts.gateway.ended = ending(closing);
            break;
        case Stage::authentication:
            facts.authentication.ended =
                tls_.facts.alert.direction == "received" ? "alert" : ending(closing);
            break;
        case Stage::mcs:
            facts.mcs.ended = ending(closing);
            break;
        case Stage::licensing:
            facts.licensing.ended = ending(closing);
            break;
        case Stage::activation:
            facts.session.ended = ending(closing);
            break;
        case Stage::session:
            if (end_) facts.session.ended = ending(closing);
            break;
        default:
            break;
    }
}

AttemptFacts Attempt::facts(const Closing& closing, const Texts& security,
                            const LocalClock& clock) const {
    AttemptFacts facts;
    facts.number = number_;
    facts.stage = std::string(name_of(stage()));
    if (repeat) facts.repeat = true;
    if (redirected) facts.redirected = true;
    facts.started_ms = milliseconds(clock.start, dialled_);
    facts.duration_ms =
        milliseconds(dialled_, ended_at_.value_or(closing.over ? last_ : closing.now));
    fill_tcp(facts.tcp, closing);
    facts.proxy = proxy_.facts;
    facts.negotiation = negotiation_facts(closing, security);
    facts.tls = tls_facts(closing);
    facts.certificate = certificate_facts(closing);
    fill_conversation(facts, closing, clock);
    if (replayed_) facts.capture = capture_facts(closing);
    return facts;
}

}  // namespace preflight::record
