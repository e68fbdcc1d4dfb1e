// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <algorithm>

#include "fuzz/oracle.hpp"
#include "wire/credssp.hpp"
#include "wire/entra.hpp"
#include "wire/foreign.hpp"
#include "wire/http.hpp"
#include "wire/http_body.hpp"
#include "wire/licensing.hpp"
#include "wire/mcs.hpp"
#include "wire/ntlm.hpp"
#include "wire/rdg.hpp"
#include "wire/rdstls.hpp"
#include "wire/redirection.hpp"
#include "wire/security.hpp"
#include "wire/share.hpp"
#include "wire/tls_handshake.hpp"
#include "wire/tls_record.hpp"
#include "wire/websocket.hpp"
#include "wire/x224.hpp"

namespace preflight::fuzz {
namespace {

using namespace wire;

/// The first fault among some texts.
std::string first_fault(std::initializer_list<std::string_view> texts) {
    for (const auto text : texts)
        if (auto fault = fault_of_text(text); !fault.empty()) return fault;
    return {};
}

std::string first_fault(const std::vector<std::string>& texts) {
    for (const auto& text : texts)
        if (auto fault = fault_of_text(text); !fault.empty()) return fault;
    return {};
}

/// Whether `part` lies within `whole`.
bool is_within(Bytes part, Bytes whole) {
    return part.empty() || (part.data() >= whole.data() &&
                            part.data() + part.size() <= whole.data() + whole.size());
}

using Messages = std::vector<std::vector<std::uint8_t>>;

Messages messages(Framing framing, Bytes bytes, std::size_t piece) {
    Reassembler reassembler(framing);
    Messages all;
    for (; !bytes.empty(); bytes = bytes.subspan(std::min(piece, bytes.size()))) {
        reassembler.feed(bytes.first(std::min(piece, bytes.size())));
        while (auto message = reassembler.take()) all.push_back(std::move(*message));
    }
    return all;
}

/// Messages do not depend on the pieces they come in.
std::string reassembled(Framing framing, Bytes bytes) {
    if (bytes.size() > 4096) return {};
    const Messages whole = messages(framing, bytes, bytes.size());
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}})
        if (messages(framing, bytes, piece) != whole) return "messages depend on the pieces";
    return {};
}

std::string x224(Bytes bytes) {
    tpdu_of(bytes);
    if (const auto request = parse_connection_request(bytes))
        if (auto fault = first_fault(protocol_names(request->protocols)); !fault.empty())
            return fault;
    if (const auto confirm = parse_connection_confirm(bytes)) {
        const std::uint8_t unknown = unknown_response_flags(confirm->flags);
        if ((unknown & confirm->flags) != unknown) return "a flag that was not there";
        if (auto fault = first_fault({failure_name(confirm->failure_code)}); !fault.empty())
            return fault;
    }
    if (auto fault = first_fault({banner_of(bytes), protocol_of(bytes)}); !fault.empty())
        return fault;
    return reassembled(tpkt_frame, bytes);
}

std::string tls_record(Bytes bytes) {
    if (const auto record = parse_tls_record(bytes))
        if (!is_within(record->fragment, bytes)) return "a fragment outside of the record";
    if (is_close_notify(bytes) && !parse_tls_alert(bytes)) return "a farewell that is no alert";
    return reassembled(tls_record_frame, bytes);
}

std::string tls_message(Bytes bytes) {
    if (const auto hello = parse_client_hello(bytes))
        if (auto fault = fault_of_text(hello->server_name); !fault.empty()) return fault;
    parse_server_hello(bytes);
    parse_elliptic_key_exchange(bytes);
    parse_finite_field_key_exchange(bytes);
    handshake_type_of(bytes);
    for (const bool tls13 : {false, true})
        if (const auto certificates = parse_certificate(bytes, tls13))
            for (const Bytes certificate : *certificates)
                if (!is_within(certificate, bytes)) return "a certificate outside of the message";
    return reassembled(tls_handshake_frame, bytes);
}

std::string token(const SecurityToken& token) {
    if (auto fault = first_fault(token.offered); !fault.empty()) return fault;
    if (const auto* message = std::get_if<KerberosMessage>(&token.message))
        return first_fault({message->realm, message->service});
    const auto* message = std::get_if<NtlmMessage>(&token.message);
    const auto* challenge = message ? std::get_if<NtlmChallenge>(message) : nullptr;
    return challenge ? first_fault({challenge->target_name, challenge->dns_computer}) : "";
}

std::string ts_request(Bytes bytes) {
    if (const auto request = parse_ts_request(bytes)) {
        if (name_of(step_of(*request)).empty()) return "a step without a name";
        if (request->token)
            if (auto fault = token(*request->token); !fault.empty()) return fault;
    }
    parse_early_user_authorization(bytes);
    return reassembled(ts_request_frame, bytes);
}

std::string spnego(Bytes bytes) {
    for (const auto& message :
         {parse_kerberos(bytes), parse_kerberos_token(bytes), parse_kdc_proxy_message(bytes)})
        if (message)
            if (auto fault = first_fault({message->realm, message->service}); !fault.empty())
                return fault;
    const auto parsed = parse_security_token(bytes);
    return parsed ? token(*parsed) : "";
}

std::string ntlm(Bytes bytes) {
    const auto message = parse_ntlm(bytes);
    if (message && !is_ntlm(bytes)) return "a message that is none";
    if (!message) return {};
    const auto* challenge = std::get_if<NtlmChallenge>(&*message);
    if (!challenge) return {};
    return first_fault({challenge->target_name, challenge->netbios_computer,
                        challenge->netbios_domain, challenge->dns_computer, challenge->dns_domain,
                        challenge->dns_tree});
}

std::string mcs(Bytes bytes) {
    is_encrypted_fast_path(bytes);
    const auto message = parse_mcs(bytes);
    if (message)
        if (const auto* data = std::get_if<McsSendDataIndication>(&*message))
            if (!is_within(data->data, bytes)) return "data outside of the message";
    return reassembled(rdp_frame, bytes);
}

std::string gcc(Bytes bytes) {
    if (parse_gcc_response(bytes))
        return first_fault({rdp_version_name(static_cast<std::uint32_t>(bytes.size()))});
    return {};
}

std::string licensing(Bytes bytes) {
    Reader reader(bytes);
    if (read_security_header(reader) && reader.size() > bytes.size()) return "a header of less";
    const auto message = parse_license(bytes);
    return message ? first_fault({license_message_name(message->type)}) : "";
}

std::string share(Bytes bytes) {
    is_share_pdu(bytes);
    Reader reader(bytes);
    std::size_t left = reader.size();
    while (const auto pdu = read_share_pdu(reader)) {
        if (!is_within(pdu->body, bytes)) return "a body outside of the PDU";
        if (reader.size() >= left) return "a PDU that takes nothing";
        left = reader.size();
    }
    for (const auto& target : {parse_redirection(bytes), parse_enhanced_redirection(bytes)}) {
        if (!target) continue;
        if (target->net_addresses.size() > 16) return "too many addresses";
        if (auto fault = first_fault({target->net_address, target->fqdn, target->netbios_name});
            !fault.empty())
            return fault;
    }
    return {};
}

std::string http(Bytes bytes) {
    if (auto fault = fault_of_text(first_line_of_body(bytes), 163); !fault.empty()) return fault;
    const auto response = parse_http_response(bytes);
    if (!response) return reassembled(http_head_frame, bytes);
    if (auto fault = first_fault({response->status.reason, response->server, response->location});
        !fault.empty())
        return fault;
    HttpBody body(*response);
    Reader reader(bytes);
    std::vector<std::uint8_t> content;
    for (std::size_t left = bytes.size() + 1; !body.done() && reader.size() < left;) {
        left = reader.size();
        body.take(reader, content);
    }
    return content.size() > bytes.size() ? "a body longer than what came" : "";
}

std::string gateway(Bytes bytes) {
    if (const auto packet = parse_rdg(bytes))
        if (auto fault = first_fault({name_of(packet->type)}); !fault.empty()) return fault;
    if (const auto frame = parse_websocket(bytes))
        if (!is_within(frame->payload, bytes)) return "a payload outside of the frame";
    proxy_kind(bytes);
    for (const Framing framing :
         {rdg_frame, websocket_frame, socks_choice_frame, socks_reply_frame})
        if (auto fault = reassembled(framing, bytes); !fault.empty()) return fault;
    return {};
}

std::string other_sign_in(Bytes bytes) {
    if (const auto message = parse_rdstls(bytes))
        if (auto fault = first_fault({rdstls_result_name(message->result)}); !fault.empty())
            return fault;
    parse_entra(bytes);
    const std::string fault = reassembled(rdstls_server_frame, bytes);
    return fault.empty() ? reassembled(entra_frame, bytes) : fault;
}

constexpr NamedOracle oracles[] = {
    {"x224", x224},
    {"tls-record", tls_record},
    {"tls-message", tls_message},
    {"ts-request", ts_request},
    {"spnego", spnego},
    {"ntlm", ntlm},
    {"mcs", mcs},
    {"gcc", gcc},
    {"licensing", licensing},
    {"share", share},
    {"http", http},
    {"gateway", gateway},
    {"rdstls-entra", other_sign_in},
};

}  // namespace

std::span<const NamedOracle> wire_oracles() { return oracles; }

}  // namespace preflight::fuzz
