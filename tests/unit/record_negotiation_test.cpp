// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <cerrno>

#include "cmocka.hpp"
#include "facts/json.hpp"
#include "story.hpp"

using namespace preflight;
using namespace preflight::test;

namespace {

constexpr std::uint32_t nego_failed = 0x2000c;
constexpr std::uint32_t transport_failed = 0x2000d;

void check(const Maybe<std::string>& fact, const char* expected) {
    assert_string_equal(fact.value_or("(unset)").c_str(), expected);
}

/// FreeRDP asks for less and less, each time on a new connection.
void a_refused_negotiation(void**) {
    const struct {
        std::uint32_t code;
        const char* name;
    } cases[] = {{1, "SSL_REQUIRED_BY_SERVER"},
                 {2, "SSL_NOT_ALLOWED_BY_SERVER"},
                 {3, "SSL_CERT_NOT_ON_SERVER"},
                 {4, "INCONSISTENT_FLAGS"},
                 {5, "HYBRID_REQUIRED_BY_SERVER"},
                 {6, "SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER"},
                 {77, "(unset)"}};
    for (const auto& [code, name] : cases) {
        Story story;
        story.round();
        for (const std::uint32_t protocols : {3u, 1u, 0u})
            story.socket().request(protocols).failure(code);
        const Facts facts = story.result(-1, nego_failed, "ERRCONNECT_X").facts();
        check(facts.outcome, "failed");
        check(facts.stage, "negotiation");
        assert_true(facts.reached == (Texts{"dns", "tcp"}));
        assert_int_equal(*facts.attempt, 1);
        assert_int_equal(*facts.attempt_count, 3);
        assert_true(facts.negotiation.requested == (Texts{"SSL", "HYBRID"}));
        check(facts.negotiation.answer, "failure");
        assert_int_equal(*facts.negotiation.failure_code, code);
        check(facts.negotiation.failure_name, name);
        assert_true(*facts.negotiation.cookie);
        assert_false(facts.negotiation.ended.has_value());
        assert_true(facts.attempts[2].negotiation.requested == Texts{"RDP"});
        check(facts.tcp.ended, "client");
        check(facts.freerdp.kind, "connect");
        check(facts.freerdp.code_hex, "0x0002000C");
    }
}

void answers(void**) {
    Facts facts = Story().round().socket().request(0x0b).response(8, 0x2f).facts();
    check(facts.negotiation.answer, "response");
    check(facts.negotiation.selected, "HYBRID_EX");
    assert_int_equal(*facts.negotiation.selected_bits, 8);
    assert_true(*facts.negotiation.selected_was_requested);
    check(facts.negotiation.flags_unknown, "0x20");
    assert_int_equal(*facts.negotiation.flags_bits, 0x2f);
    assert_int_equal(facts.negotiation.flags.size(), 4);
    assert_int_equal(*facts.negotiation.waited_ms, 1);

    facts = Story().round().socket().request(1).response(2).facts();
    assert_false(*facts.negotiation.selected_was_requested);

    facts = Story().round().socket().request(3).plain_confirm().facts();
    check(facts.negotiation.answer, "no-negotiation-data");
    check(facts.negotiation.selected, "RDP");
    assert_true(*facts.negotiation.selected_was_requested);

    Facts known = known_facts();
    known.client.security = {"NLA"};
    facts =
        Story(known).round().socket().request(3).plain_confirm().result(-1, nego_failed).facts();
    assert_false(*facts.negotiation.selected_was_requested);
    check(facts.stage, "negotiation");
}

/// The bytes of a cookie name a user: they appear nowhere.
void the_cookie_is_not_kept(void**) {
    const Facts facts = Story().round().socket().request(3).reset().result(-1).facts();
    assert_true(*facts.negotiation.cookie);
    assert_true(to_json(facts).dump().find("secret") == std::string::npos);
}

void an_end_without_an_answer(void**) {
    Facts facts = Story().round().socket().request(3).reset().result(-1, transport_failed).facts();
    check(facts.stage, "negotiation");
    check(facts.negotiation.answer, "nothing");
    check(facts.negotiation.ended, "reset");
    check(facts.tcp.ended, "reset");
    assert_true(*facts.negotiation.request_sent);

    facts = Story().round().socket().request(3).closed().result(-1, transport_failed).facts();
    check(facts.negotiation.ended, "closed");

    // Nobody saw the end, but FreeRDP says that the connection broke.
    facts = Story().round().socket().request(3).result(-1, transport_failed).facts();
    check(facts.negotiation.ended, "closed");

    // The connection was accepted and thrown away before the request went out.
    facts = Story().round().socket().write_error(ECONNRESET).result(-1, transport_failed).facts();
    check(facts.stage, "negotiation");
    check(facts.negotiation.ended, "reset");
    assert_false(*facts.negotiation.request_sent);
    assert_true(facts.reached == (Texts{"dns", "tcp"}));
}

void a_silent_server(void**) {
    Story story;
    story.round().socket().request(3);
    assert_string_equal(story.waiting_for().c_str(), "an answer to the connection request");
    Facts facts = story.after(10000).facts();
    check(facts.outcome, "waiting");
    check(facts.stage, "negotiation");
    check(facts.negotiation.ended, "silent");
    check(facts.negotiation.answer, "nothing");
    check(facts.wait.waiting_for, "an answer to the connection request");
    assert_int_equal(*facts.wait.seconds, 10);
    assert_int_equal(*facts.negotiation.waited_ms, 10000);
    check(facts.tcp.ended, "open");

    // The user gives up.
    facts = story.result(-1, 0x2000b, "ERRCONNECT_CONNECT_CANCELLED").facts();
    check(facts.outcome, "failed");
    check(facts.negotiation.ended, "silent");
    assert_true(story.waiting_for().empty());
    assert_false(facts.wait.waiting_for.has_value());
}

void waiting_before_anything_answers(void**) {
    Story story;
    assert_true(story.waiting_for().empty());
    story.round();
    assert_string_equal(story.waiting_for().c_str(), "the name look-up or the TCP connection");
    check(story.facts().stage, "tcp");
    assert_true(story.facts().reached.empty());
    story.socket();
    assert_true(story.waiting_for().empty());
    // FreeRDP's second try, which goes unanswered.
    story.request(3).reset().round();
    assert_string_equal(story.waiting_for().c_str(), "the name look-up or the TCP connection");

    Facts known = known_facts();
    known.target.is_address = true;
    assert_string_equal(Story(known).round().waiting_for().c_str(), "the TCP connection");
}

void other_protocols(void**) {
    const struct {
        const char* answer;
        const char* protocol;
        const char* banner;
    } cases[] = {
        {"SSH-2.0-OpenSSH_9.2p1\r\n", "SSH", "SSH-2.0-OpenSSH_9.2p1"},
        {"HTTP/1.1 400 Bad Request\r\n\r\n", "HTTP", "HTTP/1.1 400 Bad Request"},
        {"RFB 003.008\n", "VNC", "RFB 003.008"},
        {"\x15\x03\x01\x01\x02\x46", "TLS", "\\x15\\x03\\x01\\x01\\x02F"},
        {"220 mx ESMTP\r\n", "SMTP", "220 mx ESMTP"},
        {"\x1b]0;x\x07\r\n", "unknown", "\\x1b]0;x\\x07"},
    };
    for (const auto& expected : cases) {
        const std::string answer = expected.answer;
        for (const std::size_t first : {answer.size(), std::size_t{2}}) {
            Story story;
            story.round().socket().request(3);
            story.received(answer.substr(0, first));
            if (first < answer.size()) story.received(answer.substr(first));
            const Facts facts = story.closed().result(-1, transport_failed).facts();
            check(facts.stage, "negotiation");
            check(facts.negotiation.answer, "other-protocol");
            check(facts.negotiation.other_protocol, expected.protocol);
            check(facts.negotiation.other_banner, expected.banner);
            assert_false(facts.negotiation.selected.has_value());
        }
    }
}

void malformed_answers(void**) {
    for (const char* answer : {"0300000702f080", "03000013 0ed0 0000 1234 00 0900080001000000",
                               "03000004", "0300ffff00"}) {
        const Facts facts = Story()
                                .round()
                                .socket()
                                .request(3)
                                .received(hex(answer))
                                .closed()
                                .result(-1, transport_failed)
                                .facts();
        check(facts.negotiation.answer, "malformed");
        assert_false(facts.negotiation.other_protocol.has_value());
    }
}

/// The answer is the same in pieces of any size.
void pieces(void**) {
    const Octets confirm = pdu("real-windows/win10-x224-cc-hybrid-flags1f");
    for (std::size_t piece = 1; piece <= confirm.size(); ++piece) {
        Story story;
        story.round().socket().request(3);
        for (std::size_t at = 0; at < confirm.size(); at += piece)
            story.received(Octets(confirm.begin() + static_cast<std::ptrdiff_t>(at),
                                  confirm.begin() + static_cast<std::ptrdiff_t>(
                                                        std::min(at + piece, confirm.size()))));
        check(story.facts().negotiation.selected, "HYBRID");
    }
}

void a_silent_second_try(void**) {
    Story story;
    story.round().socket().request(3).reset();
    story.round().socket().request(3).closed();
    const Facts facts = story.result(-1, transport_failed).facts();
    assert_int_equal(*facts.attempt, 1);
    check(facts.negotiation.ended, "reset");
    assert_false(facts.attempts[0].repeat.has_value());
    assert_true(*facts.attempts[1].repeat);
    check(facts.attempts[1].negotiation.ended, "closed");
}

void the_attempt_that_came_furthest_decides(void**) {
    Story story;
    story.round();
    story.socket().request(3).reset();
    story.socket().request(1).failure(5);
    story.round().socket().request(3).response(2).client_hello().reset().tls_failed();
    const Facts facts = story.result(-1, 0x20008).facts();
    assert_int_equal(*facts.attempt, 3);
    check(facts.stage, "tls");
    check(facts.negotiation.selected, "HYBRID");
}

void behind_a_redirection_only_the_new_host_counts(void**) {
    Story story;
    story.round().socket().request(3).response(2).configured().client_hello().server_hello();
    story.established({}).state("CONNECTION_STATE_MCS_CONNECT");
    story.redirected_round().socket("10.0.0.6").request(3).reset();
    Facts facts = story.result(-1, transport_failed).facts();
    check(facts.stage, "negotiation");
    check(facts.tcp.address, "10.0.0.6");
    assert_true(*facts.target.redirected);
    assert_true(*facts.attempts[1].redirected);
    assert_false(facts.attempts[1].repeat.has_value());

    // Redirected once more, and FreeRDP tries twice there.
    Story twice;
    twice.round().socket().request(3).response(2);
    twice.redirected_round().socket("10.0.0.6").request(3).response(2).client_hello();
    twice.redirected_round().socket("10.0.0.7").request(3).reset();
    twice.round().socket("10.0.0.7").request(3).closed();
    facts = twice.result(-1, transport_failed).facts();
    check(facts.tcp.address, "10.0.0.7");
    assert_int_equal(*facts.attempt, 3);
    assert_true(*facts.attempts[3].repeat);
    assert_true(*facts.attempts[3].redirected);

    // The new host has no address.
    Story nameless;
    nameless.round().socket().request(3).response(2);
    facts = nameless.redirected_round().result(-1, 0x20005).facts();
    check(facts.stage, "dns");
    assert_false(facts.negotiation.selected.has_value());
    assert_false(facts.dns.result.has_value());
}

/// RDP security: no TLS; the basic settings exchange follows the confirm.
void rdp_security(void**) {
    Story story;
    story.round().socket().request(0).response(0, 0).sent(hex("0300001a 02f080 7f6580"));
    const Facts facts = story.reset().result(-1, transport_failed).facts();
    check(facts.stage, "mcs");
    assert_true(facts.reached == (Texts{"dns", "tcp", "negotiation"}));
    assert_false(facts.tls.started.has_value());
}

void the_ladder(void**) {
    const Facts facts = Story().round().socket().request(3).failure(5).result(-1).facts();
    const std::vector<std::pair<const char*, const char*>> expected = {
        {"local", "connecting"},
        {"local", "TCP connected to 10.0.0.5"},
        {"sent", "Connection Request: SSL, HYBRID"},
        {"received", "Connection Confirm: failure 5 HYBRID_REQUIRED_BY_SERVER"},
        {"local", "connect call ended: -1"},
    };
    assert_int_equal(facts.events.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        check(facts.events[i].direction, expected[i].first);
        check(facts.events[i].what, expected[i].second);
        assert_int_equal(*facts.events[i].ms, i + 1);
    }
}

void memory_is_bounded(void**) {
    Story story;
    story.round();
    for (int i = 0; i < 200; ++i) {
        story.socket().request(3);
        for (int j = 0; j < 10; ++j) story.received(Octets(1000, 3));
    }
    const Facts facts = story.facts();
    assert_int_equal(*facts.attempt_count, 200);
    assert_true(facts.attempts.size() <= 32);
    assert_int_equal(*facts.attempts.front().number, 1);
    assert_int_equal(*facts.attempts.back().number, 200);
    assert_int_equal(facts.events.size(), 256);
    for (std::size_t i = 1; i < facts.events.size(); ++i)
        assert_true(*facts.events[i - 1].ms <= *facts.events[i].ms);
}

/// Whatever arrives, in whatever order, the Recorder stands.
void any_bytes_at_any_step(void**) {
    const auto names = all_pdu_names();
    for (const auto& name : names) {
        const Octets bytes = pdu(name);
        for (int step = 0; step < 5; ++step) {
            Story story;
            if (step > 0) story.round().socket();
            if (step > 1) story.request(3);
            if (step > 2) story.response(2);
            if (step > 3) story.client_hello();
            for (const Layer layer : {Layer::wire, Layer::tunnel, Layer::plain}) {
                story.received(bytes, layer);
                story.sent(bytes, layer);
                (void)story.facts();
            }
            (void)to_json(story.reset().result(-1).facts()).dump();
        }
    }
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(a_refused_negotiation),
        cmocka_unit_test(answers),
        cmocka_unit_test(the_cookie_is_not_kept),
        cmocka_unit_test(an_end_without_an_answer),
        cmocka_unit_test(a_silent_server),
        cmocka_unit_test(waiting_before_anything_answers),
        cmocka_unit_test(other_protocols),
        cmocka_unit_test(malformed_answers),
        cmocka_unit_test(pieces),
        cmocka_unit_test(a_silent_second_try),
        cmocka_unit_test(the_attempt_that_came_furthest_decides),
        cmocka_unit_test(behind_a_redirection_only_the_new_host_counts),
        cmocka_unit_test(rdp_security),
        cmocka_unit_test(the_ladder),
        cmocka_unit_test(memory_is_bounded),
        cmocka_unit_test(any_bytes_at_any_step),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
