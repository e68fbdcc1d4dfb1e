// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "channel/ask.hpp"

#include "cmocka.hpp"

using namespace preflight;

namespace {

using Question = AskedAgain::Question;

/// The host hung up at the connection request.
Facts hung_up() {
    Facts facts;
    facts.outcome = "failed";
    facts.stage = "negotiation";
    facts.freerdp.code = 0x0002000d;
    facts.target.host = "win-srv01";
    facts.tcp.address = "192.0.2.1";
    facts.tcp.port = 3389;
    facts.tcp.connected = true;
    facts.negotiation.request_sent = true;
    facts.negotiation.requested_bits = 3;
    facts.negotiation.answer = "nothing";
    facts.negotiation.ended = "reset";
    return facts;
}

/// The host hung up at the TLS greeting.
Facts broke_off() {
    Facts facts = hung_up();
    facts.stage = "tls";
    facts.negotiation.answer = "response";
    facts.tls.started = true;
    facts.tls.ended = "reset";
    facts.tls.sni = "win-srv01";
    facts.tls.security_level = 2;
    facts.tls.client.min_version = "TLS 1.2";
    facts.tls.client.max_version = "TLS 1.3";
    facts.tls.client.groups = {"x25519", "secp256r1"};
    facts.client.tls_min_version = "TLS 1.2";
    return facts;
}

bool asks(const Facts& facts) { return worth_asking(facts).has_value(); }

void where_the_cause_is_open(void**) {
    assert_true(asks(hung_up()));
    assert_true(asks(broke_off()));
    Facts facts = hung_up();
    facts.outcome = "waiting";
    facts.negotiation.ended.reset();
    assert_true(asks(facts));
    facts = broke_off();
    facts.tls.alert.direction = "received";
    facts.tls.alert.code = 40;
    facts.tls.alert.name = "handshake_failure";
    assert_true(asks(facts));
}

void not_where_it_is_known(void**) {
    assert_false(asks(Facts{}));
    Facts facts = hung_up();
    facts.negotiation.answer = "failure";
    assert_false(asks(facts));
    facts = broke_off();
    facts.tls.alert.direction = "sent";
    facts.tls.alert.code = 70;
    facts.tls.alert.name = "protocol_version";
    assert_false(asks(facts));
    facts = broke_off();
    facts.tls.established = true;
    assert_false(asks(facts));
    facts = broke_off();
    facts.tls.reply_protocol = "HTTP";
    assert_false(asks(facts));
}

void never_once_the_sign_in_began(void**) {
    for (const char* stage : {"certificate", "authentication", "mcs", "licensing", "session"}) {
        Facts facts = broke_off();
        facts.stage = stage;
        assert_false(asks(facts));
    }
}

void never_when_the_user_stopped(void**) {
    Facts facts = hung_up();
    facts.freerdp.code = 0x0002000b;
    assert_false(asks(facts));
}

void no_other_host_is_asked(void**) {
    Facts facts = hung_up();
    facts.proxy.used = true;
    assert_false(asks(facts));
    facts = hung_up();
    facts.gateway.used = true;
    assert_false(asks(facts));
    facts = hung_up();
    facts.target.redirected = true;
    assert_false(asks(facts));
    facts = hung_up();
    facts.target.host = "/run/rdp.sock";
    assert_false(asks(facts));
    facts = hung_up();
    facts.tcp.connected = false;
    assert_false(asks(facts));
    const auto plan = worth_asking(broke_off());
    assert_string_equal(plan->address.c_str(), "192.0.2.1");
    assert_int_equal(plan->port, 3389);
    assert_string_equal(plan->server_name.c_str(), "win-srv01");
}

void the_same_and_other_requests(void**) {
    auto plan = worth_asking(hung_up());
    assert_int_equal(plan->same.protocols, 3);
    assert_int_equal(plan->others.size(), 2);
    assert_true(plan->others[0].question == Question::tls);
    assert_true(plan->others[1].question == Question::rdp);
    assert_false(plan->others[1].negotiate);
    assert_false(plan->last.has_value());
    Facts facts = hung_up();
    facts.negotiation.requested_bits.reset();  // RDP security without a negotiation
    plan = worth_asking(facts);
    assert_false(plan->same.negotiate);
    assert_true(plan->others[0].question == Question::nla);
    assert_true(plan->others[1].question == Question::tls);
}

void the_same_and_other_greetings(void**) {
    Facts facts = broke_off();
    auto plan = worth_asking(facts);
    assert_int_equal(plan->same.offer.security_level, 2);
    assert_int_equal(plan->same.offer.min_version, TLS1_2_VERSION);
    assert_int_equal(plan->same.offer.max_version, 0);
    assert_int_equal(plan->others.size(), 1);
    assert_int_equal(plan->others[0].offer.max_version, TLS1_2_VERSION);
    assert_true(plan->last->question == Question::old_tls);
    facts.tls.client.groups.push_back("X25519MLKEM768");
    plan = worth_asking(facts);
    assert_int_equal(plan->others.size(), 2);
    assert_true(plan->others[1].question == Question::short_hello);
    assert_int_equal(plan->others[1].offer.max_version, 0);
    assert_false(plan->others[1].offer.groups.empty());
    facts = broke_off();
    facts.tls.client.max_version = "TLS 1.2";
    assert_true(worth_asking(facts)->others.empty());
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(where_the_cause_is_open),
        cmocka_unit_test(not_where_it_is_known),
        cmocka_unit_test(never_once_the_sign_in_began),
        cmocka_unit_test(never_when_the_user_stopped),
        cmocka_unit_test(no_other_host_is_asked),
        cmocka_unit_test(the_same_and_other_requests),
        cmocka_unit_test(the_same_and_other_greetings),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
