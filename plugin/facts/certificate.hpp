// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/fields.hpp"

namespace preflight {

/// One certificate of the chain as the server sent it.
struct ChainEntryFacts {
    Maybe<std::string> subject;
    Maybe<std::string> issuer;
    Maybe<std::string> not_after;
    Maybe<std::string> key;
    Maybe<std::string> sha256;

    template <class V>
    static void describe(V& v) {
        v("subject", &ChainEntryFacts::subject, "subject");
        v("issuer", &ChainEntryFacts::issuer, "issuer");
        v("not_after", &ChainEntryFacts::not_after, "end of validity, ISO 8601 in UTC");
        v("key", &ChainEntryFacts::key, "key type and size, such as RSA 2048");
        v("sha256", &ChainEntryFacts::sha256, "SHA-256 fingerprint");
    }
};

/// What OpenSSL's verification says with this computer's trusted authorities.
struct VerifyFacts {
    Maybe<std::int64_t> code;
    Maybe<std::string> name;
    Maybe<std::string> text;
    Maybe<std::int64_t> depth;

    template <class V>
    static void describe(V& v) {
        v("code", &VerifyFacts::code, "X509_V_ERR_* code");
        v("name", &VerifyFacts::name, "its name");
        v("text", &VerifyFacts::text, "OpenSSL's text");
        v("depth", &VerifyFacts::depth, "depth at which it arose; 0 is the server's certificate");
    }
};

/// The certificate of the host (or of the gateway), and what became of it.
struct CertificateFacts {
    Maybe<bool> seen;
    Maybe<std::string> subject;
    Maybe<std::string> subject_cn;
    Maybe<std::string> host_name;
    Maybe<std::string> issuer;
    Maybe<std::string> issuer_cn;
    Texts names;
    Maybe<std::string> not_before;
    Maybe<std::string> not_after;
    Maybe<std::int64_t> days_left;
    Maybe<std::int64_t> days_until_valid;
    Maybe<std::int64_t> days_since_issue;
    Maybe<std::string> key_type;
    Maybe<std::int64_t> key_bits;
    Maybe<std::string> signature_algorithm;
    Texts key_usage;
    Texts extended_key_usage;
    Maybe<std::string> sha256;
    Maybe<bool> self_signed;
    std::vector<ChainEntryFacts> chain;
    Maybe<std::int64_t> chain_length;
    VerifyFacts verify;
    Maybe<std::string> checked_name;
    Maybe<bool> name_matches;
    Texts defects;
    Maybe<std::string> known;
    Maybe<std::string> stored_sha256;
    Maybe<std::string> known_file;
    Maybe<bool> asked;
    Maybe<std::string> answer;
    Maybe<std::string> decision;

    template <class V>
    static void describe(V& v) {
        v("seen", &CertificateFacts::seen, "whether a certificate arrived");
        v("subject", &CertificateFacts::subject, "subject");
        v("subject_cn", &CertificateFacts::subject_cn, "common name of the subject");
        v("host_name", &CertificateFacts::host_name,
          "the common name, where a host can be called so");
        v("issuer", &CertificateFacts::issuer, "issuer");
        v("issuer_cn", &CertificateFacts::issuer_cn, "common name of the issuer");
        v("names", &CertificateFacts::names,
          "DNS names and addresses it is valid for (subjectAltName)");
        v("not_before", &CertificateFacts::not_before, "start of validity, ISO 8601 in UTC");
        v("not_after", &CertificateFacts::not_after, "end of validity, ISO 8601 in UTC");
        v("days_left", &CertificateFacts::days_left,
          "whole days until it expires; negative when expired");
        v("days_until_valid", &CertificateFacts::days_until_valid,
          "whole days until it becomes valid; only when not yet valid");
        v("days_since_issue", &CertificateFacts::days_since_issue,
          "whole days since the start of validity");
        v("key_type", &CertificateFacts::key_type, "key type, such as RSA");
        v("key_bits", &CertificateFacts::key_bits, "key size in bits");
        v("signature_algorithm", &CertificateFacts::signature_algorithm, "signature algorithm");
        v("key_usage", &CertificateFacts::key_usage, "key usages");
        v("extended_key_usage", &CertificateFacts::extended_key_usage, "extended key usages");
        v("sha256", &CertificateFacts::sha256, "SHA-256 fingerprint as hex with colons");
        v("self_signed", &CertificateFacts::self_signed, "whether it is its own issuer");
        v("chain", &CertificateFacts::chain,
          "the chain as sent, the server's own certificate first");
        v("chain_length", &CertificateFacts::chain_length, "number of certificates sent");
        v("verify", &CertificateFacts::verify, "what OpenSSL's verification says");
        v("checked_name", &CertificateFacts::checked_name,
          "name that was looked for in the certificate");
        v("name_matches", &CertificateFacts::name_matches,
          "whether the certificate is valid for that name");
        v("defects", &CertificateFacts::defects,
          "untrusted, self-signed, expired, not-yet-valid, name-mismatch, weak-key, "
          "weak-signature, wrong-usage, malformed");
        v("known", &CertificateFacts::known,
          "what FreeRDP had stored for this host: new, changed, same");
        v("stored_sha256", &CertificateFacts::stored_sha256, "fingerprint that was stored before");
        v("known_file", &CertificateFacts::known_file,
          "file that holds the stored certificate or fingerprint");
        v("asked", &CertificateFacts::asked, "whether the client asked the user");
        v("answer", &CertificateFacts::answer,
          "the answer: no, once, always, none (nobody could answer)");
        v("decision", &CertificateFacts::decision, "accepted, rejected");
    }
};

}  // namespace preflight
