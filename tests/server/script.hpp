// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace scripted {

using Bytes = std::vector<std::uint8_t>;

/// A certificate and its key, made in memory when a scenario needs it.
struct Identity {
    int rsa_bits = 2048;
    std::string digest = "SHA256";
    std::string common_name = "localhost";
    std::vector<std::string> names = {"DNS:localhost", "IP:127.0.0.1"};
    int begins = -30;           ///< start of validity, in days from today
    int ends = 335;             ///< end of validity, in days from today
    bool by_authority = false;  ///< signed by the server's own authority, whose certificate is sent
};

/// How the server speaks TLS. Its security level is 0: whatever is asked for is done.
struct Tls {
    int min_version = TLS1_2_VERSION;
    int max_version = TLS1_3_VERSION;
    std::string ciphers = "ALL:@SECLEVEL=0";  ///< up to TLS 1.2, OpenSSL's notation
    std::string suites = {};                  ///< TLS 1.3; empty: OpenSSL's own
    std::string groups = {};                  ///< empty: OpenSSL's own
    std::string signatures = {};              ///< empty: OpenSSL's own
    std::string dh_group = {};  ///< finite-field group, such as modp_1536; empty: none
    Identity identity = {};
};

/// Sends these bytes as they are.
struct Send {
    Bytes bytes;
};
/// Waits until something arrives, whatever it is (a ClientHello, say).
struct Receive {};
/// Looks at what arrives, without taking it: resets the connection where `when` holds.
struct ResetIf {
    std::function<bool(const Bytes&)> when;
};
/// Does the whole TLS handshake; if it fails, the script ends there with an orderly close.
struct Handshake {
    Tls tls = {};
};
/// Answers the ClientHello with a true ServerHello record and nothing after it.
struct ServerHelloOnly {
    Tls tls = {};
};
/// Inside TLS: waits for the client's next message; sends bytes; says close_notify.
struct ReceivePlain {};
struct SendPlain {
    Bytes bytes;
};
struct CloseNotify {};
/// Inside TLS: a whole conversation. Returns whether the script goes on.
struct Talk {
    std::function<bool(SSL*)> with;
};
/// Lets time pass.
struct Pause {
    int milliseconds;
};
/// Keeps the connection open and says nothing, until the client leaves.
struct Silence {};
/// Ends the connection at once with a TCP reset.
struct Reset {};
/// Ends the connection in an orderly way (FIN). A script that just ends does the same.
struct Close {};

using Step = std::variant<Send, Receive, ResetIf, Handshake, ServerHelloOnly, ReceivePlain,
                          SendPlain, CloseNotify, Talk, Pause, Silence, Reset, Close>;

/// What a client asked for, from its X.224 Connection Request (MS-RDPBCGR 2.2.1.1).
struct Request {
    int attempt = 0;              ///< which connection request this is, from 1
    std::uint32_t protocols = 0;  ///< requestedProtocols; 0 without an RDP_NEG_REQ
    std::uint8_t reference[2] = {0, 0};
};

/// One way to serve a connection. The first script whose `when` holds is played; none: always.
struct Script {
    std::vector<Step> steps;
    std::function<bool(const Request&)> when = {};
};

/// A server that misbehaves in one known way.
struct Scenario {
    std::string name;
    std::string description;
    std::vector<Script> scripts;  ///< played once the connection request has arrived
    std::optional<std::vector<Step>> on_accept =
        std::nullopt;  ///< played instead, before anything arrives
};

}  // namespace scripted
