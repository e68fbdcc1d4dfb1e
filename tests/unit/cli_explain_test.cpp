// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors

// What rdp-preflight explain prints: snapshots of a good number of answers, and every id and code.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "cli/tables.hpp"
#include "cli_run.hpp"
#include "cmocka.hpp"
#include "diagnose/catalogue.hpp"
#include "golden.hpp"
#include "report/page.hpp"

namespace {

using namespace preflight;
using namespace preflight::test;
using Json = nlohmann::json;

struct Snapshot {
    const char* name;
    std::vector<std::string> arguments;
    const char* log = nullptr;  ///< in tests/data/logs, given as standard input
};

const Snapshot snapshots[] = {
    {"0x904-0x7", {"0x904", "0x7"}},
    {"0x904", {"0x904"}},
    {"0x204", {"0x204"}},
    {"7", {"7"}},
    {"tls-connect-failed", {"ERRCONNECT_TLS_CONNECT_FAILED"}},
    {"transport-failed", {"0x0002000D"}},
    {"connect-failed", {"ERRCONNECT_CONNECT_FAILED"}},
    {"nego-failed", {"ERRCONNECT_SECURITY_NEGO_CONNECT_FAILED"}},
    {"cancelled", {"0x0002000B"}},
    {"certainly-expired", {"ERRCONNECT_PASSWORD_CERTAINLY_EXPIRED"}},
    {"account-locked-out", {"STATUS_ACCOUNT_LOCKED_OUT"}},
    {"logon-failure", {"0xC000006D"}},
    {"exit-131", {"--exit-code", "131"}},
    {"exit-147", {"--exit-code", "147"}},
    {"alert-70", {"TLS alert 70"}},
    {"alert-49", {"access_denied"}},
    {"x509-18", {"--table", "x509", "18"}},
    {"hybrid-required", {"HYBRID_REQUIRED_BY_SERVER"}},
    {"license-6", {"--table", "license", "6"}},
    {"gateway-rap", {"E_PROXY_RAP_ACCESSDENIED"}},
    {"krb5-preauth", {"-1765328360"}},
    {"id-no-shared-tls-version", {"no-shared-tls-version"}},
    {"id-no-shared-tls-version.v2", {"no-shared-tls-version", "--client", "xfreerdp:2.11.7"}},
    {"id-no-shared-tls-version.remmina", {"no-shared-tls-version", "--client", "remmina:3.15"}},
    {"id-cert-untrusted", {"cert-untrusted"}},
    {"id-tcp-refused", {"tcp-refused"}},
    {"id-nla-required-client-off", {"nla-required-client-off"}},
    {"id-proxy-env-hijack", {"proxy-env-hijack"}},
    {"two-codes", {"0xC000006E", "0xC0000071"}},
    {"bio-read", {"BIO_read returned a system error 0: Success"}},
    {"openssl-line", {"error:0A00042E:SSL routines::tlsv1 alert protocol version"}},
    {"unknown", {"0xDEADBEEF"}},
    {"log-v2-tls10", {"-"}, "v2-tls10"},
    {"log-v3-tls10", {"-"}, "v3-tls10"},
    {"log-v2-reset-request", {"-"}, "v2-reset-request"},
    {"log-v3-selfsigned", {"-"}, "v3-selfsigned"},
    {"log-v2-nla-locked", {"-"}, "v2-nla-locked"},
    {"log-v3-nla-internal", {"-"}, "v3-nla-internal"},
    {"log-v3-syntax", {"-"}, "v3-syntax"},
};

Run explain(std::vector<std::string> arguments, const std::string& input = {}) {
    arguments.insert(arguments.begin(), "explain");
    return run_cli(arguments, input);
}

void answers_look_as_they_did(void**) {
    bool same = true;
    for (const auto& [name, arguments, log] : snapshots) {
        const std::string input =
            log ? read_file(std::string("tests/data/logs/") + log + ".log") : std::string();
        const Run run = explain(arguments, input);
        assert_string_equal(run.err.c_str(), "");
        same &= same_as_file(std::string("tests/snapshots/explain/") + name + ".txt", run.out);
    }
    assert_true(same);
}

/// Commands and addresses stay whole; everything else keeps to the width.
bool may_be_long(const std::string& line) {
    static const std::regex whole("^ {11}\\S.*|^  (Read)? +https?://\\S+");
    return std::regex_match(line, whole);
}

void check_page(const std::string& what, const std::string& page) {
    static const std::regex brace("\\{[a-z][^}]*\\}");
    for (const auto& line : lines_of(page)) {
        if (std::regex_search(line, brace) && line.find("reg ") == line.npos)
            fail_with(what + " has a brace left: " + line);
        if (display_width(line) > 80 && !may_be_long(line)) fail_with(what + " is wide: " + line);
        if (line.find("(not known)") != line.npos || line.find("  ") == line.size() - 2)
            fail_with(what + ": " + line);
    }
}

void every_id_is_explained(void**) {
    const auto ids = Catalogue::builtin().ids();
    assert_true(ids.size() > 100);
    for (const auto& id : ids) {
        const Run run = explain({id});
        assert_int_equal(run.exit_code, 0);
        assert_int_equal(run.out.rfind(id + ":", 0), 0);
        check_page(id, run.out);
        const auto json = Json::parse(explain({id, "--format", "json"}).out);
        const auto& lesson = json["answers"][0]["explanations"][0];
        assert_string_equal(lesson["id"].get<std::string>().c_str(), id.c_str());
        assert_false(lesson["title"].get<std::string>().empty());
    }
}

void every_id_is_explained_for_each_client(void**) {
    for (const auto& id : Catalogue::builtin().ids())
        for (const char* client : {"xfreerdp:2.11.7", "xfreerdp3:3.15.0", "remmina:3.15.0"})
            check_page(id, explain({id, "--client", client}).out);
}

void every_code_is_explained(void**) {
    std::size_t count = 0;
    const Catalogue catalogue = Catalogue::builtin();
    for (const auto& table : cli::tables()) {
        for (const auto& [key, row] : catalogue.model().codes.find(table.name)->second) {
            const Run run = explain({"--table", std::string(table.name), "--", key});
            assert_int_equal(run.exit_code, 0);
            check_page(std::string(table.name) + " " + key, run.out);
            ++count;
        }
    }
    assert_true(count > 1000);
}

void list_has_every_id(void**) {
    const auto ids = Catalogue::builtin().ids();
    const auto lines = lines_of(explain({"--list"}).out);
    assert_true(lines == ids);
    const auto json = Json::parse(explain({"--list", "--format", "json"}).out);
    assert_int_equal(json["explanations"].size(), ids.size());
}

void exit_codes_tell_the_outcome(void**) {
    assert_int_equal(explain({"0xC000006D"}).exit_code, 0);
    assert_int_equal(explain({"0xDEADBEEF"}).exit_code, 4);
    assert_int_equal(explain({"-"}, "nothing of interest\n").exit_code, 4);
    assert_int_equal(explain({"-"}, "ERRCONNECT_LOGON_FAILURE [0x00020014]\n").exit_code, 0);
    assert_int_equal(explain({}).exit_code, 3);
    assert_int_equal(explain({"--table", "nonsense", "7"}).exit_code, 3);
    assert_int_equal(explain({"--exit-code", "--table", "x509", "7"}).exit_code, 3);
}

void ascii_and_width_are_obeyed(void**) {
    const Run run = explain({"0x904", "0x7", "--ascii", "--width", "60"});
    for (const auto& line : lines_of(run.out)) {
        for (const char c : line) assert_true(static_cast<unsigned char>(c) < 0x80);
        if (!may_be_long(line)) assert_true(line.size() <= 60);
    }
}

/// What is asked about is printed back: never as it is.
void hostile_words_are_made_printable(void**) {
    const Run run = explain({"\x1b[31mred\x07\xff"});
    assert_int_equal(run.exit_code, 4);
    for (const char c : run.out) assert_true(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
    assert_true(Json::accept(explain({"\x1b[31mred\xff", "--format", "json"}).out));
}

void colour_is_an_extra(void**) {
    const Run plain = explain({"tcp-refused"});
    const Run coloured = explain({"tcp-refused", "--color", "always"});
    static const std::regex escapes("\x1b\\[[0-9;]*m");
    assert_true(coloured.out != plain.out);
    assert_true(std::regex_replace(coloured.out, escapes, "") == plain.out);
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(answers_look_as_they_did),
        cmocka_unit_test(every_id_is_explained),
        cmocka_unit_test(every_id_is_explained_for_each_client),
        cmocka_unit_test(every_code_is_explained),
        cmocka_unit_test(list_has_every_id),
        cmocka_unit_test(exit_codes_tell_the_outcome),
        cmocka_unit_test(ascii_and_width_are_obeyed),
        cmocka_unit_test(hostile_words_are_made_printable),
        cmocka_unit_test(colour_is_an_extra),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
