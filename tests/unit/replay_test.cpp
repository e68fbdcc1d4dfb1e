// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <cerrno>

#include "cmocka.hpp"
#include "replay/content.hpp"
#include "replay/half_stream.hpp"
#include "traffic.hpp"

using namespace preflight;
using namespace preflight::test;
using replay::Content;

namespace {

const Octets request = hex("03000013 0ee0 0000 0000 00 01000800 03000000");
const Octets confirm_nla = hex("03000013 0ed0 0000 1234 00 021f0800 02000000");
const Octets refusal = hex("03000013 0ed0 0000 1234 00 03000800 05000000");
const Octets ssh = {'S', 'S', 'H', '-', '2', '.', '0', '\r', '\n'};
const Octets alert = hex("15 0303 0002 0246");  // protocol_version

/// A ClientHello of TLS 1.2 in its record.
Octets client_hello() {
    const Octets body = joined({hex("0303"), Octets(32, 7), hex("00 0002 c030 0100")});
    const Octets message = joined({hex("010000"), {static_cast<std::uint8_t>(body.size())}, body});
    return joined({hex("160301 00"), {static_cast<std::uint8_t>(message.size())}, message});
}

void the_first_bytes_tell(void**) {
    const auto is = [](const Octets& bytes, Content expected) {
        assert_int_equal(static_cast<int>(replay::content_of(bytes)), static_cast<int>(expected));
    };
    is({}, Content::unknown);
    is(request, Content::request);
    is(confirm_nla, Content::confirm);
    is(ssh, Content::unknown);  // could begin a preconnection PDU
    is(joined({ssh, ssh}), Content::other);
    is(hex("0300"), Content::unknown);
    is(hex("03000007 02f0"), Content::other);
    is(client_hello(), Content::tls);
    is(joined({hex("10000000 00000000 01000000 05000000"), request}), Content::request);
    is(hex("10000000 00000000 01000000 05000000"), Content::unknown);
    is(hex("ffffffff 00000000 01000000"), Content::other);
}

void segments_are_put_in_order(void**) {
    replay::HalfStream stream;
    stream.begin(0xfffffffe);
    assert_true(stream.take(0x00000001, hex("0405")).empty());
    assert_int_equal(stream.hole(), 3);
    assert_true(stream.take(0xfffffffe, hex("010203")) == hex("0102030405"));
    assert_true(stream.take(0xfffffffe, hex("010203")).empty());
    assert_true(stream.take(0x00000002, hex("0506")) == hex("06"));
    assert_int_equal(stream.hole(), 0);
    stream.ends_at(5);
    assert_true(!stream.complete() && stream.hole() == 1);
    assert_true(stream.pass_hole().empty());
    assert_true(stream.complete());
}

void a_hole_is_passed_over(void**) {
    replay::HalfStream stream;
    stream.begin(100);
    assert_true(stream.take(110, hex("0a0b")).empty());
    assert_true(stream.take(120, hex("0c")).empty());
    assert_true(stream.pass_hole() == hex("0a0b"));
    assert_true(stream.pass_hole() == hex("0c"));
    assert_int_equal(stream.hole(), 0);
    // What is far away belongs to another connection.
    assert_true(stream.take(0x40000000, hex("0d")).empty());
    assert_int_equal(stream.hole(), 0);
}

void a_refusal_is_told(void**) {
    const Facts facts =
        Traffic().open().sent(request).received(refusal).server_closes().client_closes().facts();
    assert_string_equal(facts.outcome->c_str(), "failed");
    assert_string_equal(facts.stage->c_str(), "negotiation");
    assert_int_equal(*facts.negotiation.failure_code, 5);
    assert_string_equal(facts.tcp.address->c_str(), "10.0.0.5");
    assert_string_equal(facts.target.endpoint->c_str(), "10.0.0.5");
    assert_string_equal(facts.capture.client->c_str(), "10.0.0.9");
    assert_string_equal(facts.capture.ended_by->c_str(), "host");
    assert_true(*facts.capture.from_start && *facts.capture.whole);
    assert_int_equal(*facts.tcp.duration_ms, 1);
    assert_string_equal(facts.client.time->c_str(), "2023-11-14T22:13:20Z");
}

void the_port_does_not_matter(void**) {
    const Facts facts =
        Traffic().connection(1024, 443).ipv6().open().sent(request).received(refusal).facts();
    assert_int_equal(*facts.negotiation.failure_code, 5);
    assert_string_equal(facts.target.endpoint->c_str(), "[a00:5::]:443");
    assert_true(
        Traffic().connection(1024, 22).open().received(ssh).sent(ssh).sent(ssh).tries().empty());
}

void another_protocol_on_the_port_is_told(void**) {
    const Facts facts = Traffic().open().received(ssh).sent(request).facts();
    assert_string_equal(facts.negotiation.other_protocol->c_str(), "SSH");
}

void disorder_changes_nothing(void**) {
    Octets first(request.begin(), request.begin() + 7);
    Octets rest(request.begin() + 7, request.end());
    const Facts facts = Traffic()
                            .open()
                            .sent(first)
                            .twice()
                            .sent(rest)
                            .swapped()
                            .received(refusal)
                            .server_closes()
                            .swapped()
                            .facts();
    assert_int_equal(*facts.negotiation.requested_bits, 3);
    assert_int_equal(*facts.negotiation.failure_code, 5);
    assert_string_equal(facts.capture.ended_by->c_str(), "host");
}

void a_capture_can_begin_in_the_middle(void**) {
    // Only the confirm is left of the negotiation.
    const Facts facts = Traffic()
                            .received(confirm_nla)
                            .sent(client_hello())
                            .received(alert)
                            .server_closes()
                            .facts();
    assert_false(*facts.capture.from_start);
    assert_string_equal(facts.negotiation.selected->c_str(), "HYBRID");
    assert_string_equal(facts.tls.alert.name->c_str(), "protocol_version");
    assert_string_equal(facts.stage->c_str(), "tls");
    // Nothing is left.
    assert_true(Traffic().sent(Octets(40, 0x17)).received(Octets(40, 0x17)).tries().empty());
}

void what_is_missing_is_told(void**) {
    const Facts facts = Traffic()
                            .open()
                            .sent(request)
                            .received(confirm_nla)
                            .lost(true, 200)
                            .received(alert)
                            .server_closes()
                            .client_closes()
                            .facts();
    assert_string_equal(facts.outcome->c_str(), "unclear");
    assert_int_equal(*facts.capture.missing, 200);
    // One direction only: the answer was there, for it was acknowledged.
    const Facts half =
        Traffic().syn().sent(request).received(confirm_nla).dropped().client_closes().facts();
    assert_string_equal(half.outcome->c_str(), "unclear");
    assert_true(half.capture.missing.value_or(0) > 0);
}

void how_a_connection_ends_is_told(void**) {
    const Facts reset = Traffic().open().sent(request).server_resets().facts();
    assert_string_equal(reset.negotiation.ended->c_str(), "reset");
    const Facts silent =
        Traffic().open().sent(request).after(9000).client_resets().server_resets().facts();
    assert_string_equal(silent.negotiation.ended->c_str(), "silent");
    assert_string_equal(silent.capture.ended_by->c_str(), "client");
    const Facts hurried = Traffic().open().sent(request).after(900).client_closes().facts();
    assert_true(hurried.negotiation.ended != "silent");
    const Facts open = Traffic().open().sent(request).facts();
    assert_string_equal(open.outcome->c_str(), "unclear");
    const Facts waiting = Traffic().open().sent(request).after(20000).facts();
    assert_string_equal(waiting.outcome->c_str(), "waiting");
    assert_int_equal(*waiting.wait.seconds, 20);
}

void a_connection_that_never_was_is_told(void**) {
    const Facts refused = Traffic().syn().server_resets().facts();
    assert_string_equal(refused.tcp.error->c_str(), "ECONNREFUSED");
    assert_string_equal(refused.stage->c_str(), "tcp");
    const Facts silent = Traffic().syn().twice().after(9000).facts();
    assert_string_equal(silent.tcp.error->c_str(), "ETIMEDOUT");
    const Facts unreachable = Traffic().syn().unreachable(EHOSTUNREACH).facts();
    assert_string_equal(unreachable.tcp.error->c_str(), "EHOSTUNREACH");
    assert_true(Traffic().connection(50000, 80).syn().server_resets().tries().empty());
}

void attempts_of_one_client_belong_together(void**) {
    Traffic traffic;
    traffic.open().sent(request).received(refusal).server_closes();
    traffic.connection(50001).open().sent(request).server_resets();
    traffic.after(10000).connection(50002).open().sent(request).server_resets();
    const auto tries = traffic.tries();
    assert_int_equal(tries.size(), 2);
    assert_int_equal(tries[0].links.size(), 2);
    assert_int_equal(*tries[0].facts.attempt_count, 2);
    assert_int_equal(tries[1].links.size(), 1);
}

void a_session_is_known_by_its_size(void**) {
    Traffic traffic;
    traffic.open().sent(request).received(hex("03000013 0ed0 0000 1234 00 02000800 00000000"));
    for (int i = 0; i < 20; ++i)
        traffic.sent(hex("0300000c 02f0 8004 0100 0100")).received(Octets(1200, 0x04));
    const Facts facts = traffic.client_closes().facts();
    assert_string_equal(facts.outcome->c_str(), "connected");
    assert_string_equal(facts.stage->c_str(), "session");
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(the_first_bytes_tell),
        cmocka_unit_test(segments_are_put_in_order),
        cmocka_unit_test(a_hole_is_passed_over),
        cmocka_unit_test(a_refusal_is_told),
        cmocka_unit_test(the_port_does_not_matter),
        cmocka_unit_test(another_protocol_on_the_port_is_told),
        cmocka_unit_test(disorder_changes_nothing),
        cmocka_unit_test(a_capture_can_begin_in_the_middle),
        cmocka_unit_test(what_is_missing_is_told),
        cmocka_unit_test(how_a_connection_ends_is_told),
        cmocka_unit_test(a_connection_that_never_was_is_told),
        cmocka_unit_test(attempts_of_one_client_belong_together),
        cmocka_unit_test(a_session_is_known_by_its_size),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
