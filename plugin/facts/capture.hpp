// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/fields.hpp"

namespace preflight {

/// What a capture file tells beside the messages in clear. Absent for what was seen live.
struct CaptureFacts {
    Maybe<bool> read;
    Maybe<std::string> client;
    Maybe<bool> from_start;
    Maybe<bool> whole;
    Maybe<std::int64_t> missing;
    Maybe<std::string> ended_by;
    Maybe<std::string> last_word;
    Maybe<std::int64_t> quiet_ms;
    Maybe<bool> hidden;
    Maybe<std::int64_t> hidden_sent;
    Maybe<std::int64_t> hidden_received;
    Maybe<std::int64_t> hidden_bytes_received;
    Maybe<std::int64_t> exchanges;
    Maybe<std::string> hidden_alert;

    template <class V>
    static void describe(V& v) {
        v("read", &CaptureFacts::read, "whether the facts were read from a capture file");
        v("client", &CaptureFacts::client, "numeric address of the computer that connected");
        v("from_start", &CaptureFacts::from_start,
          "whether the capture holds the connection from its first packet on");
        v("whole", &CaptureFacts::whole, "whether the capture holds the connection's end");
        v("missing", &CaptureFacts::missing,
          "bytes that the capture lacks where they were needed: nothing behind them was read");
        v("ended_by", &CaptureFacts::ended_by, "who ended the connection first: client, host");
        v("last_word", &CaptureFacts::last_word, "who sent the last bytes: client, host");
        v("quiet_ms", &CaptureFacts::quiet_ms,
          "how long nobody had sent anything before the end, in milliseconds");
        v("hidden", &CaptureFacts::hidden,
          "whether the client went on encrypted, so that the capture shows no more");
        v("hidden_sent", &CaptureFacts::hidden_sent, "encrypted messages that the client sent");
        v("hidden_received", &CaptureFacts::hidden_received,
          "encrypted messages that the host sent");
        v("hidden_bytes_received", &CaptureFacts::hidden_bytes_received,
          "bytes of the encrypted messages that the host sent");
        v("exchanges", &CaptureFacts::exchanges,
          "how many times an encrypted message of the host followed one of the client");
        v("hidden_alert", &CaptureFacts::hidden_alert,
          "who sent an encrypted TLS alert (often an ordinary farewell) first: client, host");
    }
};

}  // namespace preflight
