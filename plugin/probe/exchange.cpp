// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "probe/exchange.hpp"

#include <poll.h>

#include <array>
#include <cerrno>
#include <utility>

#include "wire/credssp.hpp"
#include "wire/tls_handshake.hpp"
#include "wire/tls_record.hpp"

namespace preflight {
namespace {

constexpr std::size_t piece = 16 * 1024;

/// Whether TLS follows the selection of these protocols.
bool means_tls(std::uint32_t selected) { return selected != protocol::rdp; }

/// Whether CredSSP follows TLS.
bool means_nla(std::uint32_t selected) {
    return (selected & (protocol::hybrid | protocol::hybrid_ex)) != 0;
}

}  // namespace

Exchange::Exchange(Question question, Hearing hear)
    : question_(std::move(question)), hear_(std::move(hear)), answer_(wire::ts_request_frame) {}

void Exchange::tell(decltype(Observation::what) what) {
    if (hear_) hear_(Observation{Observation::Clock::now(), question_.stream, std::move(what)});
}

void Exchange::start() {
    if (step_ != Step::connecting || socket_.open()) return;
    const int error = socket_.dial(question_.address);
    if (error != EINPROGRESS) dialled(error);
}

void Exchange::dialled(int error) {
    account_.connected = error == 0;
    account_.connect_error = error;
    SocketOpened opened;
    opened.address = question_.address.text;
    opened.port = question_.port;
    opened.ipv6 = question_.address.ipv6;
    opened.connected = account_.connected;
    opened.error = error;
    tell(std::move(opened));
    if (error != 0) return finish();
    ++account_.round_trips;
    ask();
}

void Exchange::ask() {
    step_ = Step::negotiating;
    queue(connection_request(question_.protocols, question_.negotiate));
    flush();
}

short Exchange::events() const {
    if (step_ == Step::connecting) return POLLOUT;
    return static_cast<short>(POLLIN | (output_.empty() ? 0 : POLLOUT));
}

void Exchange::ready() {
    if (step_ == Step::connecting) return dialled(socket_.dialled());
    if (!output_.empty()) flush();
    if (!over()) read();
}

void Exchange::read() {
    std::array<std::uint8_t, piece> buffer{};
    while (!over()) {
        const Socket::Transfer result = socket_.read(buffer);
        if (result.wait) return;
        if (result.ended || result.error) return peer_ended(result.error);
        account_.received += result.size;
        if (std::exchange(awaiting_, false)) ++account_.round_trips;
        take(Bytes(buffer).first(result.size));
        if (!over() && account_.received >= most_bytes) {
            account_.flooded = true;
            finish();
        }
    }
}

void Exchange::take(Bytes bytes) {
    tell(Transferred{Layer::wire, Direction::received, bytes});
    if (step_ == Step::negotiating)
        take_confirm(bytes);
    else
        advance_tls(bytes, false);
}

void Exchange::take_confirm(Bytes bytes) {
    confirm_.feed(bytes);
    if (const auto tpkt = confirm_.take()) {
        account_.confirm = wire::parse_connection_confirm(*tpkt);
        // Whatever else it is, the client would not go on.
        if (!account_.confirm) return finish();
        return after_confirm(*account_.confirm);
    }
    if (confirm_.broken()) finish();
}

void Exchange::after_confirm(const wire::ConnectionConfirm& confirm) {
    using Kind = wire::ConnectionConfirm::Kind;
    const bool asked_for = (confirm.protocol & ~question_.protocols) == 0;
    const bool tls = confirm.kind == Kind::response && means_tls(confirm.protocol) && asked_for;
    if (tls && !question_.tls && question_.choose_tls) question_.tls = question_.choose_tls();
    if (!tls || !question_.tls) return finish();
    step_ = Step::handshake;
    tls_ = std::make_unique<TlsClient>(question_.tls, question_.server_name,
                                       [this](decltype(Observation::what)&& what) {
                                           look_at(what);
                                           tell(std::move(what));
                                       });
    advance_tls({}, false);
}

/// What OpenSSL tells, as far as it decides how to go on.
void Exchange::look_at(const decltype(Observation::what)& what) {
    if (const auto* plain = std::get_if<Transferred>(&what)) return take_plain(plain->bytes);
    const auto* message = std::get_if<TlsMessage>(&what);
    if (!message || message->direction != Direction::received) return;
    if (message->content_type == wire::content_type::alert && !account_.alert) {
        const auto alert = wire::parse_tls_alert(message->bytes);
        if (alert && alert->level == wire::fatal_level) account_.alert = alert->description;
    }
    if (message->content_type != wire::content_type::handshake) return;
    if (const auto hello = wire::parse_server_hello(message->bytes))
        account_.tls_version = hello->version;
}

void Exchange::take_plain(Bytes plain) {
    answer_.feed(plain);
    const auto message = answer_.take();
    if (!message) return;
    account_.answered = true;
    const auto request = wire::parse_ts_request(*message);
    account_.challenge_seen = request && request->token && !request->error_code;
}

void Exchange::advance_tls(Bytes bytes, bool ended) {
    using State = TlsClient::State;
    const State state = tls_->advance(bytes, ended);
    if (state == State::established && step_ == Step::handshake) established();
    if (!ended) queue(tls_->take_output());
    flush();
    if (state == State::failed) {
        tell(tls_->failure());
        return finish();
    }
    const bool answered = !asks_challenge_ || account_.answered || answer_.broken();
    if (ended || state == State::ended || (step_ == Step::sign_in && answered)) finish();
}

/// The handshake is done: the client's last message goes out together with the next question.
void Exchange::established() {
    account_.handshake_done = true;
    step_ = Step::sign_in;
    asks_challenge_ = question_.challenge && means_nla(account_.confirm->protocol);
    if (!asks_challenge_) return;
    const auto question = ntlm_question();
    tls_->send(question);
    tell(Transferred{Layer::plain, Direction::sent, question});
}

void Exchange::peer_ended(int error) {
    account_.end = error;
    tell(StreamEnded{Layer::wire, Direction::received, error});
    if (step_ == Step::handshake && error == 0) return advance_tls({}, true);
    if (step_ == Step::handshake) tell(TlsFailed{});
    finish();
}

void Exchange::queue(std::vector<std::uint8_t> bytes) {
    output_.insert(output_.end(), bytes.begin(), bytes.end());
}

void Exchange::flush() {
    while (!output_.empty()) {
        const Socket::Transfer result = socket_.write(output_);
        if (result.wait) return;
        if (result.error) {
            // What the peer said before it went away is still to be read.
            output_.clear();
            return;
        }
        account_.sent += result.size;
        awaiting_ = true;
        tell(Transferred{Layer::wire, Direction::sent, Bytes(output_).first(result.size)});
        output_.erase(output_.begin(), output_.begin() + static_cast<std::ptrdiff_t>(result.size));
    }
}

void Exchange::give_up() {
    if (step_ == Step::connecting) return dialled(ETIMEDOUT);
    finish();
}

/// Closes; inside TLS with the goodbye that a good client says. Nobody waits for it to arrive.
void Exchange::finish() {
    if (std::exchange(step_, Step::over) == Step::over) return;
    if (tls_ && socket_.open() && account_.handshake_done) {
        tls_->close();
        const auto goodbye = tls_->take_output();
        if (!goodbye.empty()) (void)socket_.write(goodbye);
    }
    tls_.reset();
    socket_.close();
}

}  // namespace preflight
