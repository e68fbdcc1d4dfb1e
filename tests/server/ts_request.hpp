// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <openssl/ssl.h>

#include <optional>

#include "script.hpp"

namespace scripted {

/// TSRequest (MS-CSSP 2.2.1), the parts that a server looks at.
struct TsRequest {
    int version = 0;
    Bytes token;
    Bytes pub_key_auth;
    Bytes nonce;
    bool has_auth_info = false;
};

/// Reads one TSRequest from the client; none when the connection ends or something else comes.
std::optional<TsRequest> read_ts_request(SSL* ssl);

/// A TSRequest with a token in negoTokens, with pubKeyAuth, or with errorCode.
Bytes with_token(int version, const Bytes& token);
Bytes with_pub_key_auth(int version, const Bytes& sealed);
Bytes with_error(int version, std::uint32_t ntstatus);

}  // namespace scripted
