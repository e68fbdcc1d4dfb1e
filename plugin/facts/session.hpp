// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/fields.hpp"

namespace preflight {

/// A Server Redirection Packet, [MS-RDPBCGR] 2.2.13.1.
struct RedirectionFacts {
    Maybe<bool> seen;
    Maybe<std::int64_t> flags;
    Maybe<std::string> address;
    Maybe<std::string> fqdn;
    Maybe<std::string> netbios_name;
    Texts addresses;
    Maybe<std::string> target;
    Maybe<bool> stay;

    template <class V>
    static void describe(V& v) {
        v("seen", &RedirectionFacts::seen, "whether the server sent the client elsewhere");
        v("flags", &RedirectionFacts::flags, "RedirFlags as a number");
        v("address", &RedirectionFacts::address, "address of the other host");
        v("fqdn", &RedirectionFacts::fqdn, "DNS name of the other host");
        v("netbios_name", &RedirectionFacts::netbios_name, "NetBIOS name of the other host");
        v("addresses", &RedirectionFacts::addresses, "all its addresses");
        v("target", &RedirectionFacts::target,
          "the other host as a person would name it: DNS name, else NetBIOS name, else address");
        v("stay", &RedirectionFacts::stay,
          "whether the client was told of the other host only (LB_NOREDIRECT)");
    }
};

/// What the client met when it tried by itself to get a lost session back.
struct ReconnectFacts {
    Maybe<std::int64_t> tries;
    Maybe<std::int64_t> seconds;
    Maybe<std::string> stage;
    Maybe<std::string> error;
    Maybe<std::string> error_text;
    Maybe<std::string> freerdp_name;

    template <class V>
    static void describe(V& v) {
        v("tries", &ReconnectFacts::tries, "how often it tried");
        v("seconds", &ReconnectFacts::seconds, "for how many seconds");
        v("stage", &ReconnectFacts::stage, "furthest step that any of these tries came to");
        v("error", &ReconnectFacts::error,
          "why the host could not be reached, as errno or EAI_* name, such as ECONNREFUSED");
        v("error_text", &ReconnectFacts::error_text, "the system's text for it");
        v("freerdp_name", &ReconnectFacts::freerdp_name, "name of FreeRDP's error of the last try");
    }
};

/// The end of the connection sequence and what came after it.
struct SessionFacts {
    Maybe<bool> activated;
    Maybe<std::int64_t> error_info;
    Maybe<std::string> error_info_name;
    Maybe<std::string> error_info_text;
    Maybe<bool> error_info_sent;
    Maybe<bool> encrypted;
    Maybe<bool> demand_active;
    Maybe<bool> finalized;
    Maybe<bool> deactivated;
    Maybe<bool> logged_on;
    Maybe<std::int64_t> logon_error_type;
    Maybe<std::string> logon_error_type_name;
    Maybe<std::int64_t> logon_error_data;
    Maybe<std::string> logon_error_data_name;
    Maybe<std::int64_t> status_info;
    Maybe<std::string> last_received;
    RedirectionFacts redirection;
    Maybe<std::string> ended;
    Maybe<std::string> ended_by;
    Maybe<std::int64_t> lasted_s;
    Maybe<std::string> lasted;
    ReconnectFacts reconnect;

    template <class V>
    static void describe(V& v) {
        v("activated", &SessionFacts::activated, "whether the session became active");
        v("error_info", &SessionFacts::error_info, "code of the server's Set Error Info PDU");
        v("error_info_name", &SessionFacts::error_info_name, "its name");
        v("error_info_text", &SessionFacts::error_info_text, "FreeRDP's text for it");
        v("error_info_sent", &SessionFacts::error_info_sent,
          "whether the server was seen to send that code; FreeRDP makes one up where the server "
          "only disconnects");
        v("encrypted", &SessionFacts::encrypted,
          "whether standard RDP security encrypts the session, so that it cannot be read");
        v("demand_active", &SessionFacts::demand_active,
          "whether the server asked to start the session (Demand Active)");
        v("finalized", &SessionFacts::finalized,
          "whether the server finished starting it (Font Map)");
        v("deactivated", &SessionFacts::deactivated,
          "whether the server stopped it again (Deactivate All)");
        v("logged_on", &SessionFacts::logged_on,
          "whether the server said that the user is logged on");
        v("logon_error_type", &SessionFacts::logon_error_type,
          "ErrorNotificationType of the logon's error");
        v("logon_error_type_name", &SessionFacts::logon_error_type_name,
          "its name, such as LOGON_MSG_NO_PERMISSION");
        v("logon_error_data", &SessionFacts::logon_error_data,
          "ErrorNotificationData of the logon's error");
        v("logon_error_data_name", &SessionFacts::logon_error_data_name,
          "its name, such as LOGON_FAILED_BAD_PASSWORD");
        v("status_info", &SessionFacts::status_info, "code of the last Status Info PDU");
        v("last_received", &SessionFacts::last_received, "last message received behind licensing");
        v("redirection", &SessionFacts::redirection, "where the server sent the client");
        v("ended", &SessionFacts::ended,
          "how the connection ended meanwhile: reset, closed, client, silent");
        v("ended_by", &SessionFacts::ended_by,
          "who ended a session that was active: server (it gave a reason or said goodbye), network "
          "(the connection broke), client");
        v("lasted_s", &SessionFacts::lasted_s,
          "for how many seconds the session had been active when it ended");
        v("lasted", &SessionFacts::lasted, "the same in words, such as 2 h 5 min");
        v("reconnect", &SessionFacts::reconnect,
          "what the client met when it tried to get the lost session back");
    }
};

}  // namespace preflight
