// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "ntlm.hpp"
#include "script.hpp"

namespace scripted {

/// How far a sign-in with CredSSP goes as it should (MS-CSSP 3.1.5).
enum class SignIn {
    negotiate,     ///< the client's first TSRequest has arrived
    authenticate,  ///< its AUTHENTICATE has arrived, which with NTLM brings pubKeyAuth along
    credentials    ///< the password is right, pubKeyAuth was answered, authInfo has arrived
};

/// A server that speaks CredSSP with NTLM.
struct CredSsp {
    int version = 6;  ///< 2 to 6
    NtlmHost host = {};
    bool wrong_echo = false;  ///< answers pubKeyAuth as for another certificate
};

/// The password that the client must know; set once, at the start.
void expect_password(std::string password);

/// The NetBIOS name that NTLM gives the host; set once, at the start, where it shall be another.
void call_host(std::string computer);

/// Plays CredSSP up to and including `until`. A wrong password ends it with STATUS_LOGON_FAILURE.
Step sign_in(SignIn until, CredSsp server = {});

/// Ends NLA as a server of this version does: errorCode where the version has one (3, 4, 6), else
/// the TLS alert access_denied. Needs the handshake of alert_tls() for the latter.
Step refuse(std::uint32_t ntstatus, int version = 6);

}  // namespace scripted
