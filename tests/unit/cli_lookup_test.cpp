// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors

// From what somebody types to what it means.
#include "cli/lookup.hpp"

#include <cstring>

#include "cli/suggest.hpp"
#include "cmocka.hpp"
#include "diagnose/catalogue.hpp"

namespace {

using namespace preflight;
using namespace preflight::cli;

const Model& model() {
    static const Catalogue catalogue = Catalogue::builtin();
    return catalogue.model();
}

/// "freerdp 0x00020008; id tls-failed"; the codes of one answer have a plus between them.
std::string in_short(const std::vector<Answer>& answers) {
    std::string text;
    for (const auto& answer : answers) {
        text += text.empty() ? "" : "; ";
        if (answer.entry) text += "id " + answer.entry->id;
        for (const auto& found : answer.codes)
            text += (&found == &answer.codes.front() ? "" : " + ") +
                    std::string(found.table->name) + " " + found.number();
        if (!answer.known()) text += "unknown " + answer.asked;
    }
    return text;
}

struct Case {
    std::vector<std::string> words;
    const char* expected;
    const char* only = "";
};

const Case cases[] = {
    {{"0x0002000D"}, "freerdp 0x0002000D"},
    {{"[0x0002000D],"}, "freerdp 0x0002000D"},
    {{"0x2000d"}, "freerdp 0x0002000D"},
    {{"131085"}, "freerdp 0x0002000D"},
    {{"0002000D"}, "freerdp 0x0002000D"},
    {{"ERRCONNECT_TLS_CONNECT_FAILED"}, "freerdp 0x00020008"},
    {{"errconnect_tls_connect_failed"}, "freerdp 0x00020008"},
    {{"ERRCONNECT_TLS_CONNECT_FAILED [0x00020008]"}, "freerdp 0x00020008"},
    {{"FREERDP_ERROR_CONNECT_LOGON_FAILURE"}, "freerdp 0x00020014"},
    {{"FREERDP_ERROR_DNS_NAME_NOT_FOUND"}, "freerdp 0x00020005"},
    {{"STATUS_ACCOUNT_LOCKED_OUT"}, "ntstatus 0xC0000234"},
    {{"0xC0000234"}, "ntstatus 0xC0000234"},
    {{"C0000234"}, "ntstatus 0xC0000234"},
    {{"3221226036"}, "ntstatus 0xC0000234"},
    {{"-1073741260"}, "ntstatus 0xC0000234"},
    {{"0xD0000234"}, "ntstatus 0xC0000234"},
    {{"0x8007052E"}, "rdstls 0x0000052E"},
    {{"0x00010007"}, "errinfo 0x00000007"},
    {{"0x904", "0x7"}, "mstsc 0x904 + mstsc-extended 0x7"},
    {{"0x904 0x7"}, "mstsc 0x904 + mstsc-extended 0x7"},
    {{"0x904/0x7"}, "mstsc 0x904 + mstsc-extended 0x7"},
    {{"Error code: 0x904", "Extended error code: 0x7"}, "mstsc 0x904 + mstsc-extended 0x7"},
    {{"2308"}, "mstsc 0x904"},
    {{"TLS", "alert", "70"}, "tls-alert 70"},
    {{"SSL alert number 40"}, "tls-alert 40"},
    {{"protocol_version"}, "tls-alert 70"},
    {{"protocol version"}, "tls-alert 70"},
    {{"SSL_AD_PROTOCOL_VERSION"}, "tls-alert 70"},
    {{"SSL_R_TLSV1_ALERT_PROTOCOL_VERSION"}, "tls-alert 70"},
    {{"exit code 131"}, "xfreerdp-exit 131"},
    {{"131"}, "xfreerdp-exit 131", "xfreerdp-exit"},
    {{"X509_V_ERR_CERT_HAS_EXPIRED"}, "x509 10"},
    {{"verify error 10"}, "x509 10"},
    {{"E_PROXY_RAP_ACCESSDENIED"}, "gateway 0x800759DA"},
    {{"0x800759DA"}, "gateway 0x800759DA"},
    {{"HTTP status 503"}, "http-gateway 503"},
    {{"HYBRID_REQUIRED_BY_SERVER"}, "neg-failure 5"},
    {{"-1765328360"}, "krb5 -1765328360"},
    {{"ee key too small"}, "tls-reason ee key too small"},
    {{"access_denied"}, "tls-alert 49"},
    {{"access-denied"}, "id access-denied"},
    {{"no-shared-tls-version"}, "id no-shared-tls-version"},
    {{"NO_SHARED_TLS_VERSION"}, "id no-shared-tls-version"},
    {{"no-shared-tls-version", "0xC000006D"}, "id no-shared-tls-version; ntstatus 0xC000006D"},
    {{"0xDEADBEEF"}, "unknown 0xDEADBEEF"},
    {{"99999999999999999999999999"}, "unknown 99999999999999999999999999"},
    {{"0x"}, "unknown 0x"},
    {{"-"}, "unknown -"},
    {{"..."}, ""},
};

void each_spelling_finds_its_code(void**) {
    for (const auto& [words, expected, only] : cases)
        assert_string_equal(in_short(look_up(model(), words, only)).c_str(), expected);
}

/// 7 alone: an alert, an exit code, a licence error; nobody can know which was meant.
void a_number_in_several_tables_keeps_all(void**) {
    const auto answers = look_up(model(), {"7"});
    assert_int_equal(answers.size(), 1);
    std::string tables;
    for (const auto& found : answers.front().codes) tables += std::string(found.table->name) + " ";
    for (const char* table : {"xfreerdp-exit", "mstsc-extended", "errinfo", "neg-failure", "krb5"})
        assert_non_null(strstr(tables.c_str(), table));
    assert_false(answers.front().pair);
}

/// Nobody writes a TLS alert in hexadecimal.
void hexadecimal_leaves_decimal_tables_out(void**) {
    for (const auto& answer : look_up(model(), {"0x7"}))
        for (const auto& found : answer.codes)
            assert_true(found.table->name != "tls-alert" && found.table->name != "x509");
}

/// Every row of every table is found by its name, and by its number.
void every_row_is_found(void**) {
    std::size_t rows = 0;
    for (const auto& table : tables()) {
        const auto found = model().codes.find(table.name);
        assert_true(found != model().codes.end());
        for (const auto& [key, row] : found->second) {
            ++rows;
            const auto all = look_up(model(), {key}, table.name);
            assert_int_equal(all.size(), 1);
            assert_true(all.front().known());
            assert_false(find_name(model(), row.columns.find("name")->second, table.name).empty());
        }
    }
    assert_true(rows > 1000);
}

void causes_come_from_rows_and_from_rules(void**) {
    const auto alert = find_number(model(), *read_number("70"), "tls-alert");
    assert_int_equal(alert.size(), 1);
    std::string ids;
    for (const auto* cause : causes_of(model(), alert.front())) ids += cause->id + " ";
    assert_non_null(strstr(ids.c_str(), "no-shared-tls-version"));
}

void near_misses_are_offered(void**) {
#if PREFLIGHT_FSTRCMP
    const auto best = [](const char* word) {
        const auto near = near_misses(model(), word);
        return near.empty() ? std::string() : near.front();
    };
    assert_string_equal(best("no-shard-tls-verson").c_str(), "no-shared-tls-version");
    assert_string_equal(best("STATUS_ACOUNT_LOCKED").c_str(), "STATUS_ACCOUNT_LOCKED_OUT");
    assert_true(near_misses(model(), "qqqqqqqq").empty());
    assert_true(near_misses(model(), std::string(100000, 'a')).empty());
#endif
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(each_spelling_finds_its_code),
        cmocka_unit_test(a_number_in_several_tables_keeps_all),
        cmocka_unit_test(hexadecimal_leaves_decimal_tables_out),
        cmocka_unit_test(every_row_is_found),
        cmocka_unit_test(causes_come_from_rows_and_from_rules),
        cmocka_unit_test(near_misses_are_offered),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
