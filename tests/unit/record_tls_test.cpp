// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <cerrno>

#include "certificate_maker.hpp"
#include "cmocka.hpp"
#include "story.hpp"

using namespace preflight;
using namespace preflight::test;

namespace {

constexpr std::uint32_t tls_failed_code = 0x20008;
constexpr std::uint32_t cancelled = 0x2000b;
constexpr std::uint32_t transport_failed = 0x2000d;

void check(const Maybe<std::string>& fact, const char* expected) {
    assert_string_equal(fact.value_or("(unset)").c_str(), expected);
}

const Octets& windows_certificate() {
    static const Octets* const der = [] {
        Wanted wanted;
        wanted.subject = "win-srv01";
        return new Octets(make_certificate(wanted, make_key()));
    }();
    return *der;
}

/// Up to the ClientHello.
Story begun(Facts known = known_facts()) {
    Story story(std::move(known));
    story.round().socket().request(3).response(2).configured().client_hello();
    return story;
}

/// Up to the end of the handshake.
Story handshaken(Facts known = known_facts()) {
    Story story = begun(std::move(known));
    story.server_hello().certificate({windows_certificate()}).established({windows_certificate()});
    return story;
}

void what_both_sides_offer(void**) {
    const Facts facts = begun().server_hello().facts();
    assert_true(*facts.tls.started);
    assert_false(*facts.tls.established);
    check(facts.tls.peer, "host");
    check(facts.tls.sni, "win-srv01.example.org");
    assert_int_equal(*facts.tls.security_level, 2);
    check(facts.tls.allowed_min_version, "TLS 1.2");
    check(facts.tls.client.min_version, "TLS 1.2");
    check(facts.tls.client.max_version, "TLS 1.3");
    assert_true(facts.tls.client.versions == (Texts{"TLS 1.3", "TLS 1.2"}));
    assert_true(facts.tls.client.ciphers ==
                (Texts{"TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"}));
    assert_true(facts.tls.client.groups == (Texts{"x25519", "secp256r1"}));
    assert_true(facts.tls.client.signature_algorithms ==
                (Texts{"rsa_pss_rsae_sha256", "rsa_pkcs1_sha256"}));
    assert_true(*facts.tls.server.hello_seen);
    check(facts.tls.server.version, "TLS 1.2");
    check(facts.tls.server.cipher, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    assert_true(*facts.tls.server.secure_renegotiation);
    assert_false(*facts.tls.server.certificate_seen);
    assert_false(*facts.certificate.seen);
    check(facts.tls.last_sent, "ClientHello");
    check(facts.tls.last_received, "ServerHello");
}

void alerts(void**) {
    const struct {
        Direction direction;
        int code;
        const char* direction_name;
        const char* name;
    } cases[] = {
        {Direction::received, 70, "received", "protocol_version"},
        {Direction::received, 40, "received", "handshake_failure"},
        {Direction::received, 80, "received", "internal_error"},
        {Direction::sent, 70, "sent", "protocol_version"},
        {Direction::sent, 71, "sent", "insufficient_security"},
        {Direction::received, 200, "received", "(unset)"},
    };
    for (const auto& expected : cases) {
        const Facts facts = begun()
                                .alert(expected.direction, expected.code)
                                .tls_failed(0x0a00042e, "tlsv1 alert protocol version")
                                .result(-1, tls_failed_code)
                                .facts();
        check(facts.stage, "tls");
        assert_true(facts.reached == (Texts{"dns", "tcp", "negotiation"}));
        check(facts.tls.alert.direction, expected.direction_name);
        check(facts.tls.alert.name, expected.name);
        check(facts.tls.alert.level, "fatal");
        assert_int_equal(*facts.tls.alert.code, expected.code);
        check(facts.tls.error.code, "0x0A00042E");
        check(facts.tls.error.reason, "tlsv1 alert protocol version");
        check(facts.tls.ended, "client");
        assert_false(facts.certificate.decision.has_value());
    }
}

void a_warning_does_not_end_a_handshake(void**) {
    const Facts facts =
        begun().alert(Direction::received, 112, 1).alert(Direction::received, 40).facts();
    assert_int_equal(*facts.tls.alert.code, 40);
}

void the_client_refuses_what_the_server_chose(void**) {
    // OpenSSL turns down the version of the ServerHello, and says so in an alert.
    Facts facts = begun()
                      .server_hello(0x0301, 0x002f)
                      .alert(Direction::sent, 70)
                      .tls_failed(0x0a000102, "unsupported protocol")
                      .result(-1, tls_failed_code)
                      .facts();
    check(facts.tls.server.version, "TLS 1.0");
    check(facts.tls.server.cipher, "TLS_RSA_WITH_AES_128_CBC_SHA");
    check(facts.tls.error.reason, "unsupported protocol");
    check(facts.tls.error.library, "SSL routines");

    // A server that does not know RFC 5746.
    facts = begun()
                .server_hello(0x0303, 0xc030, false)
                .alert(Direction::sent, 40)
                .tls_failed(0x0a000152, "unsafe legacy renegotiation disabled")
                .result(-1, tls_failed_code)
                .facts();
    assert_false(*facts.tls.server.secure_renegotiation);

    // A key that is too small: the certificate is known although the handshake failed.
    Wanted wanted;
    const Octets weak = make_certificate(wanted, make_key(1024));
    facts = begun()
                .server_hello()
                .certificate({weak})
                .alert(Direction::sent, 40)
                .tls_failed(0x0a00018d, "ee key too small")
                .result(-1, tls_failed_code)
                .facts();
    check(facts.stage, "tls");
    assert_true(*facts.tls.server.certificate_seen);
    assert_int_equal(*facts.certificate.key_bits, 1024);
    check(facts.certificate.key_type, "RSA");
    assert_false(facts.certificate.decision.has_value());
}

void how_the_socket_ends(void**) {
    Facts facts = begun().reset().tls_failed().result(-1, tls_failed_code).facts();
    check(facts.stage, "tls");
    check(facts.tls.ended, "reset");
    assert_false(facts.tls.error.code.has_value());
    assert_false(*facts.tls.server.hello_seen);

    facts = begun().closed().tls_failed().result(-1, tls_failed_code).facts();
    check(facts.tls.ended, "closed");

    facts = begun()
                .tls_failed(0x0a000126, "unexpected eof while reading")
                .result(-1, tls_failed_code)
                .facts();
    check(facts.tls.ended, "closed");

    Story story = begun();
    story.sent(hex("1603010200"));
    assert_string_equal(story.waiting_for().c_str(), "an answer to the ClientHello");
    check(story.facts().tls.ended, "silent");
    story.received(hex("1603030010")).server_hello().sent(hex("16"));
    assert_string_equal(story.waiting_for().c_str(), "the rest of the TLS handshake");
}

void a_peer_that_promised_tls_and_speaks_something_else(void**) {
    const struct {
        const char* answer;
        const char* protocol;
        const char* banner;
    } cases[] = {
        {"HTTP/1.1 400 Bad Request\r\n", "HTTP", "HTTP/1.1 400 Bad Request"},
        {"SSH-2.0-x\r\n", "SSH", "SSH-2.0-x"},
        {"garbage", "unknown", "garbage"},
    };
    for (const auto& expected : cases) {
        const Facts facts = begun()
                                .sent(hex("1603010005 0100000100"))
                                .received(std::string_view(expected.answer))
                                .tls_failed(0x0a00010b, "wrong version number")
                                .result(-1, tls_failed_code)
                                .facts();
        check(facts.stage, "tls");
        check(facts.tls.reply_protocol, expected.protocol);
        check(facts.tls.reply_banner, expected.banner);
    }
    const Facts facts =
        begun().sent(hex("1603010005 0100000100")).received(hex("03000013 0ed00000123400")).facts();
    check(facts.tls.reply_protocol, "RDP");
    assert_false(begun().received(hex("1603030002 0246")).facts().tls.reply_protocol.has_value());
}

void a_rejected_certificate(void**) {
    for (const std::uint32_t code : {tls_failed_code, cancelled}) {
        const Facts facts = handshaken().result(-1, code).facts();
        check(facts.stage, "certificate");
        assert_true(facts.reached == (Texts{"dns", "tcp", "negotiation", "tls"}));
        check(facts.certificate.decision, "rejected");
        assert_true(*facts.certificate.seen);
        check(facts.certificate.subject, "CN=win-srv01");
        check(facts.certificate.checked_name, "win-srv01.example.org");
        assert_false(*facts.certificate.name_matches);
        assert_true(facts.certificate.defects ==
                    (Texts{"untrusted", "self-signed", "name-mismatch"}));
        check(facts.certificate.known_file,
              "/home/user/.config/freerdp/server/win-srv01.example.org_3389.pem");
        assert_int_equal(*facts.certificate.days_left, 335);
        assert_false(facts.certificate.asked.has_value());
        assert_true(*facts.tls.established);
    }
}

void what_is_no_rejection(void**) {
    // The connection broke while the user was asked.
    Facts facts = handshaken().reset().result(-1, transport_failed).facts();
    assert_false(facts.certificate.decision.has_value());
    // The client went on.
    facts = handshaken().state("CONNECTION_STATE_NLA").result(-1, cancelled).facts();
    check(facts.certificate.decision, "accepted");
    check(facts.stage, "authentication");
    facts = handshaken().received(hex("3003020106"), Layer::plain).result(-1, cancelled).facts();
    check(facts.certificate.decision, "accepted");
    // The server turned the client down behind the handshake, as TLS 1.3 does.
    facts = handshaken().alert(Direction::received, 116).result(-1, tls_failed_code).facts();
    assert_false(facts.certificate.decision.has_value());
    check(facts.tls.alert.name, "certificate_required");
}

void what_the_user_was_asked(void**) {
    using Answer = CertificateAnswered::Answer;
    const struct {
        Answer answer;
        const char* name;
    } cases[] = {{Answer::no, "no"},
                 {Answer::once, "once"},
                 {Answer::always, "always"},
                 {Answer::none, "none"}};
    for (const auto& [answer, name] : cases) {
        Story story = handshaken();
        story.observe(CertificateAsked{false, true, false, ""});
        assert_string_equal(story.waiting_for().c_str(), "");
        const Facts facts = story.observe(CertificateAnswered{answer}).facts();
        assert_true(*facts.certificate.asked);
        check(facts.certificate.answer, name);
        check(facts.certificate.known, "new");
    }
}

void a_changed_certificate(void**) {
    Wanted other;
    const Octets old = make_certificate(other, make_key());
    Story story = handshaken();
    story.observe(CertificateAsked{true, false, false, to_pem(old)});
    Facts facts = story.observe(CertificateAnswered{CertificateAnswered::Answer::no})
                      .result(-1, tls_failed_code)
                      .facts();
    check(facts.certificate.known, "changed");
    assert_int_equal(facts.certificate.stored_sha256->size(), 95);
    assert_true(facts.certificate.stored_sha256 != facts.certificate.sha256);

    Facts known = known_facts();
    known.client.freerdp_version = "2.11.7";
    story = handshaken(known);
    facts = story.observe(CertificateAsked{true, false, false, "aa:bb"}).facts();
    check(facts.certificate.stored_sha256, "aa:bb");
    check(facts.certificate.known_file, "/home/user/.config/freerdp/known_hosts2");

    // Without the certificate itself the stored one is still a fingerprint, and no whole PEM.
    Story blind;
    blind.round().socket().request(3).response(2);
    facts = blind.observe(CertificateAsked{true, false, false, to_pem(old)}).facts();
    assert_int_equal(facts.certificate.stored_sha256->size(), 95);
    assert_int_equal(facts.attempts[0].certificate.stored_sha256->size(), 95);
    assert_false(facts.certificate.known_file.has_value());
}

void later_steps_by_state(void**) {
    const struct {
        const char* state;
        const char* stage;
    } cases[] = {
        {"CONNECTION_STATE_NLA", "authentication"},
        {"CONNECTION_STATE_AAD", "authentication"},
        {"CONNECTION_STATE_MCS_CONNECT", "mcs"},
        {"CONNECTION_STATE_MCS_CREATE_RESPONSE", "mcs"},
        {"CONNECTION_STATE_MCS_CHANNEL_JOIN", "mcs"},
        {"CONNECTION_STATE_LICENSING", "licensing"},
        {"CONNECTION_STATE_CONNECT_TIME_AUTO_DETECT_REQUEST", "licensing"},
        {"CONNECTION_STATE_CAPABILITIES_EXCHANGE", "activation"},
        {"CONNECTION_STATE_FINALIZATION_SYNC", "activation"},
        {"CONNECTION_STATE_ACTIVE", "session"},
        {"CONNECTION_STATE_NEGO", "certificate"},
        {"CONNECTION_STATE_INITIAL", "certificate"},
        {"SOMETHING_ELSE", "certificate"},
    };
    for (const auto& expected : cases) {
        const Facts facts = handshaken().state(expected.state).facts();
        check(facts.stage, expected.stage);
        check(facts.freerdp.state, expected.state);
    }
    const Facts facts = handshaken()
                            .state("CONNECTION_STATE_LICENSING")
                            .reset()
                            .result(-1, transport_failed)
                            .facts();
    assert_true(facts.reached == (Texts{"dns", "tcp", "negotiation", "tls", "certificate",
                                        "authentication", "mcs"}));
}

void without_hooks_the_wire_tells(void**) {
    const struct {
        const char* hello;
        const char* flight;
        const char* version;
        const char* cipher;
    } cases[] = {
        {"real-windows/2008r2-tls10-client-hello-rsa",
         "real-windows/2008r2-tls10-server-flight-rsa", "TLS 1.0", "TLS_RSA_WITH_AES_128_CBC_SHA"},
        {"real-windows/win7-tls12-client-hello-ecdhe-cbc",
         "real-windows/win7-tls12-server-flight-ecdhe-cbc", "TLS 1.2",
         "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"},
        {"pyspnego/tls1.3_client_hello", "pyspnego/tls1.3_server_hello", "TLS 1.3",
         "TLS_AES_256_GCM_SHA384"},
    };
    for (const auto& expected : cases) {
        const Octets flight = pdu(expected.flight);
        for (const std::size_t piece : {std::size_t{1}, std::size_t{100}, flight.size()}) {
            Story story;
            story.round().socket().request(3).response(2).sent(pdu(expected.hello));
            for (std::size_t at = 0; at < flight.size(); at += piece)
                story.received(Octets(flight.begin() + static_cast<std::ptrdiff_t>(at),
                                      flight.begin() + static_cast<std::ptrdiff_t>(
                                                           std::min(at + piece, flight.size()))));
            const Facts facts = story.facts();
            check(facts.stage, "tls");
            assert_true(*facts.tls.started);
            check(facts.tls.server.version, expected.version);
            check(facts.tls.server.cipher, expected.cipher);
            const bool tls13 = std::string_view(expected.version) == "TLS 1.3";
            assert_int_equal(*facts.tls.server.certificate_seen, !tls13);
            check(facts.tls.last_sent, "ClientHello");
            assert_false(*facts.tls.established);
        }
    }
}

void without_hooks_the_handshake_ends_with_both_finished(void**) {
    Story story;
    story.round().socket().request(3).response(2);
    story.sent(pdu("real-windows/win10-tls12-client-hello-rsa"));
    story.received(pdu("real-windows/win10-tls12-server-flight-rsa"));
    const Octets change = hex("1403030001 01");
    const Octets finished = joined({hex("1603030028"), Octets(40, 0x5a)});
    story.sent(joined({change, finished}));
    assert_false(*story.facts().tls.established);
    story.received(joined({change, finished}));
    const Facts facts = story.result(-1, cancelled).facts();
    assert_true(*facts.tls.established);
    check(facts.stage, "certificate");
    check(facts.certificate.decision, "rejected");
    check(facts.certificate.subject_cn, "CLK-456040-D.one.phoenix.gov");
}

void without_hooks_alerts_in_clear_are_read(void**) {
    Story story;
    story.round().socket().request(3).response(2).sent(pdu("pyspnego/tls1.3_client_hello"));
    const Facts facts =
        story.received(hex("1503030002 0246")).closed().result(-1, tls_failed_code).facts();
    check(facts.tls.alert.name, "protocol_version");
    check(facts.tls.alert.direction, "received");
    check(facts.tls.ended, "closed");
}

void tls_without_negotiation(void**) {
    Story story;
    story.round().socket().sent(pdu("pyspnego/tls1.2_client_hello"));
    const Facts facts = story.reset().result(-1, tls_failed_code).facts();
    check(facts.stage, "tls");
    check(facts.tls.ended, "reset");
    assert_true(facts.reached == (Texts{"dns", "tcp"}));
    assert_false(facts.negotiation.request_sent.has_value());
}

/// Behind close_notify the client reads no further, so that nobody sees the socket end.
void a_server_that_says_goodbye(void**) {
    Story story = handshaken();
    story.state("CONNECTION_STATE_NLA").alert(Direction::received, 0, 1);
    Facts facts = story.result(-1, transport_failed).facts();
    check(facts.stage, "authentication");
    check(facts.authentication.ended, "closed");
    check(facts.tcp.ended, "closed");
    assert_false(facts.tls.alert.code.has_value());

    // Nothing ended: what FreeRDP calls a broken transport is a message that it did not accept.
    story = handshaken();
    story.state("CONNECTION_STATE_NLA").received(hex("1703030001 00"));
    facts = story.result(-1, transport_failed).facts();
    check(facts.authentication.ended, "client");
    check(facts.tcp.ended, "client");
}

void a_gateway_comes_first(void**) {
    Facts known = known_facts();
    known.gateway.used = true;
    known.gateway.host = "gw.example.org";
    Story story(known);
    story.round().socket().configured().client_hello();
    Facts facts = story.facts();
    check(facts.stage, "tls");
    check(facts.tls.peer, "gateway");
    check(facts.dns.name, "gw.example.org");
    story.server_hello().certificate({windows_certificate()}).established({windows_certificate()});
    facts = story.facts();
    check(facts.stage, "certificate");
    check(facts.certificate.checked_name, "gw.example.org");
    // Inside the tunnel the host answers.
    story.sent(hex("03000013 0ee0 0000 0000 00 0100080003000000"), Layer::tunnel);
    story.received(pdu("real-windows/win10-x224-cc-hybrid-flags1f"), Layer::tunnel);
    story.configured().client_hello().alert(Direction::received, 40);
    facts = story.result(-1, tls_failed_code).facts();
    check(facts.stage, "tls");
    check(facts.tls.peer, "host");
    check(facts.negotiation.selected, "HYBRID");
    assert_int_equal(*facts.tls.alert.code, 40);
    assert_false(*facts.tls.established);
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(what_both_sides_offer),
        cmocka_unit_test(alerts),
        cmocka_unit_test(a_warning_does_not_end_a_handshake),
        cmocka_unit_test(the_client_refuses_what_the_server_chose),
        cmocka_unit_test(how_the_socket_ends),
        cmocka_unit_test(a_peer_that_promised_tls_and_speaks_something_else),
        cmocka_unit_test(a_rejected_certificate),
        cmocka_unit_test(what_is_no_rejection),
        cmocka_unit_test(what_the_user_was_asked),
        cmocka_unit_test(a_changed_certificate),
        cmocka_unit_test(later_steps_by_state),
        cmocka_unit_test(without_hooks_the_wire_tells),
        cmocka_unit_test(without_hooks_the_handshake_ends_with_both_finished),
        cmocka_unit_test(without_hooks_alerts_in_clear_are_read),
        cmocka_unit_test(tls_without_negotiation),
        cmocka_unit_test(a_server_that_says_goodbye),
        cmocka_unit_test(a_gateway_comes_first),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
