// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>
#include <string_view>

#include "wire/reassembler.hpp"
#include "wire/spnego.hpp"

namespace preflight::wire {

/// A TSRequest, [MS-CSSP] 2.2.1, by its structure. What authInfo, pubKeyAuth and clientNonce hold
/// is never read, only that they are there.
struct TsRequest {
    std::uint32_t version = 0;
    bool nego_tokens = false;
    std::optional<SecurityToken> token;  ///< the first of negoTokens; nothing where it is malformed
    bool auth_info = false;
    bool pub_key_auth = false;
    bool client_nonce = false;
    std::optional<std::uint32_t> error_code;  ///< an NTSTATUS, or an SSPI status such as 0x80090302
};

/// How far a sign-in has come with one TSRequest, [MS-CSSP] 3.1.5.
enum class CredsspStep {
    negotiate,     ///< first token: what is offered
    challenge,     ///< the server's token that asks for proof
    authenticate,  ///< the client's proof; NTLM AUTHENTICATE, Kerberos AP-REQ
    answer,        ///< another token: AP-REP, the end of SPNEGO
    public_key,    ///< proof of the TLS public key
    credentials,   ///< authInfo: the credentials themselves
    error,         ///< errorCode
    unknown,
};

/// The frame of a TSRequest.
Frame ts_request_frame(Bytes bytes);

/// Reads a whole TSRequest; nothing where it is malformed or something else.
std::optional<TsRequest> parse_ts_request(Bytes message);

/// The step that a TSRequest takes; where it takes several, the one that decides: an error, the
/// credentials, a token, the public key.
CredsspStep step_of(const TsRequest& request);

/// A step in words: "negotiate", "challenge", "authenticate", "answer", "public key check",
/// "credentials", "error", "unknown".
std::string_view name_of(CredsspStep step);

/// authorizationResult of the Early User Authorization Result PDU, [MS-RDPBCGR] 2.2.10.2: 0 is
/// success, 5 access denied. Nothing where the message is not four bytes long.
std::optional<std::uint32_t> parse_early_user_authorization(Bytes message);

}  // namespace preflight::wire
