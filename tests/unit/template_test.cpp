// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "diagnose/template.hpp"

#include "cmocka.hpp"
#include "diagnose/codes.hpp"
#include "diagnose/command.hpp"
#include "diagnose/version.hpp"
#include "golden.hpp"

using namespace preflight;
using preflight::test::fail_with;

namespace {

Facts sample() {
    Facts facts;
    facts.target.host = "win-srv01";
    facts.tls.alert.code = 70;
    facts.tls.established = true;
    facts.session.error_info = 11;
    facts.tls.client.versions = {"TLS 1.2", "TLS 1.3"};
    facts.tls.client.ciphers = {"A", "B", "C", "D", "E"};
    facts.certificate.not_after = "2026-01-02T03:04:05Z";
    return facts;
}

std::string one_code(std::string_view table, std::string_view code, std::string_view column) {
    return table == "tls-alert" && code == "70" && column == "text" ? "no common version" : "";
}

struct Case {
    const char* text;
    const char* expected;
    bool complete = true;
};

void texts_are_filled_in(void**) {
    const Case cases[] = {
        {"no braces", "no braces"},
        {"", ""},
        {"{target.host}", "win-srv01"},
        {"to {target.host}: {tls.alert.code}.", "to win-srv01: 70."},
        {"{tls.established}", "yes"},
        {"{tls.client.versions}", "TLS 1.2, TLS 1.3"},
        {"{tls.client.ciphers#3}", "A, B, C and 2 more"},
        {"{tls.client.ciphers#5}", "A, B, C, D, E"},
        {"{session.error_info#hex}", "0x0000000B"},
        {"{certificate.not_after#date}", "2026-01-02"},
        {"{tls.sni}", "(not known)", false},
        {"{tls.sni|no name}", "no name"},
        {"{tls.sni|}", ""},
        {"{tls.sni|target.host|no name}", "win-srv01"},
        {"{tls.sni|target.host}", "win-srv01"},
        {"{tls.sni|tls.client.groups}", "(not known)", false},
        {"{tls.sni|tls.alert.code@tls-alert.text}", "no common version"},
        {"{tls.sni|none, e.g.}", "none, e.g."},
        {"{tls.sni|3.15}", "3.15"},
        {"{tls.sni|...}", "..."},
        {"{tls.alert.code@tls-alert.text}", "no common version"},
        {"{tls.alert.code@tls-alert.colour}", "(not known)", false},
        {"{tls.alert.code@tls-alert.colour|words}", "words"},
    };
    const FactView facts{sample()};
    for (const auto& each : cases) {
        const Filled filled = fill(each.text, facts, one_code);
        assert_string_equal(filled.text.c_str(), each.expected);
        assert_int_equal(filled.complete, each.complete);
    }
}

void other_braces_stay(void**) {
    const FactView facts{sample()};
    for (const char* text : {"Where-Object { $_.Name }", "{}", "{", "{target.host", "}{"})
        assert_string_equal(fill(text, facts, one_code).text.c_str(), text);
    assert_string_equal(fill("{ {target.host} }", facts, one_code).text.c_str(), "{ win-srv01 }");
}

void version_ranges(void**) {
    struct {
        const char* version;
        const char* range;
        bool expected;
    } const cases[] = {
        {"2.11.7", "", true},
        {"", "", true},
        {"", ">=2.0.0", false},
        {"2.11.7", "<3.0.0", true},
        {"2.11.7", ">=2.8.0 <3.0.0", true},
        {"2.6.1", ">=2.8.0 <3.0.0", false},
        {"3.0.0", "<3.0.0", false},
        {"3.0.0", ">=3.0.0", true},
        {"3.0.0", ">3.0.0", false},
        {"3.9.0", "<3.27.0", true},
        {"3.27.0", "<3.27.0", false},
        {"3.27.0", "<=3.27.0", true},
        {"3.27.0-dev", ">=3.27.0", true},
        {"3.15.0+dfsg-2.1", "=3.15.0", true},
        {"3.15", ">=3.15.0", true},
        {"3.15.0", ">=three", false},
        {"99999999999999999999.0", ">=3.0.0", true},
    };
    for (const auto& each : cases)
        if (in_range(each.version, each.range) != each.expected)
            fail_with(std::string(each.version) + " in " + each.range);
    for (const char* range : {"", ">=3.0.0", ">=3.0.0  <3.27.0", "=2.11"})
        assert_true(is_range(range));
    for (const char* range : {"3.0.0", ">= 3.0.0", ">=3.x", "~3"}) assert_false(is_range(range));
}

void words_for_the_shell(void**) {
    assert_string_equal(shell_quoted("/v:win-srv01:3390").c_str(), "/v:win-srv01:3390");
    assert_string_equal(shell_quoted("/auth-pkg-list:!kerberos").c_str(),
                        "'/auth-pkg-list:!kerberos'");
    assert_string_equal(shell_quoted("/v:[::1]").c_str(), "'/v:[::1]'");
    assert_string_equal(shell_quoted("it's").c_str(), "'it'\\''s'");
    assert_string_equal(shell_quoted("$(reboot)").c_str(), "'$(reboot)'");
    assert_string_equal(shell_quoted("").c_str(), "''");
}

void codes_in_any_spelling(void**) {
    assert_string_equal(code_key("0x0002000B").c_str(), "131083");
    assert_string_equal(code_key("0x2000b").c_str(), "131083");
    assert_string_equal(code_key("131083").c_str(), "131083");
    assert_string_equal(code_key("070").c_str(), "70");
    assert_string_equal(code_key("EAI_NONAME").c_str(), "EAI_NONAME");
    assert_string_equal(code_key("0x").c_str(), "0x");
    assert_string_equal(code_key("").c_str(), "");
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_filled_in),   cmocka_unit_test(other_braces_stay),
        cmocka_unit_test(version_ranges),        cmocka_unit_test(words_for_the_shell),
        cmocka_unit_test(codes_in_any_spelling),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
