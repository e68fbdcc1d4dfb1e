// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/recorder.hpp"

#include <algorithm>
#include <utility>

#include "record/states.hpp"
#include "record/verdict.hpp"
#include "wire/text.hpp"

namespace preflight {
namespace {

using record::Attempt;
using record::Record;
using record::Scribe;

constexpr std::size_t most_addresses = 32;

/// Takes in one observation; one overload for each kind.
struct Intake {
    Record& state;
    const Observation& observation;

    Scribe scribe(const Attempt* attempt) {
        return {state.ladder, attempt ? attempt->number() : 0, observation.at};
    }
    Scribe general() { return scribe(state.current()); }

    /// Hands the event to the attempt it belongs to.
    template <class Event>
    void to_attempt(void (Attempt::*take)(const Event&, Scribe&), const Event& event) {
        Attempt* const attempt = state.attempt_of(observation);
        if (!attempt) return;
        Scribe writer = scribe(attempt);
        (attempt->*take)(event, writer);
    }

    void operator()(const RoundBegan& round) {
        // Once redirected, FreeRDP stays so for every round that follows.
        RoundBegan event = round;
        if (record::session_sought(state, round, observation.at)) event.redirected = false;
        // FreeRDP repeats a round once, unasked; a redirection or a new connect call is no repeat.
        state.repeat = state.rounds > 0 && !event.redirected && state.under_way();
        ++state.rounds;
        if (event.redirected) {
            state.redirected = true;
            state.redirection_round = state.rounds;
        }
        state.dialled = observation.at;
        state.dialling = true;
        state.state_stage.reset();
        Scribe({state.ladder, 0, observation.at})
            .local(event.redirected ? "connecting, redirected"
                   : state.repeat   ? "connecting again"
                                    : "connecting");
    }

    void operator()(const SocketOpened& event) {
        Attempt& attempt = state.begin_attempt(observation, event.beside);
        Scribe writer = scribe(&attempt);
        attempt.opened(event, writer);
    }

    void operator()(const Transferred& event) { to_attempt(&Attempt::transferred, event); }
    void operator()(const StreamEnded& event) {
        state.dialled = observation.at;
        to_attempt(&Attempt::ended, event);
    }
    void operator()(const HungUp& event) { to_attempt(&Attempt::hung_up, event); }
    void operator()(const BytesMissing& event) { to_attempt(&Attempt::missing, event); }
    void operator()(const ReplayEnded&) { state.ended_at = observation.at; }
    void operator()(const TlsConfigured& event) {
        if (Attempt* const attempt = state.attempt_of(observation)) attempt->tls_configured(event);
    }
    void operator()(const TlsMessage& event) { to_attempt(&Attempt::tls_message, event); }
    void operator()(const TlsEstablished& event) { to_attempt(&Attempt::tls_established, event); }
    void operator()(const TlsFailed& event) { to_attempt(&Attempt::tls_failed, event); }
    void operator()(const CertificateAsked& event) { to_attempt(&Attempt::asked, event); }
    void operator()(const CertificateAnswered& event) { to_attempt(&Attempt::answered, event); }

    void operator()(const GatewayMessageAnswered& event) {
        to_attempt(&Attempt::gateway_message, event);
    }

    void operator()(const StateChanged& event) {
        state.freerdp.state = wire::printable(event.name);
        const auto stage = record::stage_of_state(event.name);
        if (!stage) return;
        state.state_stage = std::max(state.state_stage.value_or(*stage), *stage);
        if (Attempt* const attempt = state.attempt_of(observation)) attempt->reached(*stage);
        general().local("client state " + *state.freerdp.state);
    }

    void operator()(const ErrorSeen& event) {
        if (state.life.ended) {
            if (state.life.tries > 0 && event.code) state.life.last_try = event;
            return;
        }
        // After the connect call's own verdict FreeRDP overwrites the error while it cleans up.
        if (!state.freerdp.code.value_or(0)) record::fill_error(event, state.freerdp);
    }

    void operator()(const ConnectEnded& event) {
        state.ended_at = observation.at;
        state.freerdp.result = event.result;
        record::fill_error(event.error, state.freerdp);
        // Who ignores certificates and gives up behind the handshake was asked for a password.
        constexpr std::uint32_t cancelled = 0x0002000b;
        const ClientFacts& client = state.known.client;
        const bool asked = event.error.code == cancelled && client.certificate_policy == "ignore" &&
                           client.password_empty.value_or(false);
        Attempt* const attempt = state.current();
        if (attempt && (asked || record::is_sign_in(event.error))) attempt->sign_in_failed();
        general().local("connect call ended: " + std::to_string(event.result) +
                        (event.error.code ? " " + wire::printable(event.error.name) : ""));
    }

    void operator()(const ErrorInfoSeen& event) {
        // A healthy session brings the code 0: no failure.
        if (event.code == 0) return;
        state.session.error_info = event.code;
        state.session.error_info_name = wire::printable(event.name);
        state.session.error_info_text = wire::printable(event.text);
        record::session_reason(state, event);
        general().note(Direction::received, "Set Error Info: " + *state.session.error_info_name);
    }

    void operator()(const LogonErrorSeen& event) {
        record::fill_logon_error(event.type, event.data, state.session);
        general().note(Direction::received,
                       "Save Session Info: " + *state.session.logon_error_type_name);
    }

    void operator()(const Activated& event) {
        record::session_began(state, event, observation.at);
        if (Attempt* const attempt = state.attempt_of(observation))
            attempt->reached(Stage::session);
        general().local("session active");
    }

    void operator()(const Terminated& event) {
        record::session_ended(state, event, observation.at);
        general().local("session ended");
    }

    void operator()(const KerberosFailed& event) {
        if (Attempt* const attempt = state.attempt_of(observation)) {
            Scribe writer = scribe(attempt);
            attempt->kerberos_failed(event, writer);
        }
    }

    void operator()(const LocalProblem& event) {
        state.local.problem = wire::printable(event.kind);
        if (!event.detail.empty()) state.local.detail = wire::printable(event.detail);
        if (!event.name.empty() && event.kind == "add-in")
            state.local.missing_addin = wire::printable(event.name);
        general().local("local problem: " + *state.local.problem);
    }

    void operator()(const LookedAgain& event) {
        state.again = event;
        if (event.addresses.size() > most_addresses) state.again->addresses.resize(most_addresses);
        general().local(event.first ? "looked up" : "looked again");
    }

    void operator()(const AskedAgain& event) {
        state.asked_again = event;
        general().local("asked again");
    }

    void operator()(const CheckEnded& event) {
        state.ended_at = observation.at;
        state.check_passed = event.passed;
        general().local("check ended");
    }
};

}  // namespace

namespace record {

Attempt* Record::attempt_of(const Observation& observation) {
    if (observation.stream == 0) return current();
    for (auto it = attempts.rbegin(); it != attempts.rend(); ++it)
        if ((*it)->stream() == observation.stream) return it->get();
    // A replayed capture can begin in the middle of a connection.
    return &begin_attempt(observation);
}

void Record::drop_one() {
    const auto gone = attempts.begin() + static_cast<std::ptrdiff_t>(most_attempts / 2);
    for (const auto& attempt : attempts)
        if (attempt->partner == gone->get()) attempt->partner = nullptr;
    attempts.erase(gone);
}

Attempt& Record::begin_attempt(const Observation& observation, std::uint32_t beside) {
    Attempt* const previous = current();
    const bool joins = previous && beside && previous->stream() == beside && !previous->partner &&
                       previous->takes_another(rounds);
    if (previous && !joins) previous->release();
    dialling = false;
    // The first ones tell the reason, the last ones the end.
    if (attempts.size() >= most_attempts) drop_one();
    if (!joins) ++attempt_count;
    auto attempt = std::make_unique<Attempt>(attempt_count, observation.stream, dialled,
                                             known.gateway.used.value_or(false));
    if (joins) attempt->partner = previous;
    if (known.capture.read.value_or(false)) attempt->replayed();
    attempt->round = rounds;
    attempt->repeat = repeat;
    attempt->redirected = redirected;
    attempts.push_back(std::move(attempt));
    return *attempts.back();
}

}  // namespace record

Recorder::Recorder(Facts known, Observation::Clock::time_point start)
    : state_(std::make_unique<State>(std::move(known), start)) {}
Recorder::~Recorder() = default;
Recorder::Recorder(Recorder&&) noexcept = default;
Recorder& Recorder::operator=(Recorder&&) noexcept = default;

void Recorder::observe(const Observation& observation) {
    std::visit(Intake{*state_, observation}, observation.what);
    const bool own_doing = std::holds_alternative<ErrorSeen>(observation.what) ||
                           std::holds_alternative<LookedAgain>(observation.what) ||
                           std::holds_alternative<AskedAgain>(observation.what);
    if (!own_doing) state_->progress = observation.at;
}

std::string Recorder::waiting_for() const {
    const Record& state = *state_;
    const bool begun = state.rounds > 0 || state.known.capture.read.value_or(false);
    if (!state.under_way() || !begun) return {};
    if (!state.dialling)
        return state.attempts.empty() ? std::string() : state.attempts.back()->waiting_for();
    return state.known.target.is_address.value_or(false) ? "the TCP connection"
                                                         : "the name look-up or the TCP connection";
}

Observation::Clock::time_point Recorder::last_progress() const { return state_->progress; }

}  // namespace preflight
