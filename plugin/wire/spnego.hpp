// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "wire/kerberos.hpp"
#include "wire/ntlm.hpp"

namespace preflight::wire {

/// A token that CredSSP, HTTP or a gateway carries: SPNEGO (RFC 4178) or one of its mechanisms
/// bare. Mechanisms are named NTLM, Kerberos, MS-Kerberos, Kerberos user-to-user, NEGOEX, SPNEGO,
/// or by their object identifier.
struct SecurityToken {
    enum class Wrapping { none, init, response };
    /// negState of a NegTokenResp, RFC 4178 section 4.2.2.
    enum class State { accept_completed, accept_incomplete, reject, request_mic };

    Wrapping wrapping = Wrapping::none;
    std::vector<std::string> offered;  ///< mechTypes, in the sender's order
    std::string selected;              ///< supportedMech; may be empty
    std::optional<State> state;
    std::string mechanism;  ///< of the token inside; empty where there is none or it is unknown
    std::variant<std::monostate, NtlmMessage, KerberosMessage> message;
};

/// Reads a token; nothing where it is malformed. A token of an unknown mechanism has no
/// `mechanism`.
std::optional<SecurityToken> parse_security_token(Bytes token);

}  // namespace preflight::wire
