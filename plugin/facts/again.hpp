// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/fields.hpp"

namespace preflight {

/// What preflight asked the same host again after the failure, without signing in.
struct AgainFacts {
    Maybe<std::int64_t> connections;
    Maybe<std::int64_t> duration_ms;
    Maybe<std::string> same;
    Maybe<std::string> tls_1_2;
    Maybe<std::string> short_hello;
    Maybe<std::string> old_tls;
    Maybe<std::string> old_tls_version;
    Maybe<std::string> old_tls_cipher;
    Maybe<std::string> nla;
    Maybe<std::string> tls;
    Maybe<std::string> rdp;
    Texts accepts;
    Texts answers;

    template <class V>
    static void describe(V& v) {
        v("connections", &AgainFacts::connections, "TCP connections that preflight began");
        v("duration_ms", &AgainFacts::duration_ms, "how long it took, in milliseconds");
        v("same", &AgainFacts::same,
          "asked as the client did, but without its cookie: answered, refused (the host named a "
          "reason), broke off, silent, not connected");
        v("tls_1_2", &AgainFacts::tls_1_2, "asked with TLS 1.2 alone; values as of same");
        v("short_hello", &AgainFacts::short_hello,
          "asked without the long keys of post-quantum groups; values as of same");
        v("old_tls", &AgainFacts::old_tls,
          "asked with TLS 1.0 to 1.2 and every cipher that OpenSSL knows; values as of same");
        v("old_tls_version", &AgainFacts::old_tls_version, "TLS version that the host then chose");
        v("old_tls_cipher", &AgainFacts::old_tls_cipher, "cipher suite that it then chose");
        v("nla", &AgainFacts::nla, "asked for NLA or TLS; values as of same");
        v("tls", &AgainFacts::tls, "asked for TLS; values as of same");
        v("rdp", &AgainFacts::rdp, "asked for RDP security; values as of same");
        v("accepts", &AgainFacts::accepts,
          "what the host answered when it was asked for it: NLA, TLS, RDP security");
        v("answers", &AgainFacts::answers, "every question with its answer, in words, in order");
    }
};

}  // namespace preflight
