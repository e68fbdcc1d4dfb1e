// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/fields.hpp"

namespace preflight {

/// The X.224 connection request and confirm, [MS-RDPBCGR] 2.2.1.1 and 2.2.1.2.
struct NegotiationFacts {
    Maybe<bool> request_sent;
    Texts requested;
    Maybe<std::int64_t> requested_bits;
    Maybe<bool> cookie;
    Maybe<std::string> answer;
    Maybe<std::string> selected;
    Maybe<std::int64_t> selected_bits;
    Maybe<bool> selected_was_requested;
    Texts flags;
    Maybe<std::int64_t> flags_bits;
    Maybe<std::string> flags_unknown;
    Maybe<std::int64_t> failure_code;
    Maybe<std::string> failure_name;
    Maybe<std::string> other_protocol;
    Maybe<std::string> other_banner;
    Maybe<std::string> ended;
    Maybe<std::int64_t> waited_ms;

    template <class V>
    static void describe(V& v) {
        v("request_sent", &NegotiationFacts::request_sent, "whether a connection request was sent");
        v("requested", &NegotiationFacts::requested,
          "requested protocols: RDP, SSL, HYBRID, RDSTLS, HYBRID_EX, RDSAAD");
        v("requested_bits", &NegotiationFacts::requested_bits, "requestedProtocols as a number");
        v("cookie", &NegotiationFacts::cookie,
          "whether the request carried a cookie or routing token");
        v("answer", &NegotiationFacts::answer,
          "response, failure, no-negotiation-data, other-protocol, malformed, incomplete, nothing");
        v("selected", &NegotiationFacts::selected, "the protocol the server selected");
        v("selected_bits", &NegotiationFacts::selected_bits, "selectedProtocol as a number");
        v("selected_was_requested", &NegotiationFacts::selected_was_requested,
          "whether the selected protocol was among the requested ones");
        v("flags", &NegotiationFacts::flags, "RDP_NEG_RSP flags by name");
        v("flags_bits", &NegotiationFacts::flags_bits, "RDP_NEG_RSP flags as a number");
        v("flags_unknown", &NegotiationFacts::flags_unknown, "unknown flag bits, as 0x%02x");
        v("failure_code", &NegotiationFacts::failure_code, "RDP_NEG_FAILURE failureCode");
        v("failure_name", &NegotiationFacts::failure_name,
          "its name, such as HYBRID_REQUIRED_BY_SERVER");
        v("other_protocol", &NegotiationFacts::other_protocol,
          "what answered in place of RDP: SSH, HTTP, TLS, VNC, SMTP, FTP, unknown");
        v("other_banner", &NegotiationFacts::other_banner,
          "the first bytes of that answer, made printable");
        v("ended", &NegotiationFacts::ended,
          "how it ended when no answer came: reset, closed, silent");
        v("waited_ms", &NegotiationFacts::waited_ms,
          "time between the request and the answer or the end, in milliseconds");
    }
};

}  // namespace preflight
