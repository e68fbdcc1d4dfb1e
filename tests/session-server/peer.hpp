// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <freerdp/freerdp.h>
#include <freerdp/peer.h>

#include <string>

#include "majors.hpp"
#include "pdus.hpp"

namespace session {

struct Scenario;

/// How the server is set up, for all its connections.
struct Setup {
    Identity identity;
    std::string security = "tls";  ///< tls, nla or rdp: nothing else is accepted
    std::string sam_file;          ///< for NLA: who may sign in
    bool announced_only = false;   ///< Set Error Info only to a client that asked for it
    bool leave = false;            ///< nobody listens any more, once it happened
    bool* happened = nullptr;      ///< in shared memory: a scenario that acts once has acted
};

/// One client, in a process of its own. What ends the connection does not return.
class Peer {
  public:
    explicit Peer(freerdp_peer* peer, const Setup& setup) : peer_(peer), setup_(setup) {}

    void send(const Bytes& bytes);
    void send_error_info(std::uint32_t code);
    void send_logon_error(std::uint32_t type, std::uint32_t data);
    void send_redirection(const Target& target);
    [[noreturn]] void close();    ///< close_notify and FIN
    [[noreturn]] void drop();     ///< FIN without a word of TLS
    [[noreturn]] void reset();    ///< RST
    [[noreturn]] void silence();  ///< says nothing more, until the client leaves
    [[noreturn]] void freeze();   ///< reads nothing more either

  private:
    [[noreturn]] void end();

    freerdp_peer* peer_;
    const Setup& setup_;
};

/// Serves one accepted connection until it ends, or for `seconds` at most. Ends the process.
[[noreturn]] void serve(int fd, const Setup& setup, const Scenario& scenario, int seconds);

}  // namespace session
