// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cmocka.hpp"
#include "pdu_samples.hpp"
#include "wire/spnego.hpp"

using namespace preflight::test;
using namespace preflight::wire;

namespace {

using Names = std::vector<std::string>;
using Wrapping = SecurityToken::Wrapping;
using State = SecurityToken::State;

SecurityToken token_in(const Octets& bytes) {
    const auto token = parse_security_token(bytes);
    assert_true(token.has_value());
    return *token;
}

Octets ascii(std::string_view text) { return Octets(text.begin(), text.end()); }

Octets general_string(std::string_view text) { return element(0x1b, ascii(text)); }

/// A KRB-ERROR as a KDC or service makes it.
Octets krb_error(std::uint8_t code, const Octets& e_data = {}) {
    Octets fields = joined(
        {element(0xa0, hex("020105")), element(0xa1, hex("02011e")),
         element(0xa4, element(0x18, ascii("20261121101500Z"))), element(0xa5, hex("02022710")),
         element(0xa6, {0x02, 0x01, code}), element(0xa9, general_string("CORP.EXAMPLE")),
         element(
             0xaa,
             element(
                 0x30,
                 joined({element(0xa0, hex("020102")),
                         element(0xa1, element(0x30, joined({general_string("TERMSRV"),
                                                             general_string("win-srv01")})))})))});
    if (!e_data.empty()) fields = joined({fields, element(0xac, element(0x04, e_data))});
    return element(0x7e, element(0x30, fields));
}

void the_client_offers_mechanisms(void**) {
    const SecurityToken token = token_in(pdu("pyspnego/initial_context_token_neg_token_init"));
    assert_true(token.wrapping == Wrapping::init);
    assert_true((token.offered == Names{"Kerberos", "NTLM"}));
    assert_string_equal(token.mechanism.c_str(), "Kerberos");
    const auto& request = std::get<KerberosMessage>(token.message);
    assert_true(request.kind == KerberosMessage::Kind::ap_req);
    assert_string_equal(request.realm.c_str(), "DOMAIN.LOCAL");
    assert_string_equal(request.service.c_str(), "host/dc01");
}

void the_server_offers_mechanisms(void**) {
    const SecurityToken token = token_in(pdu("pyspnego/initial_context_token_neg_token_init2"));
    assert_true((token.offered ==
                 Names{"NEGOEX", "MS-Kerberos", "Kerberos", "Kerberos user-to-user", "NTLM"}));
    assert_true(std::holds_alternative<std::monostate>(token.message));
}

void the_server_selects_a_mechanism(void**) {
    const SecurityToken token = token_in(pdu("pyspnego/neg_token_resp"));
    assert_true(token.wrapping == Wrapping::response);
    assert_true(token.state == State::accept_completed);
    assert_string_equal(token.selected.c_str(), "Kerberos");
    assert_true(std::get<KerberosMessage>(token.message).kind == KerberosMessage::Kind::ap_rep);
    const SecurityToken refused = token_in(hex("a1073005a0030a0102"));
    assert_true(refused.state == State::reject);
}

void bare_kerberos(void**) {
    const SecurityToken request = token_in(pdu("pyspnego/initial_context_token_krb_ap_req"));
    assert_true(request.wrapping == Wrapping::none);
    assert_string_equal(std::get<KerberosMessage>(request.message).realm.c_str(), "DOMAIN.LOCAL");
    const SecurityToken reply = token_in(pdu("pyspnego/initial_context_token_krb_ap_rep"));
    assert_string_equal(reply.mechanism.c_str(), "Kerberos");
}

void user_to_user(void**) {
    const SecurityToken token = token_in(element(0x60, hex("060a 2a864886f71201020203 0400 3000")));
    assert_string_equal(token.mechanism.c_str(), "Kerberos user-to-user");
    assert_true(std::get<KerberosMessage>(token.message).kind == KerberosMessage::Kind::tgt_req);
}

void a_kerberos_error_tells_code_clock_and_service(void**) {
    const auto error = parse_kerberos(krb_error(37));
    assert_true(error.value().kind == KerberosMessage::Kind::error);
    assert_int_equal(error->error_code.value(), 37);
    assert_int_equal(error->server_time.value(), 1795256100);
    assert_string_equal(error->realm.c_str(), "CORP.EXAMPLE");
    assert_string_equal(error->service.c_str(), "TERMSRV/win-srv01");
    assert_false(error->error_status.has_value());
}

void a_kerberos_error_can_hold_an_ntstatus(void**) {
    // KERB-ERROR-DATA of type 3 with STATUS_ACCOUNT_RESTRICTION
    const Octets e_data =
        element(0x30, joined({element(0xa1, hex("020103")),
                              element(0xa2, element(0x04, hex("6e0000c0 00000000 01000000")))}));
    assert_int_equal(parse_kerberos(krb_error(12, e_data)).value().error_status.value(),
                     0xc000006e);
}

void a_kdc_proxy_answers(void**) {
    const Octets inner = krb_error(7);
    const Octets counted =
        joined({hex("000000"), {static_cast<std::uint8_t>(inner.size())}, inner});
    const Octets message = element(0x30, element(0xa0, element(0x04, counted)));
    assert_int_equal(parse_kdc_proxy_message(message).value().error_code.value(), 7);
    assert_false(parse_kdc_proxy_message(inner).has_value());
}

void names_are_made_printable(void**) {
    const Octets fields = joined(
        {element(0xa6, hex("020107")), element(0xa9, element(0x1b, hex("41 1b 5b 33 31 6d ff")))});
    const auto error = parse_kerberos(element(0x7e, element(0x30, fields)));
    assert_string_equal(error.value().realm.c_str(), "A\\x1b[31m\\xff");
}

void negoex_and_strangers(void**) {
    assert_string_equal(token_in(ascii("NEGOEXTS\x01")).mechanism.c_str(), "NEGOEX");
    assert_string_equal(token_in(ascii("something else")).mechanism.c_str(), "");
    const SecurityToken unknown =
        token_in(element(0xa0, element(0x30, element(0xa0, element(0x30, hex("06032a0304"))))));
    assert_true((unknown.offered == Names{"1.2.3.4"}));
    assert_false(parse_security_token({}).has_value());
}

void impossible_times_are_not_read(void**) {
    for (const char* time : {"20261321101500Z", "2026112110150", "202611x1101500Z", ""}) {
        const Octets fields =
            joined({element(0xa4, element(0x18, ascii(time))), element(0xa6, hex("020125"))});
        const auto error = parse_kerberos(element(0x7e, element(0x30, fields)));
        assert_false(error.value().server_time.has_value());
    }
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(the_client_offers_mechanisms),
        cmocka_unit_test(the_server_offers_mechanisms),
        cmocka_unit_test(the_server_selects_a_mechanism),
        cmocka_unit_test(bare_kerberos),
        cmocka_unit_test(user_to_user),
        cmocka_unit_test(a_kerberos_error_tells_code_clock_and_service),
        cmocka_unit_test(a_kerberos_error_can_hold_an_ntstatus),
        cmocka_unit_test(a_kdc_proxy_answers),
        cmocka_unit_test(names_are_made_printable),
        cmocka_unit_test(negoex_and_strangers),
        cmocka_unit_test(impossible_times_are_not_read),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
