// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cmocka.hpp"
#include "pdu_samples.hpp"
#include "wire/mcs.hpp"

using namespace preflight::test;
using namespace preflight::wire;

namespace {

template <class Pdu>
Pdu pdu_of(const Octets& bytes) {
    const auto parsed = parse_mcs(bytes);
    assert_true(parsed.has_value());
    assert_true(std::holds_alternative<Pdu>(*parsed));
    assert_int_equal(rdp_frame(bytes).length, bytes.size());
    return std::get<Pdu>(*parsed);
}

void a_client_is_told_by_kind_alone(void**) {
    pdu_of<McsConnectInitial>(pdu("real-windows/2003-mcs-connect-initial"));
    pdu_of<McsErectDomainRequest>(pdu("real-windows/2003-mcs-erect-domain"));
    pdu_of<McsAttachUserRequest>(pdu("real-windows/2003-mcs-attach-user-request"));
    const auto join =
        pdu_of<McsChannelJoinRequest>(pdu("real-windows/2003-mcs-channel-join-request"));
    assert_int_equal(join.channel, 1008);
    const auto data = pdu_of<McsSendDataRequest>(pdu("real-windows/2003-client-info-encrypted"));
    assert_int_equal(data.channel, 1003);
    static_assert(sizeof(McsSendDataRequest) == sizeof(std::uint32_t));
}

void rc4_with_a_proprietary_certificate(void**) {
    const auto response = pdu_of<McsConnectResponse>(
        pdu("real-windows/2003-mcs-connect-response-rc4-128-proprietary-cert"));
    assert_int_equal(response.result, 0);
    const GccServerData& server = response.server.value();
    assert_int_equal(server.result, 0);
    assert_int_equal(server.version.value(), 0x00080004);
    assert_int_equal(server.requested_protocols.value(), 0);
    assert_false(server.early_capabilities.has_value());
    assert_int_equal(server.encryption_method.value(), 2);
    assert_int_equal(server.encryption_level.value(), 3);
    assert_true(server.certificate == GccServerData::Certificate::proprietary);
    assert_int_equal(server.io_channel.value(), 1003);
    assert_true((server.channels == std::vector<std::uint16_t>{1004, 1005, 1006, 1007}));
    assert_false(server.message_channel.has_value());
}

void rc4_with_an_x509_chain(void**) {
    const auto response =
        pdu_of<McsConnectResponse>(pdu("real-windows/ts-mcs-connect-response-x509-chain"));
    assert_true(response.server.value().certificate == GccServerData::Certificate::x509);
}

void an_odd_number_of_channels_is_padded(void**) {
    const auto response =
        pdu_of<McsConnectResponse>(pdu("real-windows/noneg-mcs-connect-response"));
    const GccServerData& server = response.server.value();
    assert_int_equal(server.encryption_method.value(), 8);
    assert_true((server.channels == std::vector<std::uint16_t>{1004, 1005, 1006}));
}

/// The userData of a Connect Response with these blocks.
Octets gcc(const Octets& blocks) {
    return joined({hex("000500147c0001 2a 14760a 0101 00 01c0 00 4d63446e"),
                   {static_cast<std::uint8_t>(blocks.size())},
                   blocks});
}

Octets connect_response(std::uint8_t result, const Octets& user_data) {
    const Octets inside =
        joined({{0x0a, 0x01, result}, hex("020100 3000"), element(0x04, user_data)});
    const Octets body = joined({hex("7f66"), {static_cast<std::uint8_t>(inside.size())}, inside});
    return joined(
        {hex("0300"), {0, static_cast<std::uint8_t>(body.size() + 7)}, hex("02f080"), body});
}

void a_server_of_today(void**) {
    const Octets blocks =
        hex("010c1000 11000800 0b000000 08000000"  // core: 10.12, HYBRID_EX|HYBRID|SSL, skip join
            "030c0800 eb030000"                    // no channels
            "020c0c00 00000000 00000000"           // no encryption
            "040c0600 f003"                        // message channel
            "080c0800 05030000");                  // multitransport
    const auto response = pdu_of<McsConnectResponse>(connect_response(0, gcc(blocks)));
    const GccServerData& server = response.server.value();
    assert_string_equal(rdp_version_name(server.version.value()).c_str(), "10.12");
    assert_int_equal(server.requested_protocols.value(), 11);
    assert_int_equal(server.early_capabilities.value(), 8);
    assert_true(encryption_level_name(server.encryption_level.value()) == "none");
    assert_true(encryption_method_name(server.encryption_method.value()) == "none");
    assert_true(server.certificate == GccServerData::Certificate::none);
    assert_int_equal(server.message_channel.value(), 1008);
    assert_int_equal(server.multitransport_flags.value(), 0x305);
    assert_true(server.channels.empty());
}

void a_refusal_may_have_no_data(void**) {
    const auto response = pdu_of<McsConnectResponse>(connect_response(14, {}));
    assert_int_equal(response.result, 14);
    assert_false(response.server.has_value());
    assert_true(mcs_result_name(14) == "rt-unspecified-failure");
    assert_true(mcs_result_name(16).empty());
}

void hostile_blocks(void**) {
    // no progress; longer than the data; cut inside; more channels than there are bytes
    for (const char* blocks : {"010c0000", "010c0300", "010cffff 04000800", "010c", "010c0600 0400",
                               "030c0800 eb03ffff", "020c0800 00000000"})
        assert_false(parse_gcc_response(gcc(hex(blocks))).has_value());
    assert_true(parse_gcc_response(gcc(hex("990c0400"))).has_value());
    assert_true(parse_gcc_response(gcc(hex("020c1400 02000000 02000000 ffffffff ffffffff")))
                    .value()
                    .certificate == GccServerData::Certificate::none);
}

void versions_have_names(void**) {
    assert_string_equal(rdp_version_name(0x00080001).c_str(), "4.0");
    assert_string_equal(rdp_version_name(0x00080004).c_str(), "5.0 to 8.1");
    assert_string_equal(rdp_version_name(0x00080005).c_str(), "10.0");
    assert_string_equal(rdp_version_name(0x00080012).c_str(), "0x00080012");
}

void users_and_channels(void**) {
    const auto attach =
        pdu_of<McsAttachUserConfirm>(pdu("real-windows/2003-mcs-attach-user-confirm"));
    assert_int_equal(attach.result, 0);
    assert_int_equal(attach.user.value(), 1008);
    assert_int_equal(
        pdu_of<McsAttachUserConfirm>(pdu("ms-rdpbcgr/4.1.7-server-mcs-attach-user-confirm"))
            .user.value(),
        1007);
    const auto join =
        pdu_of<McsChannelJoinConfirm>(pdu("real-windows/2003-mcs-channel-join-confirm"));
    assert_int_equal(join.result, 0);
    assert_int_equal(join.requested, 1008);
    // refused: rt-no-such-channel (3) and rt-unspecified-failure (14), without the optional field
    assert_int_equal(pdu_of<McsChannelJoinConfirm>(hex("0300000d02f080 3c 60 0007 03ef")).result,
                     3);
    const auto refused = pdu_of<McsAttachUserConfirm>(hex("0300000902f080 2d c0"));
    assert_int_equal(refused.result, 14);
    assert_false(refused.user.has_value());
}

void the_server_ends_it(void**) {
    const auto ultimatum = pdu_of<McsDisconnectProviderUltimatum>(
        pdu("ms-rdpbcgr/4.2.3-mcs-disconnect-provider-ultimatum"));
    assert_int_equal(ultimatum.reason, 3);
    assert_true(mcs_reason_name(3) == "rn-user-requested");
    assert_true(mcs_reason_name(5).empty());
    assert_int_equal(pdu_of<McsDisconnectProviderUltimatum>(hex("0300000902f080 2080")).reason, 1);
    pdu_of<X224DisconnectRequest>(hex("0300000b 06 80 0000 0000 00"));
}

void data_is_handed_on(void**) {
    const auto data =
        pdu_of<McsSendDataIndication>(pdu("real-windows/2003-demand-active-encrypted"));
    assert_int_equal(data.channel, 1003);
    assert_int_equal(data.data.size(), 371);
    assert_int_equal(pdu_of<McsOther>(hex("0300000902f080 2400")).choice, 9);
}

void frames(void**) {
    assert_int_equal(rdp_frame(hex("0003")).length, 3);
    assert_int_equal(rdp_frame(hex("c08010")).length, 16);
    assert_true(rdp_frame(hex("00")).state == Frame::State::unknown);
    assert_true(rdp_frame(hex("0080")).state == Frame::State::unknown);
    assert_true(rdp_frame(hex("0002")).state == Frame::State::broken);
    assert_true(rdp_frame(hex("008003")).state == Frame::State::broken);
    assert_true(rdp_frame(hex("4854")).state == Frame::State::known);  // "HT": bits 0 of 'H' are 0
    assert_true(rdp_frame(hex("1503")).state == Frame::State::broken);
    assert_true(is_fast_path(hex("0003ff")));
    assert_false(is_fast_path(hex("0300")));
    assert_true(is_encrypted_fast_path(hex("c00310")));
    assert_false(is_encrypted_fast_path(hex("000310")));
}

void what_is_no_mcs(void**) {
    for (const char* text : {"", "0300", "0300000402f080", "0300000702f080", "0300000802f08068",
                             "030000130ed000001234000200080001000000", "0300000b02f0802e0000"})
        assert_false(parse_mcs(hex(text)).has_value());
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(a_client_is_told_by_kind_alone),
        cmocka_unit_test(rc4_with_a_proprietary_certificate),
        cmocka_unit_test(rc4_with_an_x509_chain),
        cmocka_unit_test(an_odd_number_of_channels_is_padded),
        cmocka_unit_test(a_server_of_today),
        cmocka_unit_test(a_refusal_may_have_no_data),
        cmocka_unit_test(hostile_blocks),
        cmocka_unit_test(versions_have_names),
        cmocka_unit_test(users_and_channels),
        cmocka_unit_test(the_server_ends_it),
        cmocka_unit_test(data_is_handed_on),
        cmocka_unit_test(frames),
        cmocka_unit_test(what_is_no_mcs),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
