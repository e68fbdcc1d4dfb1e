// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/fields.hpp"

namespace preflight {

/// The server's settings in the basic settings exchange, [MS-RDPBCGR] 2.2.1.4.
struct ServerDataFacts {
    Maybe<std::string> version;
    Maybe<std::int64_t> version_bits;
    Texts requested;
    Maybe<bool> requested_as_sent;
    Maybe<std::string> encryption_method;
    Maybe<std::int64_t> encryption_method_bits;
    Maybe<std::string> encryption_level;
    Maybe<std::string> certificate;
    Maybe<std::int64_t> channels;
    Maybe<bool> message_channel;

    template <class V>
    static void describe(V& v) {
        v("version", &ServerDataFacts::version, "version of RDP the server gives, such as 10.7");
        v("version_bits", &ServerDataFacts::version_bits, "the same as a number");
        v("requested", &ServerDataFacts::requested,
          "security protocols that the client requested, as the server received them");
        v("requested_as_sent", &ServerDataFacts::requested_as_sent,
          "whether those are what the client sent");
        v("encryption_method", &ServerDataFacts::encryption_method,
          "encryption of standard RDP security: none, 40 bit, 56 bit, 128 bit, FIPS");
        v("encryption_method_bits", &ServerDataFacts::encryption_method_bits,
          "the same as a number");
        v("encryption_level", &ServerDataFacts::encryption_level,
          "level of that encryption: none, low, client compatible, high, FIPS");
        v("certificate", &ServerDataFacts::certificate,
          "certificate of standard RDP security: none, proprietary, x509, unknown");
        v("channels", &ServerDataFacts::channels, "number of virtual channels it allotted");
        v("message_channel", &ServerDataFacts::message_channel,
          "whether it allotted a message channel");
    }
};

/// The basic settings exchange and the channels, [MS-RDPBCGR] 1.3.1.1 and T.125.
struct McsFacts {
    Maybe<bool> started;
    Maybe<std::int64_t> connect_result;
    Maybe<std::string> connect_result_name;
    Maybe<std::int64_t> conference_result;
    ServerDataFacts server;
    Maybe<std::int64_t> attach_result;
    Maybe<std::string> attach_result_name;
    Maybe<std::int64_t> channels_joined;
    Maybe<std::int64_t> refused_channel;
    Maybe<std::int64_t> join_result;
    Maybe<std::string> join_result_name;
    Maybe<std::int64_t> disconnect_reason;
    Maybe<std::string> disconnect_reason_name;
    Maybe<bool> x224_disconnect;
    Maybe<std::string> last_received;
    Maybe<std::string> ended;

    template <class V>
    static void describe(V& v) {
        v("started", &McsFacts::started, "whether the basic settings exchange began");
        v("connect_result", &McsFacts::connect_result,
          "result of the MCS Connect Response; 0 is success");
        v("connect_result_name", &McsFacts::connect_result_name,
          "its name, such as rt-unspecified-failure");
        v("conference_result", &McsFacts::conference_result,
          "result of the GCC Conference Create Response; 0 is success");
        v("server", &McsFacts::server, "the server's settings");
        v("attach_result", &McsFacts::attach_result,
          "result of the Attach User Confirm; 0 is success");
        v("attach_result_name", &McsFacts::attach_result_name, "its name");
        v("channels_joined", &McsFacts::channels_joined, "number of channels that were joined");
        v("refused_channel", &McsFacts::refused_channel,
          "number of the first channel that the server refused");
        v("join_result", &McsFacts::join_result, "result of that refusal");
        v("join_result_name", &McsFacts::join_result_name, "its name, such as rt-no-such-channel");
        v("disconnect_reason", &McsFacts::disconnect_reason,
          "reason of the server's Disconnect Provider Ultimatum");
        v("disconnect_reason_name", &McsFacts::disconnect_reason_name,
          "its name, such as rn-user-requested");
        v("x224_disconnect", &McsFacts::x224_disconnect,
          "whether the server sent an X.224 Disconnect Request");
        v("last_received", &McsFacts::last_received, "last message received up to the channels");
        v("ended", &McsFacts::ended,
          "how the connection ended meanwhile: reset, closed, client, silent");
    }
};

}  // namespace preflight
