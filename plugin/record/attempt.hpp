// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/facts.hpp"
#include "facts/stage.hpp"
#include "record/conversation.hpp"
#include "record/gateway.hpp"
#include "record/negotiation.hpp"
#include "record/proxy.hpp"
#include "record/tls.hpp"
#include "record/tls_wire.hpp"

namespace preflight::record {

/// What is known of an attempt's end beside its own observations.
struct Closing {
    bool over = false;        ///< another attempt followed, or the connect call has ended
    std::uint32_t error = 0;  ///< FreeRDP's error, where the connect call ended with this attempt
    bool timed_out = false;   ///< the client's limit for reaching the session ran out
    bool gave_up = false;     ///< the client itself broke off, as far as `error` says
    bool transport = false;   ///< `error` says that the connection broke
    bool check = false;       ///< preflight itself connected: nobody judged the certificate
    Moment now;
};

/// One TCP connection and what went through it.
class Attempt {
  public:
    Attempt(std::int64_t number, std::uint32_t stream, Moment dialled, bool to_gateway);

    std::uint32_t stream() const { return stream_; }
    std::int64_t number() const { return number_; }

    void opened(const SocketOpened& event, Scribe& scribe);
    void transferred(const Transferred& event, Scribe& scribe);
    void ended(const StreamEnded& event, Scribe& scribe);
    void hung_up(const HungUp& event, Scribe& scribe);
    void missing(const BytesMissing& event, Scribe& scribe);
    void tls_configured(const TlsConfigured& event);
    void tls_message(const TlsMessage& event, Scribe& scribe);
    void tls_established(const TlsEstablished& event, Scribe& scribe);
    void tls_failed(const TlsFailed& event, Scribe& scribe);
    void asked(const CertificateAsked& event, Scribe& scribe);
    void answered(const CertificateAnswered& event, Scribe& scribe);

    void gateway_message(const GatewayMessageAnswered& event, Scribe& scribe);
    void kerberos_failed(const KerberosFailed& event, Scribe& scribe);

    /// The client's verdict is about the sign-in: whatever was seen of it, it had begun.
    void sign_in_failed();

    /// The client reports that `stage` is under way.
    void reached(Stage stage);

    /// It is read from a capture.
    void replayed() { replayed_ = true; }

    /// Of a replay: whether a session ran, whether the connection stopped short of one, whether it
    /// has an end.
    bool ran_session() const;
    bool stopped_short() const;
    bool is_over() const { return end_ || hung_up_ || !tcp_.connected.value_or(true); }
    bool has_hole() const { return missing_ > 0; }

    /// Of a replay: whether the host had been silent for some seconds by `now`.
    bool host_is_silent(Moment now) const;

    /// Forgets what was only kept to read on.
    void release();

    /// The step at which it stands, or stopped.
    Stage stage() const;

    /// How far it came, to compare attempts with: TLS with a gateway is not as far as TLS with the
    /// host.
    Stage progress() const;

    /// What the peer is being waited for; empty when nothing is.
    std::string waiting_for() const;

    /// What would come next from the peer, whether or not it is being waited for.
    std::string awaited() const;

    /// Whether it was seen how the connection ended.
    bool has_ended() const { return end_.has_value(); }

    /// When it last moved.
    Moment last_moved() const { return last_; }

    /// Whether any byte went either way.
    bool anything_moved() const { return bytes_sent_ + bytes_received_ > 0; }

    /// Certificates as sent, DER, the peer's own first.
    const std::vector<std::vector<std::uint8_t>>& chain() const { return tls_.chain; }

    /// The gateway's, once the TLS with the host began.
    const std::vector<std::vector<std::uint8_t>>& gateway_chain() const {
        return gateway_tls_.chain;
    }

    /// Whether a further connection opened now belongs to the same way through a gateway.
    bool takes_another(int round_now) const { return to_gateway_ && !end_ && round == round_now; }

    /// All facts but the certificate's contents. `security` is what the client allows.
    AttemptFacts facts(const Closing& closing, const Texts& security,
                       const LocalClock& clock) const;

    int round = 0;  ///< of connecting, from 1
    bool repeat = false;
    bool redirected = false;

    /// The other connection to the gateway, where this is the second of one attempt.
    const Attempt* partner = nullptr;

  private:
    bool refused() const;
    bool refused_by_gateway() const;
    bool spoke_to_gateway() const;
    bool at_gateway() const { return to_gateway_ && host_layer_ == Layer::wire; }
    void advance(Stage stage);
    void sent(Bytes bytes, Scribe& scribe);
    void received(Bytes bytes, Scribe& scribe);
    void negotiate(Direction direction, Bytes bytes, Scribe& scribe);
    void after_negotiation(Direction direction, Bytes bytes, Scribe& scribe);
    void plain(const Transferred& event, Scribe& scribe);
    void talk(Direction direction, Bytes bytes, Scribe& scribe);
    void enter_tunnel();
    void reach_unseen();
    void begin_tls();
    void leave_gateway_behind();
    void keep_gateway(GatewayFacts& facts) const;
    bool awaits_peer() const;
    bool depends_on_peer() const;
    Maybe<std::string> ending(const Closing& closing) const;
    CaptureFacts capture_facts(const Closing& closing) const;
    void fill_tcp(TcpFacts& tcp, const Closing& closing) const;
    NegotiationFacts negotiation_facts(const Closing& closing, const Texts& security) const;
    TlsFacts tls_facts(const Closing& closing) const;
    CertificateFacts certificate_facts(const Closing& closing) const;
    void fill_conversation(AttemptFacts& facts, const Closing& closing,
                           const LocalClock& clock) const;

    std::int64_t number_;
    std::uint32_t stream_;
    Moment dialled_;
    Moment opened_;
    Moment last_;
    bool to_gateway_;

    TcpFacts tcp_;
    ProxyStep proxy_;
    NegotiationStep negotiation_;
    TlsStep tls_;
    TlsWire tls_wire_;
    UnseenStep unseen_;
    CertificateFacts certificate_;
    GatewayStep gateway_;
    TlsStep gateway_tls_;  ///< once that with the host began
    CertificateFacts gateway_certificate_;
    Conversation conversation_;
    bool authentication_started_ = false;

    Stage stage_ = Stage::tcp;
    Layer host_layer_ = Layer::wire;  ///< where the words with the host are seen
    std::optional<StreamEnded> end_;
    std::optional<Moment> ended_at_;  ///< by `end_` or `hung_up_`
    std::optional<Moment> hung_up_;   ///< the client did, before the peer
    bool replayed_ = false;
    std::uint64_t missing_ = 0;  ///< bytes that a replay lacks where they were needed
    std::optional<Direction> last_direction_;
    std::optional<Direction> last_inside_;  ///< the same of what TLS carries
    std::int64_t bytes_sent_ = 0;
    std::int64_t bytes_received_ = 0;
    std::int64_t bytes_sent_in_gateway_tls_ = 0;
    bool spoke_ = false;       ///< the client's first bytes on `host_layer_` went by
    bool direct_tls_ = false;  ///< they began TLS at once, without negotiation
    bool tls_hooked_ = false;  ///< OpenSSL itself tells of the handshake
    bool plain_seen_ = false;  ///< the client went on inside TLS
    bool host_spoke_ = false;  ///< something came back through the tunnel
    bool talking_ = false;     ///< the conversation behind the negotiation began
    bool being_asked_ = false;
    bool left_ = false;  ///< the client said goodbye first
};

}  // namespace preflight::record
