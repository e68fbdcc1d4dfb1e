// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <toml++/toml.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <regex>
#include <set>
#include <string>

#include "cmocka.hpp"
#include "code_headers.hpp"

using preflight::test::codes_of_header;

namespace {

using Codes = std::map<std::string, std::int64_t>;

/// Ends the test with a sentence.
void fail_with(const std::string& sentence) {
    std::fprintf(stderr, "%s\n", sentence.c_str());
    _fail(__FILE__, __LINE__);
}

toml::table table(const std::string& name) {
    auto result = toml::parse_file("catalog/codes/" + name + ".toml");
    if (!result) fail_with(name + ".toml: " + std::string(result.error().description()));
    return std::move(result).table();
}

std::string column(const toml::table& row, std::string_view name) {
    return row[name].value_or(std::string());
}

/// A key of a table as a number; keys that are no numbers are an error of the caller.
std::int64_t number(std::string_view key) { return std::stoll(std::string(key), nullptr, 0); }

/// Every code of the table by name, whether it stands as the key or among `also`.
std::map<std::int64_t, std::string> names_by_code(const toml::table& rows) {
    std::map<std::int64_t, std::string> names;
    for (const auto& [key, node] : rows) {
        const toml::table& row = *node.as_table();
        const std::string name = column(row, "name");
        if (key.str().rfind("E_", 0) != 0) names[number(key.str())] = name;
        if (const auto* also = row["also"].as_array())
            for (const auto& other : *also) names[number(*other.value<std::string>())] = name;
    }
    return names;
}

/// Reports what is missing, all of it at once, and fails if anything is.
void expect_rows(const std::string& name, const Codes& codes, std::size_t at_least) {
    const auto names = names_by_code(table(name));
    int missing = 0;
    for (const auto& [code, value] : codes) {
        if (names.count(value)) continue;
        std::fprintf(stderr, "%s.toml has no row for %s (%lld, 0x%08llX)\n", name.c_str(),
                     code.c_str(), static_cast<long long>(value),
                     static_cast<unsigned long long>(value) & 0xFFFFFFFF);
        ++missing;
    }
    assert_true(codes.size() >= at_least);
    assert_int_equal(missing, 0);
}

/// Reports rows whose name the header gives to another code.
void expect_names(const std::string& name, const Codes& codes) {
    int wrong = 0;
    for (const auto& [code, text] : names_by_code(table(name))) {
        const auto found = codes.find(text);
        if (found == codes.end() || found->second == code) continue;
        std::fprintf(stderr, "%s.toml: %s is %lld in the header\n", name.c_str(), text.c_str(),
                     static_cast<long long>(found->second));
        ++wrong;
    }
    assert_int_equal(wrong, 0);
}

/// Of the thousand values of NTSTATUS those that a sign-in can end with.
bool is_of_a_sign_in(const std::string& name) {
    static const std::regex families(
        "LOGON|LOGIN|PASSWORD|PWD|ACCOUNT|_NO_SUCH_USER|_USER_|DOMAIN|TRUST|SMARTCARD|KDC|PKINIT|"
        "KERB|NTLM|NETLOGON|BINDINGS|CREDENTIAL|CERT|REVOCATION|ISSUING_CA|PREAUTH|PA_DATA|TGT|"
        "REFER|PRINCIPAL|DELEGATION|S4U|USER2USER|CRYPTO|AUTHENTICAT|TIME_DIFFERENCE|WKSTA|"
        "WORKSTATION|_CTX_|RDP_|PRIVILEGE_|NO_SUCH_PRIVILEGE|IMPERSONAT|TOKEN|SESSION|LICENSE|"
        "_SID|NO_SUCH_PACKAGE|DS_GC|DIRECTORY_SERVICE|DOWNGRADE|SERVER_DISABLED|SERVER_NOT|"
        "SERVER_STATE|COMPUTER_NAME|ACCESS_DENIED|SHUTDOWN");
    // Administration of accounts and domains, clusters, files: no sign-in ends with these.
    static const std::regex others(
        "CLUSTER|QUOTA_EXCEEDED|DS_GLOBAL|DS_UNIVERSAL|DS_LOCAL|DS_NO_NEST|CSS_|NOT_SERVER_SESSION|"
        "NOT_CLIENT_SESSION|CSRSS|INVALID_USER_BUFFER|USER_MAPPED_FILE|NO_USER_KEYS|BOOTKEY|"
        "IO_PRIVILEGE_FAILED|MACHINE_ACCOUNT_QUOTA|SPECIAL_GROUP|USER_DELETE");
    return std::regex_search(name, families) && !std::regex_search(name, others);
}

void every_ntstatus_of_a_sign_in_has_a_row(void**) {
    Codes codes = codes_of_header(HEADER_NTSTATUS, {"STATUS_"});
    expect_names("ntstatus", codes);
    for (auto code = codes.begin(); code != codes.end();) {
        const bool failure = (code->second >> 30) == 3;
        code = failure && is_of_a_sign_in(code->first) ? std::next(code) : codes.erase(code);
    }
    expect_rows("ntstatus", codes, 120);
}

void every_sspi_status_has_a_row(void**) {
    const Codes codes = codes_of_header(HEADER_SSPI, {"SEC_E_", "SEC_I_"});
    expect_rows("sspi", codes, 80);
    expect_names("sspi", codes);
}

void every_logon_error_has_a_row(void**) {
    const Codes types = codes_of_header(HEADER_LOGON, {"LOGON_MSG_"});
    expect_rows("logon-error", types, 6);
    expect_names("logon-error", types);
    const Codes data = codes_of_header(HEADER_LOGON, {"LOGON_FAILED_", "LOGON_WARNING"});
    expect_rows("logon-error-data", data, 4);
    expect_names("logon-error-data", data);
}

void every_reason_of_a_disconnect_ultimatum_has_a_row(void**) {
    expect_rows("mcs-reason", codes_of_header(HEADER_FREERDP, {"Disconnect_Ultimatum_"}), 5);
}

void every_http_status_of_a_failure_has_a_row(void**) {
    if (std::string(HEADER_HTTP).empty()) _skip(__FILE__, __LINE__);
    Codes codes = codes_of_header(HEADER_HTTP, {"HTTP_STATUS_"});
    for (auto code = codes.begin(); code != codes.end();)
        code = code->second < 400 ? codes.erase(code) : std::next(code);
    expect_rows("http-gateway", codes, 20);
}

void every_kerberos_error_has_a_row(void**) {
    if (std::string(HEADER_KRB5).empty()) _skip(__FILE__, __LINE__);
    constexpr std::int64_t base = -1765328384;
    Codes codes = codes_of_header(HEADER_KRB5, {"KRB5"});
    for (auto code = codes.begin(); code != codes.end();) {
        const bool named = code->first.rfind("KRB5PLACEHOLD", 0) != 0 &&
                           code->first != "KRB5_ERR_RCSID" && code->second >= base &&
                           code->second < base + 256;
        code = named ? std::next(code) : codes.erase(code);
    }
    expect_rows("krb5", codes, 190);
    for (const auto& [code, name] : names_by_code(table("krb5")))
        if (code < 0) assert_int_equal(codes[name], code);
}

void a_kerberos_error_is_found_under_both_numbers(void**) {
    const auto names = names_by_code(table("krb5"));
    assert_string_equal(names.at(7).c_str(), "KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN");
    assert_string_equal(names.at(-1765328377).c_str(), "KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN");
    for (const auto& [code, name] : names)
        if (code >= 0) assert_string_equal(names.at(code - 1765328384).c_str(), name.c_str());
}

std::vector<std::string> tables() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator("catalog/codes"))
        if (entry.path().extension() == ".toml") names.push_back(entry.path().stem());
    return names;
}

/// Licence errors, [MS-RDPBCGR] 2.2.1.12.1.3; FreeRDP 2 has them in a header.
void every_licence_error_has_a_row(void**) {
    if (std::string(HEADER_LICENSE).empty()) _skip(__FILE__, __LINE__);
    const Codes codes = codes_of_header(HEADER_LICENSE, {"ERR_", "STATUS_VALID_CLIENT"});
    if (codes.empty()) _skip(__FILE__, __LINE__);  // FreeRDP 3 keeps them in a header of its own
    expect_rows("license", codes, 8);
    expect_rows("license-state", codes_of_header(HEADER_LICENSE, {"ST_"}), 4);
}

/// No installed header lists these; the documents do, and people read them in logs and dialogs.
constexpr struct {
    const char* table;
    std::vector<std::int64_t> (*codes)();
} listed[] = {
    // [MS-TSGU] 2.2.6
    {"gateway",
     [] {
         return std::vector<std::int64_t>{
             0x800759D8, 0x800759DA, 0x800759DB, 0x800759DD, 0x800759DF, 0x800759E9,
             0x800759ED, 0x800759EE, 0x800759F7, 0x800759F8, 0x800759F9, 0x59D8,
             0x59DD,     0x59E6,     0x59E8,     0x59EE,     0x59F6,     0x59FA,
             0x59FB,     0x59FC,     0x59FD,     0x5A00,     0x4D4,      0x5};
     }},
    // IMsTscAxEvents::OnDisconnected, and what its dialog shows beside
    {"mstsc",
     [] {
         return std::vector<std::int64_t>{
             0x0,    0x1,    0x2,    0x3,       0x104,    0x106,  0x108,  0x204,  0x206,  0x208,
             0x304,  0x306,  0x308,  0x404,     0x406,    0x408,  0x506,  0x508,  0x604,  0x606,
             0x608,  0x704,  0x706,  0x804,     0x807,    0x808,  0x904,  0x906,  0x908,  0xA06,
             0xA07,  0xB06,  0xB07,  0xC06,     0xC07,    0xC08,  0xD07,  0xE07,  0xF07,  0x1207,
             0x1607, 0x1707, 0x1807, 0x1B07,    0x1C07,   0x2107, 0x2207, 0x4,    0x708,  0x907,
             0xB09,  0xD09,  0xE09,  0xF08,     0x609,    0x800,  0x1104, 0x1007, 0x1107, 0x1307,
             0x1407, 0x1D07, 0xE06,  0x300001B, 0x300001C};
     }},
    // ExtendedDisconnectReasonCode
    {"mstsc-extended",
     [] {
         return std::vector<std::int64_t>{0,   1,   2,   3,   4,   5,   6,   7,   8,
                                          9,   10,  11,  12,  256, 257, 258, 259, 260,
                                          261, 262, 263, 264, 265, 266, 267};
     }},
    // xfreerdp, client/X11: what it ends with
    {"xfreerdp-exit",
     [] {
         std::vector<std::int64_t> codes;
         const auto add = [&](std::int64_t first, std::int64_t last) {
             for (; first <= last; ++first) codes.push_back(first);
         };
         add(0, 12);
         add(16, 26);
         add(128, 160);
         codes.insert(codes.end(), {32, 255});
         return codes;
     }},
};

void every_listed_code_has_a_row(void**) {
    int missing = 0;
    for (const auto& [name, codes] : listed) {
        const auto names = names_by_code(table(name));
        for (const std::int64_t code : codes()) {
            if (names.count(code)) continue;
            std::fprintf(stderr, "%s.toml has no row for 0x%llX\n", name,
                         static_cast<unsigned long long>(code));
            ++missing;
        }
    }
    assert_int_equal(missing, 0);
}

/// Where a row names a code of another table, that table has it.
void codes_in_columns_exist(void**) {
    const auto freerdp = names_by_code(table("freerdp"));
    const auto errinfo = names_by_code(table("errinfo"));
    const auto mstsc = names_by_code(table("mstsc"));
    for (const auto& name : tables()) {
        const toml::table rows = table(name);
        for (const auto& [key, node] : rows) {
            const toml::table& row = *node.as_table();
            const auto expect = [&](const std::string& code, const auto& in) {
                if (!code.empty() && !in.count(number(code)))
                    fail_with(name + ".toml: " + code + " stands in no table");
            };
            expect(column(row, "freerdp"), freerdp);
            expect(column(row, "errinfo"), errinfo);
            if (const auto* codes = row["mstsc"].as_array())
                for (const auto& code : *codes) expect(*code.value<std::string>(), mstsc);
        }
    }
}

/// A table that says more about a code: numbered points, and claims that are judged with a source.
void check_more(const std::string& name) {
    static const std::regex verdicts("true|indirect|false|unproven");
    const toml::table rows = table(name);
    std::size_t points = 0;
    std::size_t claims = 0;
    for (const auto& [key, node] : rows) {
        const toml::table& row = *node.as_table();
        const std::string id(key.str());
        const bool claim = id.rfind("claim-", 0) == 0;
        ++(claim ? claims : points);
        if (column(row, "name").empty() || column(row, "text").empty())
            fail_with(name + ".toml [" + id + "] lacks a name or a text");
        if (claim && !std::regex_match(column(row, "verdict"), verdicts))
            fail_with(name + ".toml [" + id + "]: verdict '" + column(row, "verdict") + "'");
        if (claim && column(row, "source").rfind("https://", 0) != 0)
            fail_with(name + ".toml [" + id + "] has no source");
    }
    for (std::size_t point = 1; point <= points; ++point)
        if (!rows.contains("at-" + std::to_string(point)))
            fail_with(name + ".toml: rows are at-1, at-2, ... and claim-...");
    assert_true(points >= 2);
    assert_true(claims >= 2);
}

/// 0x904 and the 7 beside it say only that the socket was closed; what is really known has a table.
void a_code_that_says_little_has_more(void**) {
    assert_string_equal(column(*table("mstsc")["0x904"].as_table(), "more").c_str(), "mstsc-0x904");
    assert_string_equal(column(*table("mstsc-extended")["7"].as_table(), "more").c_str(),
                        "mstsc-0x904");
    for (const auto& name : tables())
        for (const auto& [key, node] : table(name))
            if (const auto more = column(*node.as_table(), "more"); !more.empty()) check_more(more);
    int points = 0;
    for (const auto& [key, node] : table("mstsc-0x904")) points += key.str().rfind("at-", 0) == 0;
    assert_int_equal(points, 7);
}

/// Each explanation of which 0x904 is the outside belongs to one of the points where it arises.
void each_socket_closed_has_its_point(void**) {
    std::set<std::string> explained;
    for (const auto& [key, node] : table("mstsc-0x904"))
        if (const auto* ids = (*node.as_table())["leads-to"].as_array())
            for (const auto& id : *ids) explained.insert(*id.value<std::string>());
    int seen = 0;
    for (const auto& file : std::filesystem::directory_iterator("catalog")) {
        if (file.path().extension() != ".toml") continue;
        auto parsed = toml::parse_file(file.path().string());
        if (!parsed) fail_with(file.path().string());
        const toml::table entries = std::move(parsed).table();
        for (const auto& [id, entry] : entries) {
            const auto* codes = (*entry.as_table())["mstsc"].as_array();
            if (!codes) continue;
            const bool closed = std::any_of(codes->begin(), codes->end(), [](const auto& code) {
                return code.template value<std::string>() == "0x904";
            });
            seen += closed;
            if (closed && !explained.count(std::string(id.str())))
                fail_with("mstsc-0x904.toml leads nowhere to " + std::string(id.str()));
        }
    }
    assert_true(seen >= 10);
}

/// Words that frighten or blame, and that a person cannot act on.
void texts_are_plain(void**) {
    static const std::regex blame("fatal|illegal|invalid|bad |abort|violat|your ",
                                  std::regex::icase);
    for (const std::string name :
         {"ntstatus", "sspi", "krb5", "license", "license-state", "gateway", "logon-error",
          "logon-error-data", "rdstls", "mcs-result", "mcs-reason", "http-gateway", "mstsc",
          "mstsc-extended", "mstsc-0x904", "xfreerdp-exit"}) {
        const toml::table rows = table(name);
        for (const auto& [key, node] : rows) {
            const std::string text = column(*node.as_table(), "text");
            if (std::regex_search(text, blame) || text.back() != '.' || text.size() > 200)
                fail_with(name + ".toml [" + std::string(key.str()) + "]: " + text);
        }
    }
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(every_ntstatus_of_a_sign_in_has_a_row),
        cmocka_unit_test(every_sspi_status_has_a_row),
        cmocka_unit_test(every_logon_error_has_a_row),
        cmocka_unit_test(every_reason_of_a_disconnect_ultimatum_has_a_row),
        cmocka_unit_test(every_http_status_of_a_failure_has_a_row),
        cmocka_unit_test(every_kerberos_error_has_a_row),
        cmocka_unit_test(every_licence_error_has_a_row),
        cmocka_unit_test(every_listed_code_has_a_row),
        cmocka_unit_test(a_kerberos_error_is_found_under_both_numbers),
        cmocka_unit_test(codes_in_columns_exist),
        cmocka_unit_test(a_code_that_says_little_has_more),
        cmocka_unit_test(each_socket_closed_has_its_point),
        cmocka_unit_test(texts_are_plain),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
