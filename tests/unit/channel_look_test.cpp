// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cmocka.hpp"

#include "channel/look.hpp"

using namespace preflight;

namespace {

Facts failed(std::int64_t code) {
    Facts facts;
    facts.target.host = "win-srv01";
    facts.target.port = 3389;
    facts.freerdp.code = code;
    return facts;
}

constexpr std::int64_t dns = 0x00020005;
constexpr std::int64_t connect_failed = 0x00020006;
constexpr std::int64_t tls = 0x00020008;
constexpr std::int64_t cancelled = 0x0002000b;
constexpr std::int64_t transport = 0x0002000d;

void only_where_the_reason_is_missing(void**) {
    assert_true(worth_looking(failed(dns)).has_value());
    assert_true(worth_looking(failed(connect_failed)).has_value());
    assert_false(worth_looking(failed(tls)).has_value());
    assert_false(worth_looking(failed(transport)).has_value());
    assert_false(worth_looking(Facts{}).has_value());
}

/// FreeRDP up to 3.15 takes a refused connection for an open one.
void a_socket_that_never_connected_is_looked_at(void**) {
    Facts facts = failed(transport);
    facts.tcp.connected = false;
    assert_true(worth_looking(facts).has_value());
    facts.tcp.connected = true;
    assert_false(worth_looking(facts).has_value());
}

void nothing_is_done_when_the_user_stopped(void**) {
    Facts facts = failed(cancelled);
    facts.tcp.connected = false;
    assert_false(worth_looking(facts).has_value());
}

void a_name_without_address_is_not_connected_to(void**) {
    assert_false(worth_looking(failed(dns))->limits.connect_at_all);
    assert_true(worth_looking(failed(connect_failed))->limits.connect_at_all);
}

void the_peer_that_was_dialled_is_asked(void**) {
    Facts facts = failed(connect_failed);
    assert_string_equal(worth_looking(facts)->host.c_str(), "win-srv01");
    facts.gateway.used = true;
    facts.gateway.host = "gateway";
    facts.gateway.port = 443;
    assert_string_equal(worth_looking(facts)->host.c_str(), "gateway");
    facts.proxy.used = true;  // it stands in front of either
    facts.proxy.host = "proxy";
    facts.proxy.port = 8080;
    assert_string_equal(worth_looking(facts)->host.c_str(), "proxy");
    assert_int_equal(worth_looking(facts)->port, 8080);
}

/// A local socket, a handed-over one, and a target nobody knows.
void what_is_no_host_is_left_alone(void**) {
    for (const char* name : {"/run/rdp.sock", "|3", ""}) {
        Facts facts = failed(connect_failed);
        facts.target.host = name;
        assert_false(worth_looking(facts).has_value());
    }
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(only_where_the_reason_is_missing),
        cmocka_unit_test(a_socket_that_never_connected_is_looked_at),
        cmocka_unit_test(nothing_is_done_when_the_user_stopped),
        cmocka_unit_test(a_name_without_address_is_not_connected_to),
        cmocka_unit_test(the_peer_that_was_dialled_is_asked),
        cmocka_unit_test(what_is_no_host_is_left_alone),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
