// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cmocka.hpp"
#include "pdu_samples.hpp"
#include "wire/tls_handshake.hpp"
#include "wire/tls_names.hpp"
#include "wire/tls_record.hpp"

using namespace preflight::test;
using namespace preflight::wire;

namespace {

/// The handshake messages in the records of a sample, up to the first encrypted one.
std::vector<Octets> messages(const std::string& sample) {
    Reassembler records(tls_record_frame);
    Reassembler handshake(tls_handshake_frame);
    records.feed(pdu(sample));
    std::vector<Octets> found;
    while (const auto bytes = records.take()) {
        const auto record = parse_tls_record(*bytes);
        assert_true(record.has_value());
        if (record->type != content_type::handshake) break;
        handshake.feed(record->fragment);
        while (const auto message = handshake.take()) found.push_back(*message);
    }
    return found;
}

void client_hellos(void**) {
    const struct {
        const char* sample;
        int version;
        std::size_t ciphers;
        int first_cipher;
        std::size_t groups;
        std::size_t signature_algorithms;
        const char* name;
        std::vector<int> versions;
    } cases[] = {
        {"real-windows/2008r2-tls10-client-hello-rsa",
         0x0301,
         12,
         0x002f,
         2,
         0,
         "192.168.1.150",
         {}},
        {"real-windows/vista2008-tls10-client-hello-rsa", 0x0303, 28, 0xc023, 10, 10, "", {}},
        {"real-windows/win2012-tls10-client-hello-ecdhe", 0x0301, 54, 0xc014, 13, 0, "", {}},
        {"real-windows/win10-tls12-client-hello-rsa", 0x0303, 21, 0xc02c, 3, 9, "", {}},
        {"pyspnego/tls1.0_client_hello", 0x0301, 8, 0xc00a, 5, 0, "server2022.domain.test", {}},
        {"pyspnego/tls1.1_client_hello", 0x0302, 8, 0xc00a, 5, 0, "server2022.domain.test", {}},
        {"pyspnego/tls1.2_client_hello", 0x0303, 31, 0xc02c, 5, 16, "server2022.domain.test", {}},
        {"pyspnego/tls1.3_client_hello",
         0x0303,
         35,
         0x1302,
         10,
         16,
         "server2022.domain.test",
         {0x0304, 0x0303}},
    };
    for (const auto& expected : cases) {
        const auto found = messages(expected.sample);
        assert_int_equal(found.size(), 1);
        assert_int_equal(handshake_type_of(found[0]), handshake_type::client_hello);
        const auto hello = parse_client_hello(found[0]);
        assert_true(hello.has_value());
        assert_int_equal(hello->legacy_version, expected.version);
        assert_int_equal(hello->ciphers.size(), expected.ciphers);
        assert_int_equal(hello->ciphers.front(), expected.first_cipher);
        assert_int_equal(hello->groups.size(), expected.groups);
        assert_int_equal(hello->signature_algorithms.size(), expected.signature_algorithms);
        assert_string_equal(hello->server_name.c_str(), expected.name);
        assert_true(hello->versions == expected.versions);
    }
}

void server_hellos(void**) {
    const struct {
        const char* sample;
        int version;
        int cipher;
        int group;
        bool renegotiation_info;
    } cases[] = {
        {"real-windows/2008r2-tls10-server-flight-rsa", 0x0301, 0x002f, 0, false},
        {"real-windows/vista2008-tls10-server-flight-rsa", 0x0301, 0x002f, 0, true},
        {"real-windows/win2012-tls10-server-flight-ecdhe", 0x0301, 0xc014, 0, true},
        {"real-windows/win7-tls12-server-flight-ecdhe-cbc", 0x0303, 0xc027, 0, true},
        {"real-windows/win10-tls12-server-flight-rsa", 0x0303, 0x009d, 0, true},
        {"pyspnego/tls1.1_server_hello", 0x0302, 0xc014, 0, true},
        {"pyspnego/tls1.3_server_hello", 0x0304, 0x1302, 0x001d, false},
    };
    for (const auto& expected : cases) {
        const auto found = messages(expected.sample);
        const auto hello = parse_server_hello(found.at(0));
        assert_true(hello.has_value());
        assert_int_equal(hello->version, expected.version);
        assert_int_equal(hello->cipher, expected.cipher);
        assert_int_equal(hello->group, expected.group);
        assert_int_equal(hello->renegotiation_info, expected.renegotiation_info);
        assert_false(hello->hello_retry);
    }
}

void a_hello_retry_request(void**) {
    const auto hello = parse_server_hello(hex(
        "02000034 0303 cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c 00 1301 00"
        "000c 002b0002 0304 00330002 0018"));
    assert_true(hello.has_value());
    assert_true(hello->hello_retry);
    assert_int_equal(hello->version, 0x0304);
    assert_int_equal(hello->group, 0x0018);
}

void certificates(void**) {
    const struct {
        const char* sample;
        std::vector<std::size_t> sizes;
    } cases[] = {
        {"real-windows/2008r2-tls10-server-flight-rsa", {766}},
        {"real-windows/win10-tls12-server-flight-rsa", {768}},
        {"real-windows/win7-tls12-server-flight-ecdhe-cbc", {744}},
    };
    for (const auto& expected : cases) {
        const Octets message = messages(expected.sample).at(1);
        const auto chain = parse_certificate(message, false);
        assert_true(chain.has_value());
        assert_int_equal(chain->size(), expected.sizes.size());
        for (std::size_t i = 0; i < chain->size(); ++i) {
            assert_int_equal((*chain)[i].size(), expected.sizes[i]);
            assert_int_equal((*chain)[i][0], 0x30);
        }
    }
    // RFC 8446 4.4.2: a context, and extensions behind each certificate
    const auto chain =
        parse_certificate(hex("0b000011 00 00000d 000002 3000 0000 000001 30 0000"), true);
    assert_true(chain.has_value());
    assert_int_equal(chain->size(), 2);
    assert_false(parse_certificate(hex("0b000006 000003 000001"), false).has_value());
}

void at_most_sixteen_certificates(void**) {
    Octets list;
    for (int i = 0; i < 40; ++i) list = joined({list, hex("000001 30")});
    const auto chain = parse_certificate(joined({hex("0b0000a3 0000a0"), list}), false);
    assert_true(chain.has_value());
    assert_int_equal(chain->size(), 16);
}

void key_exchanges(void**) {
    const Octets elliptic = messages("real-windows/win7-tls12-server-flight-ecdhe-cbc").at(2);
    assert_int_equal(parse_elliptic_key_exchange(elliptic)->group, 0x0017);
    const Octets small = messages("pyspnego/tls1.0_server_hello").at(2);
    assert_int_equal(parse_elliptic_key_exchange(small)->group, 0x0018);
    assert_int_equal(parse_finite_field_key_exchange(hex("0c000006 0004 00 ff0000"))->prime_bits,
                     24);
    assert_int_equal(parse_finite_field_key_exchange(hex("0c000004 0002 01ff"))->prime_bits, 9);
    assert_false(parse_finite_field_key_exchange(hex("0c000004 0002 0000")).has_value());
    assert_false(parse_elliptic_key_exchange(hex("0c000003 01 0017")).has_value());
}

/// A ClientHello with these cipher suites and extensions.
Octets client_hello(const Octets& ciphers, const Octets& extensions) {
    const auto with_length = [](const Octets& content) {
        return joined({{static_cast<std::uint8_t>(content.size() >> 8),
                        static_cast<std::uint8_t>(content.size())},
                       content});
    };
    const Octets body = joined({hex("0303"), Octets(32, 0), hex("00"), with_length(ciphers),
                                hex("0100"), with_length(extensions)});
    return joined({hex("0100"), with_length(body)});
}

void grease_and_signals_are_left_out(void**) {
    const auto hello = parse_client_hello(client_hello(
        hex("0a0a 1301 00ff 5600 fafa"), hex("002b0007 06 7a7a 0304 0303  000a0006 0004 dada 001d"
                                             "000d0006 0004 2a2a 0804  caca0001 00")));
    assert_true(hello.has_value());
    assert_true(hello->ciphers == std::vector<int>{0x1301});
    assert_true(hello->versions == (std::vector<int>{0x0304, 0x0303}));
    assert_true(hello->groups == std::vector<int>{0x001d});
    assert_true(hello->signature_algorithms == std::vector<int>{0x0804});
}

void a_server_name_is_printable(void**) {
    const auto hello =
        parse_client_hello(client_hello(hex("1301"), hex("00000009 0007 00 0004 1b5b324a")));
    assert_true(hello.has_value());
    assert_string_equal(hello->server_name.c_str(), "\\x1b[2J");
}

void alerts(void**) {
    const auto alert = parse_tls_alert(hex("0246"));
    assert_true(alert.has_value());
    assert_int_equal(alert->level, fatal_level);
    assert_int_equal(alert->description, 70);
    // too short, too long (encrypted), no level
    for (const char* bytes : {"", "02", "024600", "0746"})
        assert_false(parse_tls_alert(hex(bytes)).has_value());
}

void records(void**) {
    using State = Frame::State;
    const struct {
        const char* bytes;
        State state;
        std::size_t length;
    } cases[] = {
        {"", State::unknown, 0},          {"16", State::unknown, 0},
        {"160301", State::unknown, 0},    {"1603010005", State::known, 10},
        {"1503030002", State::known, 7},  {"1703034800", State::known, 18437},
        {"1703034801", State::broken, 0}, {"1802030000", State::broken, 0},
        {"1604000000", State::broken, 0}, {"48545450", State::broken, 0},
    };
    for (const auto& expected : cases) {
        const Frame frame = tls_record_frame(hex(expected.bytes));
        assert_true(frame.state == expected.state);
        assert_int_equal(frame.length, expected.length);
    }
}

void no_truncation_does_harm(void**) {
    for (const auto& name : all_pdu_names()) {
        const Octets bytes = pdu(name);
        const bool record = !bytes.empty() && bytes[0] == content_type::handshake;
        const Octets message(bytes.begin() + (record ? 5 : 0), bytes.end());
        torment(message, [](const Octets& changed) {
            (void)parse_client_hello(changed);
            (void)parse_server_hello(changed);
            (void)parse_certificate(changed, false);
            (void)parse_certificate(changed, true);
            (void)parse_elliptic_key_exchange(changed);
            (void)parse_finite_field_key_exchange(changed);
            (void)parse_tls_record(changed);
            (void)parse_tls_alert(changed);
            (void)tls_handshake_frame(changed);
        });
    }
}

void names(void**) {
    assert_string_equal(tls_version_name(0x0303).c_str(), "TLS 1.2");
    assert_string_equal(tls_version_name(0x7f1c).c_str(), "0x7f1c");
    assert_string_equal(cipher_suite_name(0x1301).c_str(), "TLS_AES_128_GCM_SHA256");
    assert_string_equal(cipher_suite_name(0xc02f).c_str(), "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    assert_string_equal(cipher_suite_name(0x0005).c_str(), "TLS_RSA_WITH_RC4_128_SHA");
    assert_string_equal(cipher_suite_name(0xcca8).c_str(),
                        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
    assert_string_equal(cipher_suite_name(0x0000).c_str(), "TLS_NULL_WITH_NULL_NULL");
    assert_string_equal(cipher_suite_name(0xffff).c_str(), "0xffff");
    assert_string_equal(cipher_suite_name(-1).c_str(), "0xffffffff");
    assert_string_equal(group_name(0x11ec).c_str(), "X25519MLKEM768");
    assert_string_equal(signature_algorithm_name(0x0804).c_str(), "rsa_pss_rsae_sha256");
    assert_string_equal(alert_name(70).data(), "protocol_version");
    assert_true(alert_name(99).empty());
    assert_string_equal(handshake_name(11).c_str(), "Certificate");
    assert_string_equal(handshake_name(99).c_str(), "handshake message 99");
    assert_int_equal(names_of(std::vector<int>(1000, 0x1301), cipher_suite_name).size(), 256);
}

/// Every suite, group and algorithm that a real client offered has a name.
void what_real_clients_offer_has_names(void**) {
    for (const auto& name : all_pdu_names()) {
        if (name.find("client-hello") == name.npos && name.find("client_hello") == name.npos)
            continue;
        const auto hello = parse_client_hello(messages(name).at(0));
        for (const int suite : hello->ciphers)
            assert_true(cipher_suite_name(suite).substr(0, 4) == "TLS_");
        for (const int group : hello->groups) assert_true(group_name(group).substr(0, 2) != "0x");
        for (const int algorithm : hello->signature_algorithms)
            assert_true(signature_algorithm_name(algorithm).substr(0, 2) != "0x");
    }
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(client_hellos),
        cmocka_unit_test(server_hellos),
        cmocka_unit_test(a_hello_retry_request),
        cmocka_unit_test(certificates),
        cmocka_unit_test(at_most_sixteen_certificates),
        cmocka_unit_test(key_exchanges),
        cmocka_unit_test(grease_and_signals_are_left_out),
        cmocka_unit_test(a_server_name_is_printable),
        cmocka_unit_test(alerts),
        cmocka_unit_test(records),
        cmocka_unit_test(no_truncation_does_harm),
        cmocka_unit_test(names),
        cmocka_unit_test(what_real_clients_offer_has_names),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
