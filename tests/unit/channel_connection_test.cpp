// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cmocka.hpp"

#include "channel/connection.hpp"

using namespace preflight;
using namespace std::chrono_literals;

namespace {

Facts known(const char* host) {
    Facts facts;
    facts.target.host = host;
    facts.target.port = 3389;
    return facts;
}

Options patient(int seconds) {
    Options options;
    options.wait = std::chrono::seconds(seconds);
    return options;
}

/// A connection request on the wire, without protocols.
constexpr std::uint8_t request[] = {3, 0, 0, 11, 6, 0xe0, 0, 0, 0, 0, 0};

Connection& asking(const char* name, int wait_seconds) {
    Connection& connection = Connection::of(name);
    connection.begin(patient(wait_seconds), known("win-srv01"));
    connection.round(known("win-srv01"), false);
    connection.hear(connection.open_stream(),
                    SocketOpened{.address = "10.0.0.5", .port = 3389, .connected = true});
    connection.hear(1, Transferred{Layer::wire, Direction::sent, request});
    return connection;
}

void one_connection_per_context(void**) {
    Connection& first = Connection::of("a");
    assert_ptr_equal(&first, &Connection::of("a"));
    assert_ptr_equal(&first, Connection::find("a"));
    assert_null(Connection::find("never seen"));
}

/// FreeRDP 3 loads us again when a server redirects, Remmina before it connects at all.
void loading_again_keeps_what_was_heard(void**) {
    static const char context[] = "again";
    Connection& connection = asking(context, 10);
    connection.begin(patient(10), known("win-srv01"));
    const auto snapshot = connection.snapshot();
    assert_non_null(snapshot.get());
    assert_true(snapshot->facts.negotiation.request_sent.value_or(false));
}

void a_failure_is_told_once(void**) {
    static const char context[] = "once";
    Connection& connection = asking(context, 10);
    assert_true(connection.conclude());
    assert_false(connection.conclude());
    connection.close();
    assert_false(connection.listening());
    assert_null(connection.snapshot().get());
    assert_false(connection.conclude());
}

void the_next_connect_starts_afresh(void**) {
    static const char context[] = "afresh";
    Connection& connection = asking(context, 10);
    connection.conclude();
    connection.close();
    connection.begin(patient(10), known("win-srv02"));
    assert_true(connection.listening());
    assert_true(connection.hears_sent());
    assert_int_equal(connection.last_stream(), 0);
    const auto snapshot = connection.snapshot();
    assert_string_equal(snapshot->facts.target.host->c_str(), "win-srv02");
    assert_false(snapshot->facts.negotiation.request_sent.value_or(false));
    assert_true(connection.conclude());
}

void success_takes_both_words(void**) {
    static const char context[] = "success";
    Connection& connection = asking(context, 10);
    connection.connected();  // FreeRDP 3 says this first
    assert_true(connection.may_still_fail());
    assert_false(connection.succeeded());
    connection.activated();
    assert_true(connection.succeeded());
    assert_false(connection.may_still_fail());
    assert_false(connection.listening());
}

Connection& in_session(const char* context) {
    Connection& connection = asking(context, 10);
    connection.connected();
    connection.hear(0, Activated{});
    connection.activated();
    connection.settle();
    return connection;
}

void a_session_is_kept_until_its_end(void**) {
    static const char context[] = "session";
    Connection& connection = in_session(context);
    assert_true(connection.in_session());
    assert_false(connection.listening());
    assert_false(connection.may_still_fail());
    assert_false(connection.wait_deadline(Connection::Clock::now()).has_value());
    connection.hear(0, Terminated{0, {0x2000d, "X", ""}});
    assert_string_equal(connection.snapshot()->facts.outcome->c_str(), "ended");
    assert_true(connection.conclude());
    connection.close();
    assert_false(connection.in_session());
    assert_false(connection.conclude());
}

void a_session_sought_again_is_heard(void**) {
    static const char context[] = "sought";
    Connection& connection = in_session(context);
    connection.hear(0, Terminated{0, {0x2000d, "X", ""}});
    connection.round(known("win-srv01"), false);
    assert_true(connection.listening());
    assert_true(connection.hears_sent());
    assert_true(connection.in_session());
    assert_false(connection.may_still_fail());
    assert_false(connection.succeeded());
    assert_false(connection.wait_deadline(Connection::Clock::now()).has_value());
    assert_int_equal(*connection.snapshot()->facts.session.reconnect.tries, 1);
    connection.hear(0, Activated{});
    connection.activated();
    assert_true(connection.succeeded());
    connection.settle();
    assert_false(connection.listening());
    assert_string_equal(connection.snapshot()->facts.outcome->c_str(), "connected");
}

/// A client that connects anew in the same context has a connection of its own.
void a_context_is_used_again(void**) {
    static const char context[] = "again";
    Connection& connection = in_session(context);
    connection.hear(0, Terminated{0, {0x2000d, "X", ""}});
    connection.conclude();
    connection.close();
    connection.begin(patient(10), known("win-srv02"));
    assert_false(connection.in_session());
    assert_true(connection.listening());
    const auto facts = connection.snapshot()->facts;
    assert_string_equal(facts.target.host->c_str(), "win-srv02");
    assert_string_equal(facts.outcome->c_str(), "waiting");
    assert_false(facts.session.ended_by.has_value());
}

/// A new context can get the address of one that went away without a word.
void a_session_nobody_ended(void**) {
    static const char context[] = "forgotten";
    Connection& connection = in_session(context);
    connection.begin(patient(10), known("win-srv02"));
    assert_false(connection.in_session());
    assert_string_equal(connection.snapshot()->facts.outcome->c_str(), "waiting");
}

void rounds_after_the_outcome_need_no_second_result(void**) {
    static const char context[] = "reconnects";
    Connection& connection = asking(context, 10);
    connection.connected();
    connection.activated();
    connection.close();
    connection.round(known("win-srv01"), false);
    assert_true(connection.listening());
    assert_false(connection.may_still_fail());  // the client itself says what becomes of it
    assert_false(connection.wait_deadline(Connection::Clock::now()).has_value());
    connection.activated();
    assert_true(connection.succeeded());
}

void what_is_sent_is_not_heard_once_passwords_may_be_in_it(void**) {
    static const char context[] = "sent";
    Connection& connection = asking(context, 10);
    assert_true(connection.hears_sent());
    connection.stop_hearing_sent();
    assert_false(connection.hears_sent());
    connection.round(known("win-srv01"), false);
    assert_true(connection.hears_sent());
}

void a_silent_server_is_told_once_and_not_too_early(void**) {
    static const char context[] = "silent";
    Connection& connection = asking(context, 5);
    const auto now = Connection::Clock::now();
    assert_true(connection.wait_deadline(now).has_value());
    assert_null(connection.waited_too_long(now + 4s).get());
    const auto snapshot = connection.waited_too_long(now + 6s);
    assert_non_null(snapshot.get());
    assert_string_equal(snapshot->facts.outcome->c_str(), "waiting");
    assert_false(snapshot->facts.wait.waiting_for->empty());
    assert_int_equal(*snapshot->facts.wait.seconds, 6);
    assert_true(connection.still_waits(*snapshot));
    assert_false(connection.wait_told());
    assert_non_null(connection.tell_wait(*snapshot, now + 6s).get());
    assert_true(connection.wait_told());
    assert_false(connection.still_waits(*snapshot));
    assert_null(connection.waited_too_long(now + 60s).get());
    assert_false(connection.wait_deadline(now).has_value());
}

/// Who goes on while the host is asked again hears nothing.
void what_moves_meanwhile_is_not_told(void**) {
    static const char context[] = "moves";
    Connection& connection = asking(context, 5);
    const auto snapshot = connection.waited_too_long(Connection::Clock::now() + 6s);
    assert_non_null(snapshot.get());
    connection.question(+1);
    connection.question(-1);
    assert_false(connection.still_waits(*snapshot));
    assert_null(connection.tell_wait(*snapshot, Connection::Clock::now() + 6s).get());
    assert_false(connection.wait_told());
}

void nothing_is_awaited_while_the_user_thinks(void**) {
    static const char context[] = "question";
    Connection& connection = asking(context, 5);
    connection.question(+1);
    assert_null(connection.waited_too_long(Connection::Clock::now() + 60s).get());
    connection.question(-1);
    assert_non_null(connection.waited_too_long(Connection::Clock::now() + 6s).get());
}

void waiting_can_be_switched_off(void**) {
    static const char context[] = "off";
    Connection& connection = asking(context, 0);
    const auto now = Connection::Clock::now();
    assert_false(connection.wait_deadline(now).has_value());
    assert_null(connection.waited_too_long(now + 3600s).get());
}

void a_redirection_leads_to_another_target(void**) {
    static const char context[] = "redirected";
    Connection& connection = asking(context, 10);
    connection.round(known("win-srv09"), true);
    assert_string_equal(connection.snapshot()->facts.target.host->c_str(), "win-srv09");
}

void the_proxy_is_named(void**) {
    static const char context[] = "proxy";
    Connection& connection = asking(context, 10);
    Connection::Notes notes = connection.notes();
    notes.proxy.used = true;
    notes.proxy.host = "proxy.example.org";
    notes.proxy.variable = "https_proxy";
    connection.note(notes);
    const auto snapshot = connection.snapshot();
    assert_string_equal(snapshot->facts.proxy.variable->c_str(), "https_proxy");
    assert_string_equal(snapshot->facts.proxy.host->c_str(), "proxy.example.org");
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(one_connection_per_context),
        cmocka_unit_test(loading_again_keeps_what_was_heard),
        cmocka_unit_test(a_failure_is_told_once),
        cmocka_unit_test(the_next_connect_starts_afresh),
        cmocka_unit_test(success_takes_both_words),
        cmocka_unit_test(a_session_is_kept_until_its_end),
        cmocka_unit_test(a_session_sought_again_is_heard),
        cmocka_unit_test(a_context_is_used_again),
        cmocka_unit_test(a_session_nobody_ended),
        cmocka_unit_test(rounds_after_the_outcome_need_no_second_result),
        cmocka_unit_test(what_is_sent_is_not_heard_once_passwords_may_be_in_it),
        cmocka_unit_test(a_silent_server_is_told_once_and_not_too_early),
        cmocka_unit_test(what_moves_meanwhile_is_not_told),
        cmocka_unit_test(nothing_is_awaited_while_the_user_thinks),
        cmocka_unit_test(waiting_can_be_switched_off),
        cmocka_unit_test(a_redirection_leads_to_another_target),
        cmocka_unit_test(the_proxy_is_named),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
