// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "wire/reader.hpp"

namespace preflight::wire {

/// The VERSION structure, [MS-NLMP] 2.2.2.10.
struct NtlmVersion {
    int major = 0;
    int minor = 0;
    int build = 0;
};

/// NEGOTIATE_MESSAGE, [MS-NLMP] 2.2.1.1.
struct NtlmNegotiate {
    std::uint32_t flags = 0;
};

/// What a CHALLENGE_MESSAGE ([MS-NLMP] 2.2.1.2) says of the server. The challenge itself is not
/// kept. Names are printable; empty where they are missing.
struct NtlmChallenge {
    std::uint32_t flags = 0;
    std::string target_name;
    std::string netbios_computer;
    std::string netbios_domain;
    std::string dns_computer;
    std::string dns_domain;
    std::string dns_tree;
    std::optional<std::int64_t> time;  ///< the server's clock, seconds since 1970 in UTC
    std::optional<NtlmVersion> version;
};

/// That an AUTHENTICATE_MESSAGE ([MS-NLMP] 2.2.1.3) was sent, and whether its name fields hold
/// anything. Nothing else of it is read.
struct NtlmAuthenticate {
    bool user = false;
    bool domain = false;
};

using NtlmMessage = std::variant<NtlmNegotiate, NtlmChallenge, NtlmAuthenticate>;

/// Whether a token begins with the NTLM signature.
bool is_ntlm(Bytes token);

/// Reads a whole NTLM message; nothing where it is malformed or something else.
std::optional<NtlmMessage> parse_ntlm(Bytes message);

}  // namespace preflight::wire
