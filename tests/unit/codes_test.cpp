// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <regex>
#include <string>
#include <vector>

#include "cmocka.hpp"
#include "code_headers.hpp"
#include "diagnose/catalogue.hpp"
#include "wire/tls_names.hpp"
#include "wire/x224.hpp"

using preflight::Catalogue;
using preflight::test::codes_of_header;

namespace {

const Catalogue& catalogue() {
    static const Catalogue builtin = Catalogue::builtin();
    return builtin;
}

std::string column(const std::string& table, std::int64_t code, const char* name) {
    return catalogue().code(table, std::to_string(code), name);
}

/// Every code of a header must have a row with its name and a text; all that lack one are listed.
struct Expected {
    std::string table;
    int missing = 0;
    int seen = 0;

    void row(const std::string& name, std::int64_t code) {
        ++seen;
        const std::string known = column(table, code, "name");
        if (known == name && !column(table, code, "text").empty()) return;
        std::fprintf(stderr, "%s.toml: %s (%lld) has %s\n", table.c_str(), name.c_str(),
                     static_cast<long long>(code),
                     known.empty() ? "no row" : ("the name " + known).c_str());
        ++missing;
    }

    void done(int at_least) const {
        assert_true(seen >= at_least);
        assert_int_equal(missing, 0);
    }
};

void every_connect_error_has_a_row(void**) {
    for (const std::string header : {HEADERS_FREERDP}) {
        Expected expected{"freerdp"};
        for (const auto& [name, code] : codes_of_header(header, {"ERRCONNECT_"}))
            if (name != "ERRCONNECT_SUCCESS" && name != "ERRCONNECT_NONE")
                expected.row(name, 0x00020000 + code);
        expected.done(27);
    }
}

void every_connect_error_has_an_exit_code(void**) {
    for (const std::string header : {HEADERS_FREERDP})
        for (const auto& [name, code] : codes_of_header(header, {"ERRCONNECT_"})) {
            if (name == "ERRCONNECT_SUCCESS" || name == "ERRCONNECT_NONE") continue;
            const std::string exit = column("freerdp", 0x00020000 + code, "exit");
            assert_false(catalogue().code("xfreerdp-exit", exit, "text").empty());
        }
}

void every_error_info_has_a_row(void**) {
    for (const std::string header : {HEADERS_FREERDP}) {
        Expected expected{"errinfo"};
        for (const auto& [name, code] : codes_of_header(header, {"ERRINFO_"}))
            if (name != "ERRINFO_NONE") expected.row(name, code);
        expected.done(110);
    }
}

void every_verify_result_has_a_row(void**) {
    Expected expected{"x509"};
    for (const auto& [name, code] :
         codes_of_header(OPENSSL_HEADERS "x509_vfy.h", {"X509_V_OK", "X509_V_ERR_"}))
        expected.row(name, code);
    expected.done(75);
}

/// SSL3_AD_CLOSE_NOTIFY → close_notify
std::string alert_of(std::string name) {
    name.erase(0, name.find("_AD_") + 4);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return name == "user_cancelled" ? "user_canceled" : name;  // RFC 8446 spells it so
}

void every_alert_has_a_row(void**) {
    Expected expected{"tls-alert"};
    for (const std::string header : {OPENSSL_HEADERS "ssl3.h", OPENSSL_HEADERS "tls1.h"})
        for (const auto& [name, code] : codes_of_header(header, {"SSL3_AD_", "TLS1_AD_", "TLS13_"}))
            if (name.find("_AD_") != std::string::npos) expected.row(alert_of(name), code);
    expected.done(30);
}

void alerts_are_named_as_the_wire_parser_names_them(void**) {
    int named = 0;
    for (int code = 0; code < 256; ++code) {
        const std::string name(preflight::wire::alert_name(code));
        if (name.empty()) continue;
        ++named;
        assert_string_equal(column("tls-alert", code, "name").c_str(), name.c_str());
    }
    assert_true(named >= 30);
}

void negotiation_failures_are_named_as_the_wire_parser_names_them(void**) {
    int named = 0;
    for (std::uint32_t code = 0; code < 256; ++code) {
        const std::string name(preflight::wire::failure_name(code));
        if (name.empty()) continue;
        ++named;
        assert_string_equal(column("neg-failure", code, "name").c_str(), name.c_str());
        assert_false(column("neg-failure", code, "text").empty());
    }
    assert_true(named >= 6);
}

void every_protocol_has_a_row(void**) {
    const auto names = preflight::wire::protocol_names(0x1f);
    assert_true(names.size() >= 5);
    for (const auto& name : names) assert_false(catalogue().code("protocol", name, "text").empty());
    assert_false(catalogue().code("protocol", "RDP", "text").empty());
}

/// Words that frighten or blame, and that nobody can act on.
void texts_are_plain(void**) {
    static const std::regex blame("fatal|illegal|invalid|\\bbad\\b|abort|violat|\\byour\\b",
                                  std::regex::icase);
    const auto check = [](const std::string& table, std::int64_t code) {
        const std::string text = column(table, code, "text");
        if (text.empty()) return;
        if (!std::regex_search(text, blame) && text.back() == '.' && text.size() <= 130) return;
        std::fprintf(stderr, "%s.toml [%lld]: %s\n", table.c_str(), static_cast<long long>(code),
                     text.c_str());
        _fail(__FILE__, __LINE__);
    };
    for (std::int64_t code = 0; code < 256; ++code)
        for (const char* table : {"x509", "tls-alert", "neg-failure"}) check(table, code);
    for (std::int64_t code = 0; code < 0x1200; ++code) check("errinfo", code);
    for (std::int64_t code = 0x00020000; code < 0x00020100; ++code) check("freerdp", code);
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(every_connect_error_has_a_row),
        cmocka_unit_test(every_connect_error_has_an_exit_code),
        cmocka_unit_test(every_error_info_has_a_row),
        cmocka_unit_test(every_verify_result_has_a_row),
        cmocka_unit_test(every_alert_has_a_row),
        cmocka_unit_test(alerts_are_named_as_the_wire_parser_names_them),
        cmocka_unit_test(negotiation_failures_are_named_as_the_wire_parser_names_them),
        cmocka_unit_test(every_protocol_has_a_row),
        cmocka_unit_test(texts_are_plain),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
