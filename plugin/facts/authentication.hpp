// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/fields.hpp"

namespace preflight {

/// What the server's NTLM challenge says of it, [MS-NLMP] 2.2.1.2.
struct NtlmFacts {
    Maybe<std::string> target;
    Maybe<std::string> computer;
    Maybe<std::string> domain;
    Maybe<std::string> dns_computer;
    Maybe<std::string> dns_domain;
    Maybe<std::string> dns_tree;
    Maybe<bool> domain_member;
    Maybe<std::string> os_version;
    Maybe<std::int64_t> os_build;
    Maybe<std::string> server_time;
    Maybe<std::int64_t> clock_skew_s;
    Maybe<bool> user_named;

    template <class V>
    static void describe(V& v) {
        v("target", &NtlmFacts::target, "name of the domain or computer that checks the user");
        v("computer", &NtlmFacts::computer, "NetBIOS name of the host");
        v("domain", &NtlmFacts::domain,
          "NetBIOS name of the host's domain; of a host in none, its own name");
        v("dns_computer", &NtlmFacts::dns_computer, "DNS name of the host");
        v("dns_domain", &NtlmFacts::dns_domain, "DNS name of the host's domain");
        v("dns_tree", &NtlmFacts::dns_tree, "DNS name of the host's forest");
        v("domain_member", &NtlmFacts::domain_member,
          "whether the host belongs to a domain, judged by those names");
        v("os_version", &NtlmFacts::os_version, "version the host gives, such as 10.0.20348");
        v("os_build", &NtlmFacts::os_build, "the build alone");
        v("server_time", &NtlmFacts::server_time, "the host's clock, ISO 8601 in UTC");
        v("clock_skew_s", &NtlmFacts::clock_skew_s,
          "the host's clock less this computer's, in seconds");
        v("user_named", &NtlmFacts::user_named,
          "whether the client's answer names a user (never which); only where that was seen");
    }
};

/// What Kerberos messages inside the sign-in say, RFC 4120.
struct KerberosFacts {
    Maybe<std::int64_t> error_code;
    Maybe<std::int64_t> library_error;
    Maybe<std::int64_t> waited_ms;
    Maybe<std::string> error_status;
    Maybe<std::string> realm;
    Maybe<std::string> service;
    Maybe<std::string> server_time;
    Maybe<std::int64_t> clock_skew_s;

    template <class V>
    static void describe(V& v) {
        v("error_code", &KerberosFacts::error_code,
          "error-code of a KRB-ERROR, such as 37 for too great a clock skew");
        v("library_error", &KerberosFacts::library_error,
          "error of libkrb5 on this computer, such as -1765328230; only where the client told it");
        v("waited_ms", &KerberosFacts::waited_ms,
          "how long the client was busy with Kerberos before that error, in milliseconds");
        v("error_status", &KerberosFacts::error_status, "NTSTATUS that came with it, as 0x%08X");
        v("realm", &KerberosFacts::realm, "realm of the service");
        v("service", &KerberosFacts::service, "the service's name, such as TERMSRV/host");
        v("server_time", &KerberosFacts::server_time, "the service's clock, ISO 8601 in UTC");
        v("clock_skew_s", &KerberosFacts::clock_skew_s,
          "that clock less this computer's, in seconds");
    }
};

/// The sign-in: CredSSP/NLA, RDSTLS, Entra.
struct AuthenticationFacts {
    Maybe<bool> started;
    Maybe<std::string> method;
    Maybe<std::int64_t> client_version;
    Maybe<std::int64_t> server_version;
    Texts offered;
    Maybe<std::string> mechanism;
    Maybe<std::string> negotiation_state;
    Maybe<std::string> step;
    Maybe<std::string> last_sent;
    Maybe<std::string> last_received;
    Maybe<bool> accepted;
    Maybe<std::int64_t> error_code;
    Maybe<std::string> error_hex;
    Maybe<std::int64_t> authorization;
    Maybe<std::int64_t> rdstls_result;
    Maybe<std::string> rdstls_result_name;
    Maybe<std::int64_t> entra_result;
    Maybe<std::string> entra_result_hex;
    NtlmFacts ntlm;
    KerberosFacts kerberos;
    Maybe<std::string> ended;

    template <class V>
    static void describe(V& v) {
        v("started", &AuthenticationFacts::started, "whether the sign-in began");
        v("method", &AuthenticationFacts::method, "CredSSP, RDSTLS, Entra");
        v("client_version", &AuthenticationFacts::client_version,
          "CredSSP version of the client; only where what it sent was seen");
        v("server_version", &AuthenticationFacts::server_version, "CredSSP version of the server");
        v("offered", &AuthenticationFacts::offered,
          "mechanisms the client offered; only where what it sent was seen");
        v("mechanism", &AuthenticationFacts::mechanism,
          "mechanism in use: NTLM, Kerberos, MS-Kerberos, Kerberos user-to-user, NEGOEX");
        v("negotiation_state", &AuthenticationFacts::negotiation_state,
          "what the server says of the mechanism: accept-completed, accept-incomplete, reject, "
          "request-mic");
        v("step", &AuthenticationFacts::step,
          "furthest step that was seen: negotiate, challenge, authenticate, answer, public key "
          "check, credentials");
        v("last_sent", &AuthenticationFacts::last_sent,
          "last step sent; only where what the client sends was seen");
        v("last_received", &AuthenticationFacts::last_received,
          "last step received: those of the member step, or error");
        v("accepted", &AuthenticationFacts::accepted,
          "whether the server accepted the proof of who signs in: it answered the public key "
          "check, or said so");
        v("error_code", &AuthenticationFacts::error_code,
          "errorCode of the server's TSRequest: an NTSTATUS or SSPI status");
        v("error_hex", &AuthenticationFacts::error_hex, "the same as 0x%08X");
        v("authorization", &AuthenticationFacts::authorization,
          "Early User Authorization Result: 0 is success, 5 access denied");
        v("rdstls_result", &AuthenticationFacts::rdstls_result, "result code of RDSTLS");
        v("rdstls_result_name", &AuthenticationFacts::rdstls_result_name, "its name");
        v("entra_result", &AuthenticationFacts::entra_result,
          "authentication result of Entra: an HRESULT");
        v("entra_result_hex", &AuthenticationFacts::entra_result_hex, "the same as 0x%08X");
        v("ntlm", &AuthenticationFacts::ntlm, "what the server's NTLM challenge says of it");
        v("kerberos", &AuthenticationFacts::kerberos, "what Kerberos messages in it say");
        v("ended", &AuthenticationFacts::ended,
          "how the connection ended during the sign-in: alert (of TLS, from the server), reset, "
          "closed, client, silent");
    }
};

}  // namespace preflight
