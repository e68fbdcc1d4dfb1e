// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <netdb.h>

#include <cerrno>

#include "cmocka.hpp"
#include "facts/json.hpp"
#include "story.hpp"

using namespace preflight;
using namespace preflight::test;

namespace {

constexpr std::uint32_t pre_connect_failed = 0x20001;
constexpr std::uint32_t post_connect_failed = 0x20003;
constexpr std::uint32_t dns_not_found = 0x20005;
constexpr std::uint32_t connect_failed = 0x20006;
constexpr std::uint32_t transport_failed = 0x2000d;

void check(const Maybe<std::string>& fact, const char* expected) {
    assert_string_equal(fact.value_or("(unset)").c_str(), expected);
}

LookedAgain looked_up(int error) {
    LookedAgain again;
    again.looked_up = true;
    again.lookup_error = error;
    return again;
}

LookedAgain dialled(std::vector<LookedAgain::Address> addresses) {
    LookedAgain again = looked_up(0);
    again.addresses = std::move(addresses);
    return again;
}

void a_name_that_is_not_found(void**) {
    const struct {
        int error;
        const char* result;
        const char* name;
    } cases[] = {
        {EAI_NONAME, "unknown-name", "EAI_NONAME"}, {EAI_AGAIN, "resolver-down", "EAI_AGAIN"},
        {EAI_FAIL, "other-error", "EAI_FAIL"},      {0, "found", "(unset)"},
        {-9999, "other-error", "EAI -9999"},
    };
    for (const auto& expected : cases) {
        Story story;
        story.round().result(-1, dns_not_found, "ERRCONNECT_DNS_NAME_NOT_FOUND");
        const Facts facts = story.observe(looked_up(expected.error)).facts();
        check(facts.stage, "dns");
        assert_true(facts.reached.empty());
        check(facts.dns.name, "win-srv01.example.org");
        check(facts.dns.result, expected.result);
        check(facts.dns.error, expected.name);
        assert_true(*facts.dns.checked_again);
        assert_int_equal(*facts.attempt_count, 0);
    }
    LookedAgain late;
    late.looked_up = late.lookup_timeout = true;
    const Facts facts = Story().round().result(-1, dns_not_found).observe(late).facts();
    check(facts.dns.result, "resolver-down");
    // Without a second look nothing is claimed.
    assert_false(Story().round().result(-1, dns_not_found).facts().dns.result.has_value());
}

/// FreeRDP up to 3.15 takes a refused port for a connection and then fails to write.
void a_refused_port(void**) {
    Story story;
    story.round().refused_socket().write_error(EPIPE);
    story.round().refused_socket().write_error(EPIPE);
    story.result(-1, transport_failed, "ERRCONNECT_CONNECT_TRANSPORT_FAILED");
    Facts facts = story.facts();
    check(facts.stage, "tcp");
    assert_false(*facts.tcp.connected);
    assert_false(facts.tcp.error.has_value());
    story.observe(dialled({{"10.0.0.5", false, true, false, ECONNREFUSED}}));
    facts = story.facts();
    check(facts.stage, "tcp");
    assert_true(facts.reached == Texts{"dns"});
    check(facts.tcp.error, "ECONNREFUSED");
    check(facts.tcp.address, "10.0.0.5");
    check(facts.tcp.family, "IPv4");
    assert_true(*facts.tcp.checked_again);
    assert_false(facts.tcp.ended.has_value());
    assert_int_equal(facts.dns.addresses.size(), 1);
    check(facts.dns.addresses[0].error, "ECONNREFUSED");
    check(facts.dns.result, "found");

    // The source knows at once.
    facts = Story().round().refused_socket(EHOSTUNREACH).result(-1, connect_failed).facts();
    check(facts.tcp.error, "EHOSTUNREACH");
    assert_false(facts.tcp.error_text->empty());
}

void no_answer_at_all(void**) {
    Story story;
    story.round().after(15000).result(-1, connect_failed, "ERRCONNECT_CONNECT_FAILED");
    const Facts facts =
        story.observe(dialled({{"10.0.0.5", false, true, false, ETIMEDOUT}})).facts();
    check(facts.stage, "tcp");
    check(facts.tcp.error, "ETIMEDOUT");
    assert_false(*facts.tcp.connected);
    assert_int_equal(*facts.tcp.duration_ms, 15001);
    check(facts.dns.result, "found");
    assert_true(facts.reached == Texts{"dns"});
}

void the_other_family_answers(void**) {
    Story story;
    story.round().result(-1, connect_failed);
    const Facts facts = story
                            .observe(dialled({{"2001:db8::5", true, true, false, ENETUNREACH},
                                              {"10.0.0.5", false, false, false, 0}}))
                            .facts();
    check(facts.tcp.family, "IPv6");
    check(facts.tcp.error, "ENETUNREACH");
    assert_false(facts.tcp.other_family.has_value());
    assert_false(facts.dns.addresses[1].connected.has_value());

    Story second;
    second.round().refused_socket();
    const Facts both = second.result(-1, connect_failed)
                           .observe(dialled({{"2001:db8::5", true, true, true, 0},
                                             {"10.0.0.5", false, true, false, EHOSTUNREACH}}))
                           .facts();
    check(both.tcp.family, "IPv4");
    check(both.tcp.other_family, "IPv6");
}

/// With /ipv6 the client dialled the address that does not answer.
void the_family_that_the_client_prefers_was_dialled(void**) {
    Facts known = known_facts();
    known.client.prefer_ipv6 = true;
    Story story(known);
    story.round().result(-1, connect_failed);
    const Facts facts = story
                            .observe(dialled({{"10.0.0.5", false, true, true, 0},
                                              {"2001:db8::5", true, true, false, ETIMEDOUT}}))
                            .facts();
    check(facts.tcp.family, "IPv6");
    check(facts.tcp.error, "ETIMEDOUT");
    check(facts.tcp.other_family, "IPv4");
}

void a_connection_that_carried_bytes_was_not_refused(void**) {
    Story story;
    story.round().socket().request(3).reset().result(-1, transport_failed);
    const Facts facts =
        story.observe(dialled({{"10.0.0.5", false, true, false, ECONNREFUSED}})).facts();
    check(facts.stage, "negotiation");
    assert_true(*facts.tcp.connected);
    assert_false(facts.tcp.error.has_value());
    assert_int_equal(*facts.tcp.bytes_sent, 47);
    assert_int_equal(*facts.tcp.bytes_received, 0);
}

void http_proxies(void**) {
    Facts known = known_facts();
    known.proxy.used = true;
    known.proxy.host = "proxy.example.org";
    known.proxy.port = 3128;
    known.proxy.origin = "environment";
    known.proxy.variable = "https_proxy";
    const std::string connect = "CONNECT win-srv01.example.org:3389 HTTP/1.1\r\n\r\n";
    Story story(known);
    story.round().socket("10.0.0.9").sent(Octets(connect.begin(), connect.end()));
    assert_string_equal(story.waiting_for().c_str(), "the proxy's answer");
    story.received("HTTP/1.1 403 Forb").received("idden\r\nServer: x\r\n");
    Facts facts = story.closed().result(-1, connect_failed).facts();
    check(facts.stage, "proxy");
    assert_int_equal(*facts.proxy.status, 403);
    check(facts.proxy.reason, "Forbidden");
    check(facts.proxy.type, "HTTP");
    check(facts.proxy.variable, "https_proxy");
    check(facts.dns.name, "proxy.example.org");
    assert_true(facts.reached == (Texts{"dns", "tcp"}));

    Story through(known);
    through.round().socket("10.0.0.9").sent(Octets(connect.begin(), connect.end()));
    through.received("HTTP/1.1 200 Connection established\r\n\r\n").request(3).failure(5);
    facts = through.result(-1, 0x2000c).facts();
    check(facts.stage, "negotiation");
    assert_int_equal(*facts.negotiation.failure_code, 5);
    assert_int_equal(*facts.proxy.status, 200);
    assert_true(facts.reached == (Texts{"dns", "tcp", "proxy"}));
}

void socks_proxies(void**) {
    Story refused;
    refused.round().socket().sent(hex("05 01 00")).received(hex("0500"));
    refused.sent(hex("05 01 00 03 01 61 0d3d")).received(hex("05 05 00 01 00000000 0000"));
    Facts facts = refused.closed().result(-1, connect_failed).facts();
    check(facts.stage, "proxy");
    check(facts.proxy.type, "SOCKS");
    check(facts.proxy.reason, "Connection refused");

    Story password;
    password.round().socket().sent(hex("05 02 00 02")).received(hex("0502"));
    password.sent(hex("01 01 61 06 736563726574")).received(hex("0101"));
    facts = password.closed().result(-1, connect_failed).facts();
    check(facts.proxy.reason, "user name or password not accepted");

    Story through;
    through.round().socket().sent(hex("05 01 00")).received(hex("0500"));
    through.sent(hex("05 01 00 03 01 61 0d3d"));
    through.received(hex("05 00 00 01 0a000005")).received(hex("0d3d")).request(3).response(2);
    check(through.facts().negotiation.selected, "HYBRID");
}

void local_problems(void**) {
    Story story;
    story.observe(LocalProblem{"add-in", "nosuch", "it could not be loaded"});
    Facts facts = story.result(-1, pre_connect_failed, "ERRCONNECT_PRE_CONNECT_FAILED").facts();
    check(facts.stage, "local");
    check(facts.local.problem, "add-in");
    check(facts.local.missing_addin, "nosuch");
    assert_true(facts.reached.empty());

    // The session was there; what failed is the client's own.
    story = Story();
    story.round().socket().request(3).response(2).client_hello().server_hello().established({});
    story.state("CONNECTION_STATE_NLA").state("CONNECTION_STATE_ACTIVE");
    facts = story.result(-1, post_connect_failed).facts();
    check(facts.stage, "local");
    assert_true(facts.reached.size() >= 9);
    assert_string_equal(facts.reached.back().c_str(), "activation");
}

void outcomes(void**) {
    Story story;
    story.round().socket().request(3).response(2).client_hello().server_hello().established({});
    story.observe(Activated{});
    Facts facts = story.result(0).facts();
    check(facts.outcome, "connected");
    check(facts.stage, "session");
    check(facts.freerdp.kind, "none");
    assert_true(*facts.session.activated);
    assert_string_equal(facts.reached.back().c_str(), "session");
    assert_true(story.waiting_for().empty());
    facts = story.observe(ErrorInfoSeen{0, "ERRINFO_SUCCESS", ""})
                .observe(ErrorInfoSeen{12, "ERRINFO_LOGOFF_BY_USER", "log off"})
                .observe(Terminated{})
                .facts();
    check(facts.outcome, "ended");
    assert_int_equal(*facts.session.error_info, 12);
    check(facts.session.error_info_name, "ERRINFO_LOGOFF_BY_USER");

    // FreeRDP 3 ends a sign-in check with -1 and no error.
    Facts known = known_facts();
    known.client.auth_only = true;
    facts = Story(known).round().socket().request(3).response(2).result(-1, 0).facts();
    check(facts.outcome, "connected");
    facts = Story().round().socket().request(3).response(2).result(-1, 0).facts();
    check(facts.outcome, "failed");
}

void kinds_of_errors(void**) {
    const struct {
        std::uint32_t code;
        const char* kind;
        const char* hex;
    } cases[] = {{0x20008, "connect", "0x00020008"},
                 {0x10009, "errinfo", "0x00010009"},
                 {0x800759db, "other", "0x800759DB"},
                 {0, "none", "0x00000000"}};
    for (const auto& expected : cases) {
        const Facts facts = Story().round().result(-1, expected.code, "N\x1b").facts();
        check(facts.freerdp.kind, expected.kind);
        check(facts.freerdp.code_hex, expected.hex);
        check(facts.freerdp.name, "N\\x1b");
        assert_int_equal(*facts.freerdp.code, expected.code);
    }
    // Cleaning up, FreeRDP overwrites its error; the verdict stands.
    const Facts facts =
        Story().round().result(-1, 0x20008, "A").observe(ErrorSeen{0x2000b, "B", ""}).facts();
    check(facts.freerdp.name, "A");
}

void a_host_given_as_an_address(void**) {
    Facts known = known_facts();
    known.target.host = "10.0.0.5";
    known.target.is_address = true;
    const Facts facts = Story(known).round().socket().request(3).failure(2).facts();
    assert_false(facts.dns.name.has_value());
    assert_false(facts.dns.result.has_value());
    assert_true(facts.reached == Texts{"tcp"});
}

/// The JSON of whatever a Recorder tells can be read back whole.
void facts_survive_json(void**) {
    Story story;
    story.round().socket().request(3).response(2).configured().client_hello().server_hello();
    const Facts facts = story.alert(Direction::received, 40).result(-1, 0x20008, "X").facts();
    std::vector<std::string> unknown;
    const Json json = to_json(facts);
    assert_true(to_json(facts_from_json(json, &unknown)) == json);
    assert_true(unknown.empty());
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(a_name_that_is_not_found),
        cmocka_unit_test(a_refused_port),
        cmocka_unit_test(no_answer_at_all),
        cmocka_unit_test(the_other_family_answers),
        cmocka_unit_test(the_family_that_the_client_prefers_was_dialled),
        cmocka_unit_test(a_connection_that_carried_bytes_was_not_refused),
        cmocka_unit_test(http_proxies),
        cmocka_unit_test(socks_proxies),
        cmocka_unit_test(local_problems),
        cmocka_unit_test(outcomes),
        cmocka_unit_test(kinds_of_errors),
        cmocka_unit_test(a_host_given_as_an_address),
        cmocka_unit_test(facts_survive_json),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
