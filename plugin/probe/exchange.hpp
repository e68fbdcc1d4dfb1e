// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "probe/messages.hpp"
#include "probe/socket.hpp"
#include "probe/tls_client.hpp"
#include "wire/x224.hpp"

namespace preflight {

/// Where a probe's observations go.
using Hearing = std::function<void(const Observation&)>;

/// What one connection is to ask.
struct Question {
    std::uint32_t stream = 1;
    Resolved::Address address;
    std::uint16_t port = 0;
    std::uint32_t protocols = protocol::ssl | protocol::hybrid;  ///< requestedProtocols
    bool negotiate = true;                                       ///< send an RDP_NEG_REQ
    TlsContext tls;                                              ///< null: see choose_tls
    std::function<TlsContext()> choose_tls;  ///< asked when TLS begins; null, or says null: no TLS
    std::string server_name;
    bool challenge = true;  ///< where NLA is selected: ask for the NTLM challenge too
};

/// One connection that asks a host what it would say to a client, up to the NTLM challenge: no name
/// and no password is ever sent. Driven from outside (`ready`), never blocks, takes in at most
/// `most_bytes`. It ends itself at the first answer that leaves nothing more to ask.
class Exchange {
  public:
    static constexpr std::size_t most_bytes = 256 * 1024;

    Exchange(Question question, Hearing hear);

    /// Begins to connect, if it did not yet.
    void start();

    /// What to wait for, as for poll(2).
    int fd() const { return socket_.fd(); }
    short events() const;

    /// The socket is ready.
    void ready();

    /// Nothing more is waited for: closes. What was never connected is told to have timed out.
    void give_up();

    bool over() const { return step_ == Step::over; }
    const Question& question() const { return question_; }

    /// What the connection cost, and how far it came.
    struct Account {
        bool connected = false;
        int connect_error = 0;
        int round_trips = 0;  ///< times that the peer had to be waited for
        std::size_t sent = 0;
        std::size_t received = 0;
        bool flooded = false;    ///< `most_bytes` came, and no end
        std::optional<int> end;  ///< the peer ended it: 0 in order, else an errno
        std::optional<wire::ConnectionConfirm> confirm;
        int tls_version = 0;                ///< of the ServerHello, a wire value; 0: none came
        std::optional<std::uint8_t> alert;  ///< description of the first fatal one received
        bool handshake_done = false;
        bool answered = false;        ///< a whole answer to the NTLM question came
        bool challenge_seen = false;  ///< and it was a challenge
    };
    const Account& account() const { return account_; }

  private:
    enum class Step { connecting, negotiating, handshake, sign_in, over };

    void tell(decltype(Observation::what) what);
    void dialled(int error);
    void ask();
    void read();
    void take(Bytes bytes);
    void take_confirm(Bytes bytes);
    void after_confirm(const wire::ConnectionConfirm& confirm);
    void advance_tls(Bytes bytes, bool ended);
    void look_at(const decltype(Observation::what)& what);
    void take_plain(Bytes plain);
    void established();
    void peer_ended(int error);
    void queue(std::vector<std::uint8_t> bytes);
    void flush();
    void finish();

    Question question_;
    Hearing hear_;
    Socket socket_;
    Step step_ = Step::connecting;
    std::vector<std::uint8_t> output_;
    wire::Reassembler confirm_{wire::tpkt_frame};
    wire::Reassembler answer_;
    std::unique_ptr<TlsClient> tls_;
    Account account_;
    bool asks_challenge_ = false;
    bool awaiting_ = false;  ///< something was sent since the peer last spoke
};

}  // namespace preflight
