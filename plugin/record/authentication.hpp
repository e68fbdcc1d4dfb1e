// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/authentication.hpp"
#include "record/times.hpp"
#include "wire/credssp.hpp"
#include "wire/entra.hpp"
#include "wire/rdstls.hpp"

namespace preflight::record {

/// The sign-in: CredSSP ([MS-CSSP]), RDSTLS and Entra ([MS-RDPBCGR] 2.2.17 and 2.2.18). What the
/// client sends is looked at as it goes by, never kept.
class AuthenticationStep {
  public:
    /// Takes one piece that went to the server. Only a whole message tells anything.
    void sent(Bytes bytes, Scribe& scribe);

    /// Takes one whole message of the server.
    void received(Bytes message, Scribe& scribe);

    /// Takes an error of libkrb5 on this computer; `since` is when the connection last moved.
    void failed(const KerberosFailed& event, Moment since, Scribe& scribe);

    bool started() const { return facts_.started.value_or(false); }

    /// The facts, with clocks compared.
    AuthenticationFacts facts(const LocalClock& clock) const;

    /// The frame of a message of the server, whichever of the three protocols it belongs to.
    static wire::Frame frame(Bytes bytes);

  private:
    void begin(const char* method);
    void take(Direction direction, const wire::TsRequest& request, Scribe& scribe);
    void take_token(Direction direction, const wire::SecurityToken& token, Scribe& scribe);
    void take_challenge(const wire::NtlmChallenge& challenge, Scribe& scribe);
    void take_kerberos(const wire::KerberosMessage& message, Scribe& scribe);
    void take(const wire::RdstlsMessage& message, Scribe& scribe);
    void take(const wire::EntraMessage& message, Scribe& scribe);
    void take_authorization(std::uint32_t result, Scribe& scribe);

    struct Clock {
        std::int64_t seconds = 0;
        Moment at;
    };
    AuthenticationFacts facts_;
    std::optional<wire::CredsspStep> furthest_;
    std::optional<Clock> ntlm_clock_;
    std::optional<Clock> kerberos_clock_;
};

}  // namespace preflight::record
