// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cmocka.hpp"
#include "pdu_maker.hpp"
#include "story.hpp"

using namespace preflight;
using namespace preflight::test;

namespace {

constexpr std::uint32_t transport_failed = 0x2000d;
const Octets attach_user_confirm = hex("0300000b02f0802e000007");
const Octets join_confirm = hex("0300000f02f0803e00000703ef03ef");
const Octets valid_client = license_error(7, 2);

void check(const Maybe<std::string>& fact, const char* expected) {
    assert_string_equal(fact.value_or("(unset)").c_str(), expected);
}

Story over_tls() {
    Story story;
    story.round().socket().request(1).response(1);
    story.configured().client_hello().server_hello().established({});
    return story;
}

/// Hands over a byte at a time.
void trickle(Story& story, const Octets& bytes) {
    for (const std::uint8_t byte : bytes) story.received(Octets{byte}, Layer::plain);
}

Story& plain(Story& story, const std::vector<Octets>& messages) {
    return story.received(joined(messages), Layer::plain);
}

void the_way_to_the_desktop(void**) {
    Story story = over_tls();
    const auto stage = [&] { return *story.facts().stage; };
    trickle(story, connect_response(1));
    assert_string_equal(stage().c_str(), "mcs");
    plain(story, {attach_user_confirm, join_confirm, join_confirm});
    plain(story, {secured(0x0080, hex("01020000")), valid_client});
    assert_string_equal(stage().c_str(), "licensing");
    plain(story, {send_data(demand_active())});
    assert_string_equal(stage().c_str(), "activation");
    plain(story, {send_data(share_data(0x1f, hex("01000000"))),
                  send_data(share_data(0x28, hex("00000000 03000400")))});
    const Facts facts = story.facts();
    check(facts.stage, "session");
    assert_int_equal(facts.mcs.connect_result.value(), 0);
    check(facts.mcs.connect_result_name, "rt-successful");
    check(facts.mcs.server.version, "10.12");
    assert_true(facts.mcs.server.requested == Texts{"SSL"});
    assert_true(facts.mcs.server.requested_as_sent.value());
    check(facts.mcs.server.encryption_level, "none");
    assert_int_equal(facts.mcs.server.channels.value(), 2);
    assert_true(facts.mcs.server.message_channel.value());
    assert_int_equal(facts.mcs.channels_joined.value(), 2);
    check(facts.licensing.error_name, "STATUS_VALID_CLIENT");
    assert_true(facts.licensing.completed.value());
    assert_true(facts.session.demand_active.value());
    assert_true(facts.session.finalized.value());
    assert_false(facts.session.ended.has_value());
}

void somebody_changed_the_request_on_its_way(void**) {
    Story story = over_tls();
    plain(story, {connect_response(0x0b)});
    assert_false(story.facts().mcs.server.requested_as_sent.value());
}

void the_settings_are_refused(void**) {
    Story story = over_tls();
    const Facts facts = plain(story, {refused_connect_response(14)})
                            .closed()
                            .result(-1, transport_failed, "X")
                            .facts();
    check(facts.stage, "mcs");
    check(facts.mcs.connect_result_name, "rt-unspecified-failure");
    check(facts.mcs.ended, "closed");
}

void a_channel_is_refused(void**) {
    Story story = over_tls();
    plain(story, {connect_response(1), attach_user_confirm, hex("0300000d02f0803c60000703ec")});
    const Facts facts = story.facts();
    assert_int_equal(facts.mcs.refused_channel.value(), 1004);
    check(facts.mcs.join_result_name, "rt-no-such-channel");
    check(facts.mcs.last_received, "Channel Join Confirm");
}

void the_licence_is_refused(void**) {
    Story story = over_tls();
    plain(story, {connect_response(1), license_error(6, 1)});
    const Facts facts = story.closed().result(-1, transport_failed, "X").facts();
    check(facts.stage, "licensing");
    assert_int_equal(facts.licensing.error_code.value(), 6);
    check(facts.licensing.error_name, "ERR_NO_LICENSE_SERVER");
    check(facts.licensing.state_transition_name, "ST_TOTAL_ABORT");
    assert_false(facts.licensing.completed.value());
    check(facts.licensing.ended, "closed");
}

void the_server_tells_why(void**) {
    Story story = over_tls();
    plain(story, {connect_response(1), send_data(share_data(0x2f, le32(0))),
                  send_data(share_data(0x2f, le32(7))), hex("0300000902f0802080")});
    Facts facts = story.facts();
    assert_int_equal(facts.session.error_info.value(), 7);
    assert_true(facts.session.error_info_sent.value());
    check(facts.mcs.disconnect_reason_name, "rn-provider-initiated");
    // FreeRDP names it.
    story.observe(ErrorInfoSeen{7, "ERRINFO_SERVER_DENIED_CONNECTION", "text"});
    facts = story.facts();
    check(facts.session.error_info_name, "ERRINFO_SERVER_DENIED_CONNECTION");
    assert_true(facts.session.error_info_sent.value());
}

void a_reason_that_freerdp_made_up(void**) {
    Story story = over_tls();
    plain(story, {connect_response(1), attach_user_confirm, hex("0300000902f0802180")});
    story.observe(ErrorInfoSeen{12, "ERRINFO_LOGOFF_BY_USER", "text"});
    const Facts facts = story.facts();
    assert_int_equal(facts.session.error_info.value(), 12);
    assert_false(facts.session.error_info_sent.value());
    assert_int_equal(facts.mcs.disconnect_reason.value(), 3);
}

void the_logon_fails_inside(void**) {
    Story story = over_tls();
    const Octets info = joined({le32(3), pdu("ironrdp/session_info.logon_extended_buffer")});
    plain(story, {connect_response(1), send_data(share_data(0x26, info))});
    const Facts facts = story.facts();
    check(facts.session.logon_error_type_name, "LOGON_MSG_NO_PERMISSION");
    assert_int_equal(facts.session.logon_error_data.value(), 2);
    // With this type it is the number of a session.
    assert_false(facts.session.logon_error_data_name.has_value());
    assert_false(facts.session.logged_on.has_value());
}

void the_server_sends_the_client_elsewhere(void**) {
    const Octets packet = redirection_packet(
        0x1 | 0x10 | 0x100, joined({counted(utf16("10.0.0.7")), counted(utf16("SECRET")),
                                    counted(utf16("rdsh2.corp.example"))}));
    const Octets body = joined({{0, 0}, packet, {0}});
    const Octets share =
        joined({le16(static_cast<std::uint16_t>(body.size() + 6)), le16(0x001a), le16(1002), body});
    Story story = over_tls();
    plain(story, {connect_response(1), send_data(share)});
    const Facts facts = story.facts();
    assert_true(facts.session.redirection.seen.value());
    check(facts.session.redirection.target, "rdsh2.corp.example");
    check(facts.session.redirection.address, "10.0.0.7");
    for (const auto& event : facts.events)
        assert_true(event.what.value_or("").find("SECRET") == std::string::npos);
}

/// The redirection is known, too, of the connection that failed because of it.
void the_other_host_cannot_be_reached(void**) {
    const Octets packet = redirection_packet(0x100, counted(utf16("rdsh2.corp.example")));
    const Octets body = joined({{0, 0}, packet, {0}});
    const Octets share =
        joined({le16(static_cast<std::uint16_t>(body.size() + 6)), le16(0x001a), le16(1002), body});
    Story story = over_tls();
    plain(story, {connect_response(1), send_data(share)});
    story.redirected_round().refused_socket().result(-1, transport_failed, "X");
    const Facts facts = story.facts();
    check(facts.stage, "tcp");
    check(facts.session.redirection.target, "rdsh2.corp.example");
    assert_false(facts.mcs.connect_result.has_value());
}

void virtual_channels_are_left_alone(void**) {
    Story story = over_tls();
    plain(story, {connect_response(1), send_data(share_data(0x2f, le32(7)), 1004),
                  send_data(share_data(0x2f, le32(7)), 1008)});
    assert_false(story.facts().session.error_info.has_value());
}

/// Without TLS everything but the frames is encrypted once the keys are exchanged.
void standard_security_says_what_it_can(void**) {
    Story story;
    story.round().socket().request(0).response(0, 0);
    story.sent(pdu("real-windows/2003-mcs-connect-initial"));
    story.received(pdu("real-windows/2003-mcs-connect-response-rc4-128-proprietary-cert"));
    story.received(pdu("real-windows/2003-mcs-attach-user-confirm"));
    story.received(pdu("real-windows/2003-mcs-channel-join-confirm"));
    story.received(pdu("real-windows/2003-license-pdu-encrypted"));
    Facts facts = story.facts();
    check(facts.stage, "licensing");
    check(facts.mcs.server.version, "5.0 to 8.1");
    check(facts.mcs.server.encryption_method, "128 bit");
    check(facts.mcs.server.encryption_level, "high");
    check(facts.mcs.server.certificate, "proprietary");
    assert_true(facts.licensing.encrypted.value());
    assert_false(facts.licensing.completed.has_value());
    story.received(pdu("real-windows/2003-demand-active-encrypted"));
    story.received(pdu("ms-rdpbcgr/4.2.3-mcs-disconnect-provider-ultimatum"));
    facts = story.facts();
    assert_true(facts.session.encrypted.value());
    assert_false(facts.session.demand_active.has_value());
    check(facts.mcs.disconnect_reason_name, "rn-user-requested");
}

/// The low level encrypts only what the client sends.
void what_is_not_encrypted_is_read(void**) {
    Story story;
    story.round().socket().request(0).response(0, 0);
    story.sent(pdu("real-windows/2003-mcs-connect-initial"));
    story.received(pdu("real-windows/noneg-mcs-connect-response"));
    story.received(pdu("real-windows/noneg-license-error-alert-valid-client-plain"));
    story.received(secured(0, share_data(0x2f, le32(0x10c9))));
    const Facts facts = story.facts();
    assert_true(facts.licensing.completed.value());
    assert_int_equal(facts.session.error_info.value(), 0x10c9);
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(the_way_to_the_desktop),
        cmocka_unit_test(somebody_changed_the_request_on_its_way),
        cmocka_unit_test(the_settings_are_refused),
        cmocka_unit_test(a_channel_is_refused),
        cmocka_unit_test(the_licence_is_refused),
        cmocka_unit_test(the_server_tells_why),
        cmocka_unit_test(a_reason_that_freerdp_made_up),
        cmocka_unit_test(the_logon_fails_inside),
        cmocka_unit_test(the_server_sends_the_client_elsewhere),
        cmocka_unit_test(the_other_host_cannot_be_reached),
        cmocka_unit_test(virtual_channels_are_left_alone),
        cmocka_unit_test(standard_security_says_what_it_can),
        cmocka_unit_test(what_is_not_encrypted_is_read),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
