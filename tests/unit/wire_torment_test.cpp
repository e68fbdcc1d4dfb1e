// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <algorithm>

#include "cmocka.hpp"
#include "pdu_samples.hpp"
#include "wire/credssp.hpp"
#include "wire/entra.hpp"
#include "wire/http.hpp"
#include "wire/licensing.hpp"
#include "wire/mcs.hpp"
#include "wire/rdg.hpp"
#include "wire/rdstls.hpp"
#include "wire/redirection.hpp"
#include "wire/share.hpp"
#include "wire/websocket.hpp"

using namespace preflight::test;
using namespace preflight::wire;

namespace {

/// A text of a parser's answer is printable and bounded, whatever came in.
void check_text(const std::string& text) {
    assert_true(text.size() <= 260);
    assert_true(std::none_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    }));
}

void check_token(const Octets& bytes) {
    const auto token = parse_security_token(bytes);
    if (!token) return;
    for (const auto& name : token->offered) check_text(name);
    if (const auto* message = std::get_if<KerberosMessage>(&token->message)) {
        check_text(message->realm);
        assert_true(message->service.size() <= 8 * 261);
    }
}

void check_ntlm(const Octets& bytes) {
    const auto message = parse_ntlm(bytes);
    if (!message) return;
    if (const auto* challenge = std::get_if<NtlmChallenge>(&*message))
        for (const auto* text :
             {&challenge->target_name, &challenge->netbios_computer, &challenge->netbios_domain,
              &challenge->dns_computer, &challenge->dns_domain, &challenge->dns_tree})
            check_text(*text);
}

/// All PDUs in a piece of data; each takes at least a header, so they come to an end.
void check_share(const Octets& bytes) {
    Reader reader(bytes);
    std::size_t count = 0;
    while (read_share_pdu(reader)) ++count;
    assert_true(count <= bytes.size() / 4);
}

void check_mcs(const Octets& bytes) {
    const auto message = parse_mcs(bytes);
    if (!message) return;
    if (const auto* response = std::get_if<McsConnectResponse>(&*message))
        assert_true(!response->server || response->server->channels.size() <= 31);
    if (const auto* indication = std::get_if<McsSendDataIndication>(&*message))
        assert_true(indication->data.size() <= bytes.size());
}

void check_all(const Octets& bytes) {
    check_token(bytes);
    check_ntlm(bytes);
    check_share(bytes);
    check_mcs(bytes);
    for (const Framing framing : {ts_request_frame, rdstls_server_frame, entra_frame, rdp_frame,
                                  rdg_frame, websocket_frame, http_head_frame}) {
        const Frame frame = framing(bytes);
        assert_true(frame.state != Frame::State::known || frame.length > 0);
    }
    parse_ts_request(bytes);
    parse_early_user_authorization(bytes);
    parse_rdstls(bytes);
    parse_entra(bytes);
    parse_gcc_response(bytes);
    parse_license(bytes);
    parse_redirection(bytes);
    parse_enhanced_redirection(bytes);
    parse_kdc_proxy_message(bytes);
    parse_http_response(bytes);
    check_text(first_line_of_body(bytes));
    parse_websocket(bytes);
    parse_rdg(bytes);
}

void every_parser_survives_every_sample(void**) {
    const auto names = all_pdu_names();
    assert_true(names.size() > 40);
    for (const auto& name : names) torment(pdu(name), check_all);
}

/// The beginnings that count as a whole message are few: all others are refused.
void a_truncated_message_is_refused(void**) {
    for (const auto& name : all_pdu_names()) {
        const Octets bytes = pdu(name);
        const bool ts = parse_ts_request(bytes).has_value();
        const bool mcs = parse_mcs(bytes).has_value();
        for (std::size_t length = 0; length < bytes.size(); ++length) {
            const Octets cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
            if (ts) assert_false(parse_ts_request(cut).has_value());
            if (mcs) assert_false(parse_mcs(cut).has_value());
        }
    }
}

/// No answer of a parser holds a marker that stands where secrets stand.
void secrets_stay_where_they_are(void**) {
    const Octets marker = hex("5345435245542d4d41524b4552");
    const Octets request = element(
        0x30, joined({element(0xa0, hex("020106")), element(0xa2, element(0x04, marker)),
                      element(0xa3, element(0x04, marker)), element(0xa5, element(0x04, marker))}));
    const auto parsed = parse_ts_request(request);
    assert_true(parsed.value().auth_info && parsed->pub_key_auth && parsed->client_nonce);
    assert_false(parsed->token.has_value());
    // The whole of the type is a number, flags, a number and the token; no bytes of any kind.
    const auto [version, nego, token, info, key, nonce, code] = *parsed;
    static_assert(std::is_same_v<decltype(version), const std::uint32_t>);
    static_assert(std::is_same_v<decltype(info), const bool>);
    static_assert(std::is_same_v<decltype(key), const bool>);
    static_assert(std::is_same_v<decltype(nonce), const bool>);
    assert_false(nego || token || code);
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(every_parser_survives_every_sample),
        cmocka_unit_test(a_truncated_message_is_refused),
        cmocka_unit_test(secrets_stay_where_they_are),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
