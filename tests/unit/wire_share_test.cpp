// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cmocka.hpp"
#include "pdu_maker.hpp"
#include "wire/licensing.hpp"
#include "wire/mcs.hpp"
#include "wire/redirection.hpp"
#include "wire/security.hpp"
#include "wire/share.hpp"

using namespace preflight::test;
using namespace preflight::wire;

namespace {

SharePdu share_pdu_in(const Octets& bytes) {
    assert_true(is_share_pdu(bytes));
    Reader reader(bytes);
    const auto parsed = read_share_pdu(reader);
    assert_true(parsed.has_value());
    assert_true(reader.empty());
    return *parsed;
}

Bytes indication_of(const Octets& tpkt) {
    return std::get<McsSendDataIndication>(parse_mcs(tpkt).value()).data;
}

void a_valid_client_needs_no_licence(void**) {
    const Octets tpkt = pdu("real-windows/noneg-license-error-alert-valid-client-plain");
    Reader reader(indication_of(tpkt));
    assert_false(is_share_pdu(reader.rest()));
    const auto header = read_security_header(reader);
    assert_true(header.value().has(sec_license));
    assert_false(header->has(sec_encrypt));
    const auto message = parse_license(reader.rest());
    assert_true(license_message_name(message.value().type) == "ERROR_ALERT");
    assert_true(license_error_name(message->error.value().code) == "STATUS_VALID_CLIENT");
    assert_true(license_transition_name(message->error->transition) == "ST_NO_TRANSITION");
    assert_true(is_valid_client(*message->error));
}

void encryption_is_told(void**) {
    const Octets licence = pdu("real-windows/2003-license-pdu-encrypted");
    Reader reader(indication_of(licence));
    const auto header = read_security_header(reader);
    assert_true(header.value().has(sec_license) && header->has(sec_encrypt));
    const Octets demand = pdu("real-windows/2003-demand-active-encrypted");
    Reader other(indication_of(demand));
    assert_false(is_share_pdu(other.rest()));
    assert_true(read_security_header(other).value().has(sec_encrypt));
    Reader cut(other.rest().first(3));
    assert_false(read_security_header(cut).has_value());
}

void a_licence_is_refused(void**) {
    const auto message = parse_license(hex("ff031000 06000000 01000000 04000000"));
    assert_true(license_error_name(message.value().error.value().code) == "ERR_NO_LICENSE_SERVER");
    assert_true(license_transition_name(message->error->transition) == "ST_TOTAL_ABORT");
    assert_false(is_valid_client(*message->error));
    assert_int_equal(
        parse_license(pdu("ms-rdpbcgr/4.1.11-license-error-decrypted")).value().error.value().code,
        7);
    assert_true(license_error_name(0x99).empty());
    assert_true(license_transition_name(9).empty());
    const auto request = parse_license(hex("01020000"));
    assert_true(license_message_name(request.value().type) == "LICENSE_REQUEST");
    assert_false(request->error.has_value());
    for (const char* text : {"", "ff", "ff031000 060000", "77031000", "ff031000 06000000 010000"})
        assert_false(parse_license(hex(text)).has_value());
}

void activation(void**) {
    const SharePdu font_map = share_pdu_in(pdu("rdp-rs/global.fn_test_read_font_map_pdu"));
    assert_true(font_map.type == ShareType::data);
    assert_true(share_data_name(font_map.data_type.value()) == "Font Map");
    const SharePdu deactivate =
        share_pdu_in(pdu("ironrdp/headers.decode_deactivate_all_pdu_with_share_id__encoded"));
    assert_true(deactivate.type == ShareType::deactivate_all);
    const Octets body = pdu("rdp-rs/global.fn_test_demand_active_pdu");
    const Octets demand =
        joined({le16(static_cast<std::uint16_t>(body.size() + 6)), le16(0x0011), le16(1002), body});
    assert_true(share_pdu_in(demand).type == ShareType::demand_active);
    // Windows XP's Deactivate All of four bytes
    assert_true(share_pdu_in(hex("0400 1600")).type == ShareType::deactivate_all);
}

void the_server_tells_its_reason(void**) {
    const SharePdu reason = share_pdu_in(share_data(0x2f, le32(0x0000112f)));
    assert_int_equal(reason.error_info.value(), 0x112f);
    assert_true(share_data_name(reason.data_type.value()) == "Set Error Info");
    const SharePdu compressed = share_pdu_in(share_data(0x2f, le32(7), 0x21));
    assert_false(compressed.error_info.has_value());
    const SharePdu status = share_pdu_in(share_data(0x36, le32(0x401)));
    assert_int_equal(status.status.value(), 0x401);
    const SharePdu denied =
        share_pdu_in(pdu("ms-rdpbcgr/4.2.2-server-shutdown-request-denied-decrypted"));
    assert_true(share_data_name(denied.data_type.value()) == "Shutdown Request Denied");
}

void who_logged_on_is_not_read(void**) {
    const char* names[] = {"session_info.logon_info_v1_buffer", "session_info.logon_info_v2_buffer",
                           "session_info.session_plain_notify_buffer"};
    for (std::uint32_t type = 0; type < 3; ++type) {
        const Octets info = pdu(std::string("ironrdp/") + names[type]);
        // the sample of the plain notification has its infoType, the others have not
        const Octets body = type == 2 ? info : joined({le32(type), info});
        const SharePdu parsed = share_pdu_in(share_data(0x26, body));
        assert_int_equal(parsed.session.value().info_type, type);
        assert_true(parsed.session->logged_on);
        assert_false(parsed.session->error.has_value());
    }
    static_assert(sizeof(SaveSessionInfo) <= 5 * sizeof(std::uint32_t));
}

void a_logon_that_the_desktop_refuses(void**) {
    const Octets info = pdu("ironrdp/session_info.logon_extended_buffer");
    const SharePdu parsed = share_pdu_in(share_data(0x26, joined({le32(3), info})));
    assert_false(parsed.session.value().logged_on);
    const LogonError error = parsed.session->error.value();
    assert_true(logon_error_type_name(error.type) == "LOGON_MSG_NO_PERMISSION");
    assert_true(logon_error_data_name(error.data) == "LOGON_FAILED_OTHER");
    assert_true(logon_error_type_name(0).empty());
    assert_true(logon_error_data_name(4).empty());
    // a field that claims to be longer than the PDU
    const Octets hostile = joined({le32(3), le16(0x20), le32(3), le32(0xffffffff)});
    assert_false(share_pdu_in(share_data(0x26, hostile)).session.has_value());
}

void several_pdus_in_one_message(void**) {
    const Octets flow = hex("0080 4100 0000 0000");
    const Octets both = joined({flow, share_data(0x2f, le32(0)), share_data(0x2f, le32(12))});
    Reader reader(both);
    assert_int_equal(read_share_pdu(reader).value().error_info.value(), 0);
    assert_int_equal(read_share_pdu(reader).value().error_info.value(), 12);
    assert_true(reader.empty());
    assert_false(read_share_pdu(reader).has_value());
    for (const char* text : {"0300 1700", "ffff 1700 ea03", "0600 1900 ea03", "0000 0000"}) {
        const Octets bytes = hex(text);
        Reader broken(bytes);
        assert_false(is_share_pdu(bytes));
        assert_false(read_share_pdu(broken).has_value());
    }
}

void a_redirection_names_its_target_and_no_secret(void**) {
    const Octets fields = joined({
        counted(joined({utf16("10.0.0.7"), {0, 0}})),  // TargetNetAddress
        counted(hex("436f6f6b69653a")),                // LoadBalanceInfo
        counted(utf16("SECRETUSER")),
        counted(utf16("DOMAIN")),
        counted(utf16("SECRETPASSWORD")),
        counted(utf16("rdsh2.corp.example")),
        counted(utf16("RDSH2")),
        le32(26 + 4),
        le32(1),
        counted(utf16("10.0.0.8")),
    });
    const Octets packet =
        redirection_packet(0x1 | 0x2 | 0x4 | 0x8 | 0x10 | 0x100 | 0x200 | 0x800, fields);
    const auto target = parse_redirection(packet);
    assert_string_equal(target.value().net_address.c_str(), "10.0.0.7");
    assert_string_equal(target->fqdn.c_str(), "rdsh2.corp.example");
    assert_string_equal(target->netbios_name.c_str(), "RDSH2");
    assert_true((target->net_addresses == std::vector<std::string>{"10.0.0.8"}));
    assert_true(target->password);
    assert_false(target->refused);
    const auto enhanced = parse_enhanced_redirection(joined({{0, 0}, packet, {0}}));
    assert_string_equal(enhanced.value().fqdn.c_str(), "rdsh2.corp.example");
    torment(packet, [](const Octets& bytes) { parse_redirection(bytes); });
}

void hostile_redirections(void**) {
    assert_false(parse_redirection(redirection_packet(0x1, le32(0xffffffff))).has_value());
    assert_false(parse_redirection(redirection_packet(0x10, le32(9))).has_value());
    assert_true(parse_redirection(redirection_packet(0x80, {})).value().refused);
    // as many addresses as a number can say: only the first 16 are read
    Octets many = joined({le32(0), le32(0xffffffff)});
    for (int i = 0; i < 20; ++i) many = joined({many, counted(utf16("10.0.0.1"))});
    assert_int_equal(
        parse_redirection(redirection_packet(0x800, many)).value().net_addresses.size(), 16);
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(a_valid_client_needs_no_licence),
        cmocka_unit_test(encryption_is_told),
        cmocka_unit_test(a_licence_is_refused),
        cmocka_unit_test(activation),
        cmocka_unit_test(the_server_tells_its_reason),
        cmocka_unit_test(who_logged_on_is_not_read),
        cmocka_unit_test(a_logon_that_the_desktop_refuses),
        cmocka_unit_test(several_pdus_in_one_message),
        cmocka_unit_test(a_redirection_names_its_target_and_no_secret),
        cmocka_unit_test(hostile_redirections),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
