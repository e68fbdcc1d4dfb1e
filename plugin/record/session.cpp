// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/session.hpp"

#include "record/times.hpp"

namespace preflight::record {
namespace {

Maybe<std::string> if_any(const std::string& text) {
    return text.empty() ? std::nullopt : Maybe<std::string>(text);
}

std::string name_or_number(std::string_view name, std::uint32_t number) {
    return name.empty() ? as_hex(number) : std::string(name);
}

/// With these types the data are the number of a session, 2.2.10.1.1.4.1.1.
bool names_a_session(std::uint32_t type) { return type >= 0xfffffff9 && type <= 0xfffffffe; }

}  // namespace

void fill_logon_error(std::uint32_t type, std::uint32_t data, SessionFacts& facts) {
    facts.logon_error_type = type;
    facts.logon_error_type_name = name_or_number(wire::logon_error_type_name(type), type);
    facts.logon_error_data = data;
    facts.logon_error_data_name.reset();
    if (!names_a_session(type))
        facts.logon_error_data_name = name_or_number(wire::logon_error_data_name(data), data);
}

void SessionStep::take(Bytes data, Scribe& scribe) {
    wire::Reader reader(data);
    while (const auto pdu = wire::read_share_pdu(reader)) take(*pdu, scribe);
}

void SessionStep::received(std::string message, Scribe& scribe) {
    facts.last_received = message;
    scribe.note(Direction::received, std::move(message));
}

void SessionStep::take(const wire::SharePdu& pdu, Scribe& scribe) {
    switch (pdu.type) {
        case wire::ShareType::demand_active:
            facts.demand_active = true;
            stage_ = std::max(stage_.value_or(Stage::activation), Stage::activation);
            return received("Demand Active", scribe);
        case wire::ShareType::deactivate_all:
            facts.deactivated = true;
            return received("Deactivate All", scribe);
        case wire::ShareType::server_redirection:
            if (const auto target = wire::parse_enhanced_redirection(pdu.body))
                take(*target, scribe);
            return;
        case wire::ShareType::data:
            return take_data(pdu, scribe);
        default:
            return;
    }
}

void SessionStep::take_data(const wire::SharePdu& pdu, Scribe& scribe) {
    if (pdu.error_info) {
        // A healthy session brings the code 0: no failure.
        if (*pdu.error_info == 0) return;
        facts.error_info = *pdu.error_info;
        facts.error_info_sent = true;
        return received("Set Error Info: " + as_hex(*pdu.error_info), scribe);
    }
    if (pdu.session) return take_session_info(*pdu.session, scribe);
    if (pdu.status) facts.status_info = *pdu.status;
    const auto type = pdu.data_type.value_or(0);
    const std::string_view name = wire::share_data_name(type);
    if (name.empty()) return;
    if (static_cast<wire::ShareDataType>(type) == wire::ShareDataType::font_map) {
        facts.finalized = true;
        stage_ = Stage::session;
    }
    received(std::string(name), scribe);
}

void SessionStep::take_session_info(const wire::SaveSessionInfo& info, Scribe& scribe) {
    if (info.logged_on) facts.logged_on = true;
    if (!info.error) return received("Save Session Info", scribe);
    fill_logon_error(info.error->type, info.error->data, facts);
    received("Save Session Info: " + *facts.logon_error_type_name, scribe);
}

void SessionStep::take(const wire::ServerRedirection& redirection, Scribe& scribe) {
    RedirectionFacts& target = facts.redirection;
    target.seen = true;
    target.flags = redirection.flags;
    target.stay = redirection.refused;
    target.address = if_any(redirection.net_address);
    target.fqdn = if_any(redirection.fqdn);
    target.netbios_name = if_any(redirection.netbios_name);
    target.addresses = redirection.net_addresses;
    target.target = target.fqdn           ? target.fqdn
                    : target.netbios_name ? target.netbios_name
                                          : target.address;
    received("Server Redirection to " + target.target.value_or("a host without a name"), scribe);
}

void SessionStep::encrypted(Scribe& scribe) {
    if (facts.encrypted) return;
    facts.encrypted = true;
    scribe.local("from here on standard RDP security encrypts what the server sends");
}

}  // namespace preflight::record
