// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cmocka.hpp"

#include <algorithm>
#include <atomic>
#include <sstream>
#include <thread>

#include "check/client.hpp"
#include "cli/check_hosts.hpp"
#include "cli/check_output.hpp"
#include "cli/in_order.hpp"

using namespace preflight;
using namespace preflight::cli;

namespace {

void hosts_are_read(void**) {
    const struct {
        const char* text;
        const char* host;
        int port;
    } table[] = {
        {"host", "host", 3389},      {"host:3390", "host", 3390},  {"10.0.0.5:1", "10.0.0.5", 1},
        {"::1", "::1", 3389},        {"fe80::1", "fe80::1", 3389}, {"[::1]", "::1", 3389},
        {"[::1]:3390", "::1", 3390},
    };
    for (const auto& row : table) {
        const auto host = read_host(row.text);
        assert_true(host.has_value());
        assert_string_equal(host->host.c_str(), row.host);
        assert_int_equal(host->port, row.port);
    }
}

void what_is_no_host_is_refused(void**) {
    for (const char* text : {"", ":3389", "host:", "host:0", "host:65536", "host:x", "host:33 89",
                             "[::1", "[::1]:", "[::1]x", "[]:1", "a b", "-host", "rdp://host"})
        assert_false(read_host(text).has_value());
}

void a_list_has_comments_and_blank_lines(void**) {
    std::istringstream list("# all\n\n one \ntwo:3390 # the second\r\nnot a host\n::1\n");
    std::vector<std::string> problems;
    const auto hosts = read_hosts(list, problems);
    assert_int_equal(hosts.size(), 3);
    assert_string_equal(hosts[1].host.c_str(), "two");
    assert_int_equal(hosts[1].port, 3390);
    assert_int_equal(problems.size(), 1);
    assert_string_equal(problems[0].c_str(), "line 5: not a host");
}

void results_come_in_order_whoever_is_first(void**) {
    std::string seen;
    std::atomic<int> at_once{0};
    std::atomic<int> most{0};
    in_order(
        20, 4,
        [&](std::size_t number) {
            const int now = ++at_once;
            for (int before = most; now > before && !most.compare_exchange_weak(before, now);) {
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(number % 3 == 0 ? 8 : 1));
            --at_once;
            return std::to_string(number);
        },
        [&](std::size_t number, const std::string& result) {
            assert_string_equal(result.c_str(), std::to_string(number).c_str());
            seen += result + " ";
        });
    assert_string_equal(seen.c_str(), "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 ");
    assert_true(most > 1 && most <= 4);
}

void exit_codes_rank(void**) {
    using enum ExitCode;
    assert_true(worse(success, warnings) == warnings);
    assert_true(worse(warnings, undecided) == undecided);
    assert_true(worse(would_not_connect, undecided) == would_not_connect);
    assert_true(worse(success, success) == success);
}

void a_formula_is_none_in_csv(void**) {
    CheckResult result{};
    result.facts.target.host = "a,b";
    result.facts.certificate.subject_cn = "=cmd|' /C calc'!A0";
    result.facts.certificate.days_left = -3;
    const std::string line = check_csv(result);
    assert_int_equal(line.find("\"a,b\","), 0);
    assert_true(line.find(",'=cmd|' /C calc'!A0,") != line.npos);
    assert_true(line.find(",-3,") != line.npos);
    const auto commas = [](const std::string& text) {
        return std::count(text.begin(), text.end(), ',');
    };
    assert_int_equal(commas(line), commas(check_csv_header()) + 1);
}

void the_client_offers_what_its_version_does(void**) {
    const struct {
        const char* version;
        int level;
        int lowest;
        bool ipv4_first;
    } table[] = {
        {"2.11.7", 1, TLS1_VERSION, true},
        {"3.15.0", 1, TLS1_VERSION, false},
        {"3.26.0", 1, TLS1_VERSION, false},
        {"3.27.0", 2, TLS1_2_VERSION, false},
    };
    for (const auto& row : table) {
        ClientFacts client;
        client.freerdp_version = row.version;
        add_defaults(client);
        const TlsOffer offer = offer_of(client);
        assert_int_equal(offer.security_level, row.level);
        assert_int_equal(offer.min_version, row.lowest);
        assert_int_equal(dials_ipv4_first(client), row.ipv4_first);
    }
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(hosts_are_read),
        cmocka_unit_test(what_is_no_host_is_refused),
        cmocka_unit_test(a_list_has_comments_and_blank_lines),
        cmocka_unit_test(results_come_in_order_whoever_is_first),
        cmocka_unit_test(exit_codes_rank),
        cmocka_unit_test(a_formula_is_none_in_csv),
        cmocka_unit_test(the_client_offers_what_its_version_does),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
