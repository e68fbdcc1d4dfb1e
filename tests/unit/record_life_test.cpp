// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/life.hpp"

#include <cerrno>

#include "cmocka.hpp"
#include "diagnose/telling.hpp"
#include "story.hpp"

using namespace preflight;
using namespace preflight::test;

namespace {

constexpr std::uint32_t transport_failed = 0x2000d;
constexpr std::uint32_t cancelled = 0x2000b;
constexpr int user_requested = 3;
constexpr int provider_initiated = 1;

void check(const Maybe<std::string>& fact, const char* expected) {
    assert_string_equal(fact.value_or("(unset)").c_str(), expected);
}

Story session(int ultimatum = 0) {
    Story story;
    story.round().socket().request(1).response(1);
    story.configured().client_hello().server_hello().established({});
    story.state("CONNECTION_STATE_ACTIVE").observe(Activated{ultimatum});
    return story;
}

Terminated broken() { return {0, {transport_failed, "ERRCONNECT_CONNECT_TRANSPORT_FAILED", ""}}; }

Terminated with_reason(std::uint32_t code, int ultimatum) {
    return {ultimatum, {0x10000 | code, "ERRINFO", ""}};
}

ErrorInfoSeen reason(std::uint32_t code, int ultimatum = 0) {
    return {code, "ERRINFO", "text", ultimatum};
}

Telling told(const Facts& facts) { return telling_of(facts, Catalogue::builtin()); }

void a_session_is_lost(void**) {
    Story story = session();
    const Facts facts = story.after(125'000).reset().observe(broken()).facts();
    check(facts.outcome, "ended");
    check(facts.stage, "session");
    check(facts.session.ended_by, "network");
    check(facts.session.ended, "reset");
    check(facts.session.lasted, "2 min 5 s");
    check(facts.freerdp.name, "ERRCONNECT_CONNECT_TRANSPORT_FAILED");
    assert_false(facts.session.reconnect.tries.has_value());
    assert_true(told(facts) == Telling::report);
}

void the_user_leaves(void**) {
    Story story = session();
    const Facts facts = story.after(1000).observe(Terminated{0, {cancelled, "X", ""}}).facts();
    check(facts.session.ended_by, "client");
    assert_int_equal(facts.freerdp.code.value_or(0), 0);
    assert_true(told(facts) == Telling::nothing);
    assert_true(told(session().facts()) == Telling::nothing);
}

void the_server_says_why(void**) {
    const struct {
        std::uint32_t code;
        Telling telling;
    } rows[] = {{7, Telling::report},     {0x112f, Telling::report}, {0x777, Telling::report},
                {0x10a, Telling::report}, {1, Telling::line},        {2, Telling::line},
                {3, Telling::line},       {5, Telling::line},        {0x19, Telling::line},
                {0xb, Telling::nothing},  {0xc, Telling::nothing}};
    for (const auto& row : rows) {
        Story story = session();
        story.after(1000).observe(reason(row.code));
        const Facts facts = story.observe(with_reason(row.code, user_requested)).facts();
        check(facts.session.ended_by, "server");
        assert_int_equal(facts.session.error_info.value(), row.code);
        assert_true(facts.session.error_info_sent.value());
        assert_true(told(facts) == row.telling);
    }
}

/// FreeRDP tells of 1 or 12 where the server says goodbye only.
void a_reason_made_up_of_a_farewell(void**) {
    Story story = session();
    story.after(1000).observe(reason(1, provider_initiated));
    Facts facts = story.observe(with_reason(1, provider_initiated)).facts();
    assert_false(facts.session.error_info_sent.value());
    check(facts.mcs.disconnect_reason_name, "rn-provider-initiated");
    assert_true(told(facts) == Telling::line);

    story = session();
    story.observe(reason(12, user_requested));
    facts = story.observe(with_reason(12, user_requested)).facts();
    assert_false(facts.session.error_info_sent.value());
    assert_true(told(facts) == Telling::nothing);
}

/// The farewell of the session before is still noted: nobody can tell.
void an_old_farewell_says_nothing(void**) {
    Story story = session(user_requested);
    story.observe(reason(12, user_requested));
    const Facts facts = story.observe(with_reason(12, user_requested)).facts();
    assert_false(facts.session.error_info_sent.has_value());
    assert_false(facts.mcs.disconnect_reason.has_value());
}

void the_sign_in_program_refused(void**) {
    Story story = session();
    story.observe(LogonErrorSeen{0xfffffffa, 2}).observe(reason(12));
    Facts facts = story.observe(with_reason(12, user_requested)).facts();
    check(facts.session.logon_error_type_name, "LOGON_MSG_NO_PERMISSION");
    assert_true(told(facts) == Telling::report);

    story = session();  // the user reads it and leaves
    story.observe(LogonErrorSeen{0xfffffffa, 2});
    assert_true(told(story.observe(Terminated{0, {cancelled, "X", ""}}).facts()) ==
                Telling::nothing);

    story = session();  // an ordinary message
    story.observe(LogonErrorSeen{0xfffffffe, 2}).observe(reason(12));
    assert_true(told(story.observe(with_reason(12, user_requested)).facts()) == Telling::nothing);

    story = session();  // an NTSTATUS
    story.observe(LogonErrorSeen{0xc000006d, 0}).observe(reason(12));
    facts = story.observe(with_reason(12, user_requested)).facts();
    check(facts.session.logon_error_data_name, "LOGON_FAILED_BAD_PASSWORD");
    assert_true(told(facts) == Telling::report);
}

void the_host_cannot_be_reached_again(void**) {
    Story story = session();
    story.after(60'000).closed().observe(broken());
    story.round().refused_socket();
    story.observe(ErrorSeen{transport_failed, "FIRST", ""});
    story.after(500).round().refused_socket();
    story.observe(ErrorSeen{transport_failed, "SECOND", ""});
    LookedAgain again;
    again.addresses.push_back({"10.0.0.5", false, true, false, ECONNREFUSED});
    const Facts facts = story.observe(again).facts();
    check(facts.stage, "session");
    check(facts.session.ended, "closed");
    check(facts.session.lasted, "1 min");
    assert_int_equal(facts.session.reconnect.tries.value(), 2);
    check(facts.session.reconnect.stage, "tcp");
    check(facts.session.reconnect.error, "ECONNREFUSED");
    check(facts.session.reconnect.freerdp_name, "SECOND");
    check(facts.freerdp.name, "ERRCONNECT_CONNECT_TRANSPORT_FAILED");
    assert_true(facts.tcp.connected.value());
    assert_true(told(facts) == Telling::report);
}

/// What stops the client then is not the network any more.
void the_host_refuses_to_let_the_user_in_again(void**) {
    Story story = session();
    story.after(60'000).reset().observe(broken());
    story.round().socket().request(3).response(2);
    story.configured().client_hello().server_hello().established({});
    story.state("CONNECTION_STATE_NLA");
    story.observe(ErrorSeen{0x20018, "ERRCONNECT_ACCOUNT_LOCKED_OUT", ""});
    const Facts facts = story.facts();
    check(facts.outcome, "ended");
    check(facts.stage, "authentication");
    check(facts.freerdp.name, "ERRCONNECT_ACCOUNT_LOCKED_OUT");
    assert_int_equal(facts.session.reconnect.tries.value(), 1);
    check(facts.session.ended_by, "network");
}

void a_session_that_came_back(void**) {
    Story story = session();
    story.after(60'000).reset().observe(broken());
    story.round().refused_socket();
    story.round().socket().request(1).response(1);
    story.configured().client_hello().server_hello().established({});
    story.state("CONNECTION_STATE_ACTIVE").observe(Activated{});
    Facts facts = story.facts();
    check(facts.outcome, "connected");
    check(facts.stage, "session");
    assert_int_equal(facts.attempts.size(), 1);
    assert_false(facts.session.ended_by.has_value());
    assert_false(facts.session.reconnect.tries.has_value());
    assert_true(told(facts) == Telling::nothing);
    // What happens then is told of the session that came back.
    facts = story.after(5000).reset().observe(broken()).facts();
    check(facts.session.lasted, "5 s");
    check(facts.session.ended_by, "network");
}

/// Another size of the desktop activates the session again; it is still the same.
void activated_again(void**) {
    Story story = session();
    story.after(60'000).observe(Activated{}).after(60'000).reset();
    check(story.observe(broken()).facts().session.lasted, "2 min");
}

void only_the_first_end_counts(void**) {
    Story story = session();
    story.after(1000).reset().observe(broken());
    story.after(60'000).observe(Terminated{0, {cancelled, "X", ""}});
    const Facts facts = story.facts();
    check(facts.session.ended_by, "network");
    check(facts.session.lasted, "1 s");
}

void a_check_that_checked_nothing(void**) {
    Facts known = known_facts();
    known.client.auth_only = true;
    const auto checked = [&](std::uint32_t protocol) {
        return Story(known).round().socket().request(3).response(protocol).result(-1, 0).facts();
    };
    assert_true(told(checked(1)) == Telling::line);
    assert_true(told(checked(2)) == Telling::nothing);
}

void durations_in_words(void**) {
    using record::duration_words;
    assert_string_equal(duration_words(0).c_str(), "0 s");
    assert_string_equal(duration_words(59).c_str(), "59 s");
    assert_string_equal(duration_words(60).c_str(), "1 min");
    assert_string_equal(duration_words(3599).c_str(), "59 min 59 s");
    assert_string_equal(duration_words(7512).c_str(), "2 h 5 min");
    assert_string_equal(duration_words(86400).c_str(), "1 d");
    assert_string_equal(duration_words(100000).c_str(), "1 d 3 h");
}

/// FreeRDP 2 gives up without an error.
void the_clients_own_limit_runs_out(void**) {
    for (const std::uint32_t error : {0u, 0x2001cu}) {
        Story story;
        story.round().socket().request(1).response(1);
        story.configured().client_hello().server_hello().established({});
        story.state("CONNECTION_STATE_LICENSING").after(9000);
        const Facts facts = story.result(-1, error, "X").facts();
        check(facts.stage, "licensing");
        assert_true(facts.freerdp.activation_timeout.value());
        check(facts.licensing.ended, "silent");
        check(facts.wait.waiting_for, "the server's answer about the licence");
        assert_int_equal(facts.wait.seconds.value(), 9);
    }
    Story story;
    story.round().socket().request(1).response(1).closed();
    assert_false(story.result(-1, 0).facts().freerdp.activation_timeout.has_value());
}

/// FreeRDP calls every message that it does not accept a broken transport.
void the_client_itself_gives_up(void**) {
    Story story;
    story.round().socket().request(1).response(1);
    story.configured().client_hello().server_hello().established({});
    story.state("CONNECTION_STATE_LICENSING");
    const Facts facts = story.result(-1, transport_failed, "X").facts();
    check(facts.licensing.ended, "client");
    check(facts.tcp.ended, "client");
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(a_session_is_lost),
        cmocka_unit_test(the_user_leaves),
        cmocka_unit_test(the_server_says_why),
        cmocka_unit_test(a_reason_made_up_of_a_farewell),
        cmocka_unit_test(an_old_farewell_says_nothing),
        cmocka_unit_test(the_sign_in_program_refused),
        cmocka_unit_test(the_host_cannot_be_reached_again),
        cmocka_unit_test(the_host_refuses_to_let_the_user_in_again),
        cmocka_unit_test(a_session_that_came_back),
        cmocka_unit_test(activated_again),
        cmocka_unit_test(only_the_first_end_counts),
        cmocka_unit_test(a_check_that_checked_nothing),
        cmocka_unit_test(durations_in_words),
        cmocka_unit_test(the_clients_own_limit_runs_out),
        cmocka_unit_test(the_client_itself_gives_up),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
