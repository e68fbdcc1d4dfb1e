// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cmocka.hpp"
#include "pdu_samples.hpp"
#include "wire/credssp.hpp"
#include "wire/entra.hpp"
#include "wire/rdstls.hpp"

using namespace preflight::test;
using namespace preflight::wire;

namespace {

TsRequest request_in(const Octets& bytes) {
    const auto request = parse_ts_request(bytes);
    assert_true(request.has_value());
    assert_int_equal(ts_request_frame(bytes).length, bytes.size());
    return *request;
}

void ntlm_goes_through_its_steps(void**) {
    const struct {
        const char* name;
        CredsspStep step;
        bool public_key;
        bool credentials;
        bool nonce;
    } cases[] = {
        {"ntlm_1_phase_ts_request", CredsspStep::negotiate, false, false, true},
        {"ntlm_2_phase_ts_request", CredsspStep::challenge, false, false, true},
        {"ntlm_3_phase_ts_request", CredsspStep::authenticate, true, false, true},
        {"ntlm_4_phase_ts_request", CredsspStep::public_key, true, false, true},
        {"ntlm_5_phase_ts_request", CredsspStep::credentials, false, true, true},
        {"ntlm_with_error_code_ts_request", CredsspStep::error, true, false, true},
        {"ntlm_without_client_nonce", CredsspStep::challenge, false, false, false},
    };
    for (const auto& c : cases) {
        const TsRequest request = request_in(pdu(std::string("sspi-rs/ts_request.") + c.name));
        assert_int_equal(request.version, 6);
        assert_true(step_of(request) == c.step);
        assert_int_equal(request.pub_key_auth, c.public_key);
        assert_int_equal(request.auth_info, c.credentials);
        assert_int_equal(request.client_nonce, c.nonce);
        if (request.token) assert_string_equal(request.token->mechanism.c_str(), "NTLM");
    }
}

void the_challenge_tells_of_the_host(void**) {
    const TsRequest request = request_in(pdu("sspi-rs/ts_request.ntlm_without_client_nonce"));
    const auto& challenge =
        std::get<NtlmChallenge>(std::get<NtlmMessage>(request.token.value().message));
    assert_string_equal(challenge.target_name.c_str(), "DESKTOP-KMDT420");
    assert_string_equal(challenge.netbios_computer.c_str(), "DESKTOP-KMDT420");
    assert_string_equal(challenge.netbios_domain.c_str(), "DESKTOP-KMDT420");
    assert_string_equal(challenge.dns_computer.c_str(), "DESKTOP-KMDT420");
    assert_int_equal(challenge.version.value().major, 10);
    assert_int_equal(challenge.version.value().build, 16299);
    assert_int_equal(challenge.time.value(), 1552397248);
}

void a_domain_member_names_its_domain(void**) {
    const auto message = parse_ntlm(pdu("pyspnego/ntlm_challenge"));
    const auto& challenge = std::get<NtlmChallenge>(message.value());
    assert_string_equal(challenge.netbios_computer.c_str(), "DC01");
    assert_string_equal(challenge.netbios_domain.c_str(), "DOMAIN");
    assert_string_equal(challenge.dns_computer.c_str(), "DC01.domain.local");
    assert_string_equal(challenge.dns_domain.c_str(), "domain.local");
    assert_string_equal(challenge.dns_tree.c_str(), "domain.local");
    assert_int_equal(challenge.version.value().build, 14393);
    assert_int_equal(challenge.flags, 0xe2898235);
}

void of_an_authenticate_message_only_that_it_was_sent(void**) {
    const auto message = parse_ntlm(pdu("pyspnego/ntlm_authenticate"));
    const auto& authenticate = std::get<NtlmAuthenticate>(message.value());
    assert_true(authenticate.user);
    assert_false(authenticate.domain);  // the user is named as user@domain
    // The type itself has no room for more.
    static_assert(sizeof(NtlmAuthenticate) == 2 * sizeof(bool));
    assert_true(
        std::holds_alternative<NtlmNegotiate>(parse_ntlm(pdu("pyspnego/ntlm_negotiate")).value()));
}

void error_codes(void**) {
    assert_int_equal(
        request_in(pdu("sspi-rs/ts_request.ntlm_with_error_code_ts_request")).error_code.value(),
        0xc00700ea);
    // STATUS_AUTHENTICATION_FIREWALL_FAILED and SEC_E_UNSUPPORTED_FUNCTION, as Windows sends them;
    // STATUS_LOGON_FAILURE as an encoder with five octets does
    const TsRequest firewall = request_in(hex("300da003020106a4060204c0000413"));
    assert_int_equal(firewall.error_code.value(), 0xc0000413);
    assert_true(step_of(firewall) == CredsspStep::error);
    assert_int_equal(request_in(hex("300da003020106a406020480090302")).error_code.value(),
                     0x80090302);
    assert_int_equal(request_in(hex("300ea003020106a407020500c000006d")).error_code.value(),
                     0xc000006d);
}

void an_unknown_token_is_no_reason_to_fail(void**) {
    const TsRequest request = request_in(pdu("pyspnego/credssp_ts_request"));
    assert_true(request.nego_tokens);
    assert_true(request.auth_info && request.pub_key_auth && request.client_nonce);
    assert_string_equal(request.token.value().mechanism.c_str(), "");
    assert_int_equal(request.error_code.value(), 10);
}

void what_is_no_ts_request(void**) {
    for (const char* text : {"", "30", "3000", "30 03 020106", "3005a003020106 00",
                             "3005a0030401 06", "3009a003020106a4020200", "0300000b02f0802e000006"})
        assert_false(parse_ts_request(hex(text)).has_value());
}

void early_user_authorization(void**) {
    assert_int_equal(parse_early_user_authorization(hex("05000000")).value(), 5);
    assert_int_equal(parse_early_user_authorization(hex("00000000")).value(), 0);
    assert_false(parse_early_user_authorization(hex("050000")).has_value());
    assert_false(parse_early_user_authorization(hex("0500000000")).has_value());
}

void rdstls_answers(void**) {
    const Octets refused = hex("0100 0400 0100 2e050000");
    assert_int_equal(rdstls_server_frame(refused).length, refused.size());
    const auto response = parse_rdstls(refused);
    assert_true(response.value().kind == RdstlsMessage::Kind::authentication_response);
    assert_int_equal(response->result, 0x52e);
    assert_true(rdstls_result_name(0x52e) == "RDSTLS_RESULT_LOGON_FAILURE");
    assert_true(rdstls_result_name(0x999).empty());
    const auto capabilities = parse_rdstls(hex("0100 0100 0100 0100"));
    assert_int_equal(capabilities.value().supported_versions, 1);
    assert_true(parse_rdstls(hex("0100 0200 0100 1000")).value().kind ==
                RdstlsMessage::Kind::authentication_request);
    assert_true(rdstls_server_frame(hex("0200")).state == Frame::State::broken);
    assert_false(parse_rdstls(hex("0100 0400 0100 2e0500")).has_value());
}

Octets text(std::string_view words) {
    Octets octets(words.begin(), words.end());
    octets.push_back(0);
    return octets;
}

void entra_answers(void**) {
    const Octets nonce = text("{\"ts_nonce\":\"secret\"}");
    assert_int_equal(entra_frame(nonce).length, nonce.size());
    assert_true(parse_entra(nonce).value().kind == EntraMessage::Kind::nonce);
    const struct {
        const char* json;
        std::uint32_t result;
    } cases[] = {
        {"{\"authentication_result\":0}", 0},
        {"{ \"authentication_result\" : 2148073494 }", 0x80090016},
        {"{\"authentication_result\":-2146893802}", 0x80090016},
        {"{\"authentication_result\":\"0x80090016\"}", 0x80090016},
    };
    for (const auto& c : cases) {
        const auto message = parse_entra(text(c.json));
        assert_true(message.value().kind == EntraMessage::Kind::result);
        assert_int_equal(message->result, c.result);
    }
    for (const char* json : {"", "{}", "{\"authentication_result\":}", "[1]",
                             "{\"authentication_result\":99999999999}"})
        assert_false(parse_entra(text(json)).has_value());
    assert_true(entra_frame(hex("0300")).state == Frame::State::broken);
    assert_true(entra_frame(hex("7b22")).state == Frame::State::unknown);
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(ntlm_goes_through_its_steps),
        cmocka_unit_test(the_challenge_tells_of_the_host),
        cmocka_unit_test(a_domain_member_names_its_domain),
        cmocka_unit_test(of_an_authenticate_message_only_that_it_was_sent),
        cmocka_unit_test(error_codes),
        cmocka_unit_test(an_unknown_token_is_no_reason_to_fail),
        cmocka_unit_test(what_is_no_ts_request),
        cmocka_unit_test(early_user_authorization),
        cmocka_unit_test(rdstls_answers),
        cmocka_unit_test(entra_answers),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
