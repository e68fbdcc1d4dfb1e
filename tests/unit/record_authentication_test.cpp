// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <algorithm>
#include <cstring>

#include "cmocka.hpp"
#include "facts/json.hpp"
#include "pdu_maker.hpp"
#include "story.hpp"

using namespace preflight;
using namespace preflight::test;

namespace {

constexpr std::uint32_t hybrid = 2;
constexpr std::uint32_t hybrid_ex = 8;
constexpr std::uint32_t logon_failure = 0x20014;
constexpr std::uint32_t authentication_failed = 0x20009;

void check(const Maybe<std::string>& fact, const char* expected) {
    assert_string_equal(fact.value_or("(unset)").c_str(), expected);
}

/// A connection whose TLS is established.
Story signed_up_to_tls(std::uint32_t protocol) {
    Story story;
    story.round().socket().request(0x0b).response(protocol);
    story.configured().client_hello().server_hello().established({});
    return story;
}

Story& plain(Story& story, const std::string& name) {
    return story.received(pdu("sspi-rs/ts_request." + name), Layer::plain);
}

/// As FreeRDP reads it: the header, the length, then the rest.
void in_pieces(Story& story, const Octets& bytes) {
    const auto at = [&](std::size_t i) { return bytes.begin() + static_cast<std::ptrdiff_t>(i); };
    story.received(Octets(at(0), at(2)), Layer::plain);
    story.received(Octets(at(2), at(5)), Layer::plain);
    story.received(Octets(at(5), bytes.end()), Layer::plain);
}

void a_wrong_password_over_ntlm(void**) {
    Story story = signed_up_to_tls(hybrid);
    in_pieces(story, pdu("sspi-rs/ts_request.ntlm_without_client_nonce"));
    in_pieces(story, ts_error(0xc000006d));
    const Facts facts = story.result(-1, logon_failure, "ERRCONNECT_LOGON_FAILURE").facts();
    check(facts.stage, "authentication");
    const AuthenticationFacts& sign_in = facts.authentication;
    assert_true(sign_in.started.value());
    check(sign_in.method, "CredSSP");
    check(sign_in.mechanism, "NTLM");
    assert_int_equal(sign_in.server_version.value(), 6);
    check(sign_in.step, "challenge");
    check(sign_in.last_received, "error");
    assert_int_equal(sign_in.error_code.value(), 0xc000006d);
    check(sign_in.error_hex, "0xC000006D");
    assert_false(sign_in.accepted.has_value());
    check(sign_in.ntlm.computer, "DESKTOP-KMDT420");
    assert_false(sign_in.ntlm.domain_member.value());
    check(sign_in.ntlm.os_version, "10.0.16299");
    check(sign_in.ntlm.server_time, "2019-03-12T13:27:28Z");
    // What the client sent was not seen, and nothing is claimed of it.
    assert_true(sign_in.offered.empty());
    assert_false(sign_in.client_version || sign_in.last_sent || sign_in.ntlm.user_named);
}

void clocks_are_compared(void**) {
    Facts known = known_facts();
    known.client.time = "2019-03-12T13:17:28Z";
    Story story(known);
    story.round().socket().request(0x0b).response(hybrid);
    story.client_hello().server_hello().established({});
    plain(story.after(5000), "ntlm_without_client_nonce");
    const Facts facts = story.facts();
    // ten minutes, less the five seconds that went by since the start
    assert_int_equal(facts.authentication.ntlm.clock_skew_s.value(), 595);
    Facts no_clock = known_facts();
    no_clock.client.time.reset();
    Story blind(no_clock);
    blind.round().socket().request(0x0b).response(hybrid);
    blind.client_hello().server_hello().established({});
    plain(blind, "ntlm_without_client_nonce");
    assert_false(blind.facts().authentication.ntlm.clock_skew_s.has_value());
}

void what_the_client_sends_is_told_by_step(void**) {
    Story story = signed_up_to_tls(hybrid);
    const auto sent = [&](const char* name) {
        story.sent(pdu(std::string("sspi-rs/ts_request.") + name), Layer::plain);
    };
    sent("ntlm_1_phase_ts_request");
    plain(story, "ntlm_2_phase_ts_request");
    sent("ntlm_3_phase_ts_request");
    Facts facts = story.facts();
    check(facts.authentication.last_sent, "authenticate");
    assert_true(facts.authentication.ntlm.user_named.value());
    assert_int_equal(facts.authentication.client_version.value(), 6);
    assert_false(facts.authentication.accepted.has_value());
    plain(story, "ntlm_4_phase_ts_request");
    sent("ntlm_5_phase_ts_request");
    facts = story.facts();
    assert_true(facts.authentication.accepted.value());
    check(facts.authentication.step, "credentials");
    check(facts.authentication.last_received, "public key check");
    check(facts.events.back().what, "TSRequest: credentials");
    // Nothing of a token, proof or key is anywhere in the facts.
    const std::string json = to_json(facts).dump();
    assert_null(std::strstr(json.c_str(), "NTLMSSP"));
}

void kerberos_is_named(void**) {
    Story story = signed_up_to_tls(hybrid);
    const auto ts_request = [](const Octets& token) {
        return element(
            0x30,
            joined({element(0xa0, hex("020106")),
                    element(0xa1,
                            element(0x30, element(0x30, element(0xa0, element(0x04, token)))))}));
    };
    story.sent(ts_request(pdu("pyspnego/initial_context_token_neg_token_init")), Layer::plain);
    Facts facts = story.facts();
    assert_true(facts.authentication.offered == (Texts{"Kerberos", "NTLM"}));
    check(facts.authentication.mechanism, "Kerberos");
    check(facts.authentication.kerberos.service, "host/dc01");
    check(facts.authentication.step, "authenticate");
    story.received(ts_request(pdu("pyspnego/neg_token_resp")), Layer::plain);
    facts = story.facts();
    check(facts.authentication.negotiation_state, "accept-completed");
    check(facts.authentication.last_received, "answer");
}

void a_close_in_the_middle(void**) {
    Story story = signed_up_to_tls(hybrid);
    plain(story, "ntlm_2_phase_ts_request");
    const Facts facts = story.closed().result(-1, authentication_failed, "X").facts();
    check(facts.stage, "authentication");
    check(facts.authentication.ended, "closed");
    check(facts.authentication.last_received, "challenge");
    assert_false(facts.authentication.error_code.has_value());
}

void an_alert_is_told_from_a_close(void**) {
    Story story = signed_up_to_tls(hybrid);
    story.sent(pdu("sspi-rs/ts_request.ntlm_1_phase_ts_request"), Layer::plain);
    story.alert(Direction::received, 49);
    const Facts facts = story.result(-1, authentication_failed, "X").facts();
    check(facts.authentication.last_sent, "negotiate");
    check(facts.authentication.ended, "alert");
    assert_int_equal(facts.tls.alert.code.value(), 49);
}

void a_client_that_says_goodbye_ended_it(void**) {
    Story story = signed_up_to_tls(hybrid);
    plain(story, "ntlm_4_phase_ts_request");
    story.alert(Direction::sent, 0, 1);
    const Facts facts = story.round().socket().result(-1, 0x2000d, "X").facts();
    assert_int_equal(facts.attempt.value(), 1);
    check(facts.authentication.ended, "client");
}

void the_clients_own_version_is_the_first_one(void**) {
    Story story = signed_up_to_tls(hybrid);
    story.sent(pdu("sspi-rs/ts_request.ntlm_1_phase_ts_request"), Layer::plain);
    Octets later = pdu("sspi-rs/ts_request.ntlm_3_phase_ts_request");
    const Octets version = hex("a003020106");
    const auto found = std::search(later.begin(), later.end(), version.begin(), version.end());
    assert_true(found != later.end());
    *(found + 4) = 2;  // taken up from the server
    story.sent(later, Layer::plain);
    const Facts facts = story.facts();
    check(facts.authentication.last_sent, "authenticate");
    assert_int_equal(facts.authentication.client_version.value(), 6);
}

void kerberos_fails_on_this_computer(void**) {
    Story story = signed_up_to_tls(hybrid);
    story.observe(KerberosFailed{-1765328189, ""});  // no credentials kept from before
    story.after(5000).observe(KerberosFailed{-1765328230, "CORP\x1b.EXAMPLE"});
    story.observe(KerberosFailed{-1765328228, "OTHER"});
    const Facts facts = story.result(-1, authentication_failed, "X").facts();
    check(facts.stage, "authentication");
    assert_int_equal(facts.authentication.kerberos.library_error.value(), -1765328230);
    check(facts.authentication.kerberos.realm, "CORP\\x1b.EXAMPLE");
    check(facts.certificate.decision, "accepted");
    const std::int64_t waited = facts.authentication.kerberos.waited_ms.value();
    assert_in_range(waited, 5000, 5010);
}

void a_sign_in_that_fails_before_its_first_word(void**) {
    for (const std::uint32_t code : {authentication_failed, logon_failure}) {
        const Facts facts = signed_up_to_tls(hybrid).result(-1, code, "X").facts();
        check(facts.stage, "authentication");
        assert_true(facts.authentication.started.value());
        assert_false(facts.authentication.last_sent.has_value());
    }
    check(signed_up_to_tls(hybrid).result(-1, 0x2000b, "X").facts().stage, "certificate");
}

void nobody_answers_for_a_password(void**) {
    Facts known = known_facts();
    known.client.certificate_policy = "ignore";
    for (const bool empty : {true, false}) {
        known.client.password_empty = empty;
        Story story(known);
        story.round().socket().request(0x0b).response(hybrid);
        story.client_hello().server_hello().established({});
        check(story.result(-1, 0x2000b, "X").facts().stage,
              empty ? "authentication" : "certificate");
    }
}

void early_user_authorization(void**) {
    Story story = signed_up_to_tls(hybrid_ex);
    plain(story, "ntlm_2_phase_ts_request");
    plain(story, "ntlm_4_phase_ts_request").received(hex("05000000"), Layer::plain);
    const Facts refused = story.facts();
    assert_int_equal(refused.authentication.authorization.value(), 5);
    assert_true(refused.authentication.accepted.value());
    check(refused.stage, "authentication");

    Story other = signed_up_to_tls(hybrid_ex);
    plain(other, "ntlm_4_phase_ts_request");
    // the result and the first RDP message in one read
    other.received(joined({hex("00000000"), connect_response(0x0b)}), Layer::plain);
    const Facts facts = other.facts();
    assert_int_equal(facts.authentication.authorization.value(), 0);
    check(facts.stage, "mcs");
    assert_int_equal(facts.mcs.connect_result.value(), 0);
}

void rdstls_and_entra(void**) {
    Story rdstls = signed_up_to_tls(4);
    rdstls.received(hex("0100 0100 0100 0100"), Layer::plain);
    rdstls.received(hex("0100 0400 0100 32050000"), Layer::plain);
    Facts facts = rdstls.facts();
    check(facts.authentication.method, "RDSTLS");
    assert_int_equal(facts.authentication.rdstls_result.value(), 0x532);
    check(facts.authentication.rdstls_result_name, "RDSTLS_RESULT_PASSWORD_EXPIRED");
    assert_false(facts.authentication.accepted.value());

    Story entra = signed_up_to_tls(16);
    Octets nonce = ascii("{\"ts_nonce\":\"abc\"}");
    nonce.push_back(0);
    Octets result = ascii("{\"authentication_result\":2148073494}");
    result.push_back(0);
    entra.received(nonce, Layer::plain).received(result, Layer::plain);
    facts = entra.facts();
    check(facts.authentication.method, "Entra");
    check(facts.authentication.entra_result_hex, "0x80090016");
}

void nonsense_is_borne(void**) {
    Story story = signed_up_to_tls(hybrid);
    story.received(Octets(100, 0x42), Layer::plain);
    plain(story, "ntlm_2_phase_ts_request");
    const Facts facts = story.facts();
    assert_false(facts.authentication.mechanism.has_value());
    check(facts.stage, "authentication");
    Story endless = signed_up_to_tls(hybrid);
    endless.received(hex("3083ffffff"), Layer::plain);
    for (int i = 0; i < 100; ++i) endless.received(Octets(4096, 0x30), Layer::plain);
    assert_false(endless.facts().authentication.mechanism.has_value());
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(a_wrong_password_over_ntlm),
        cmocka_unit_test(clocks_are_compared),
        cmocka_unit_test(what_the_client_sends_is_told_by_step),
        cmocka_unit_test(kerberos_is_named),
        cmocka_unit_test(a_close_in_the_middle),
        cmocka_unit_test(an_alert_is_told_from_a_close),
        cmocka_unit_test(a_client_that_says_goodbye_ended_it),
        cmocka_unit_test(the_clients_own_version_is_the_first_one),
        cmocka_unit_test(kerberos_fails_on_this_computer),
        cmocka_unit_test(a_sign_in_that_fails_before_its_first_word),
        cmocka_unit_test(nobody_answers_for_a_password),
        cmocka_unit_test(early_user_authorization),
        cmocka_unit_test(rdstls_and_entra),
        cmocka_unit_test(nonsense_is_borne),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
