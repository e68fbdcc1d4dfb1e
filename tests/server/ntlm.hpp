// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>
#include <string>

#include "script.hpp"

namespace scripted {

/// What an NTLM server says about itself in its CHALLENGE (MS-NLMP 2.2.1.2).
struct NtlmHost {
    std::string computer = "WIN-SRV01";
    std::string domain = "CORP";
    std::string dns_computer = "win-srv01.corp.example.com";
    std::string dns_domain = "corp.example.com";
    std::uint16_t build = 20348;  ///< of Windows: Server 2022
    long clock = 0;               ///< seconds by which its clock is ahead of ours
};

/// The server's side of NTLM in a connection: challenges, checks the answer, seals what follows.
class Ntlm {
  public:
    Bytes challenge(const NtlmHost& host) const;

    /// Whether an AUTHENTICATE message proves that its sender knows `password`. If so, the session
    /// keys are ready. Throws std::runtime_error where OpenSSL lacks MD4 or RC4.
    bool accept(const Bytes& authenticate, const std::string& password);

    /// `message` with signature, sealed for the client (MS-NLMP 3.4.3). Only after accept().
    Bytes seal(const Bytes& message);

  private:
    Bytes sign_key_;
    Bytes seal_key_;
};

}  // namespace scripted
