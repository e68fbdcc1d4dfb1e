// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors

// What logs say: those of real clients in tests/data/logs, and others that nobody would write.
#include "cli/log.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "cli/log_text.hpp"
#include "cmocka.hpp"
#include "diagnose/catalogue.hpp"
#include "golden.hpp"

namespace {

using namespace preflight;
using namespace preflight::cli;
using namespace preflight::test;

const Model& model() {
    static const Catalogue catalogue = Catalogue::builtin();
    return catalogue.model();
}

LogReading read(const std::string& text) {
    std::istringstream in(text);
    return read_log(in, model());
}

struct Case {
    const char* log;     ///< tests/data/logs/LOG.log
    Weight weight;       ///< of the most telling line
    const char* causes;  ///< all that are left; "…" at the end: and others
};

const Case cases[] = {
    // FreeRDP 2 keeps the reason of a TLS failure to itself; FreeRDP 3 prints OpenSSL's.
    {"v2-tls10", Weight::symptom, "no-shared-tls-version no-shared-cipher …"},
    {"v3-tls10", Weight::cause, "no-shared-tls-version"},
    {"v2-not-tls", Weight::symptom, "no-shared-tls-version …"},
    {"v3-not-tls", Weight::hint, "not-tls not-rdp-on-port"},
    {"v2-nla-locked", Weight::cause, "account-locked"},
    {"v3-nla-locked", Weight::cause, "account-locked"},
    {"v2-nla-nosuchuser", Weight::cause, "no-such-user"},
    {"v3-nla-nosuchuser", Weight::cause, "no-such-user"},
    {"v2-nla-internal", Weight::hint, "password-certainly-expired-guess"},
    {"v3-nla-internal", Weight::hint, "password-certainly-expired-guess"},
    {"v2-selfsigned", Weight::cause, "cert-untrusted-noninteractive"},
    {"v3-selfsigned", Weight::cause, "cert-untrusted-noninteractive"},
    {"v2-no-certificate", Weight::cause, "server-has-no-certificate"},
    {"v3-no-certificate", Weight::cause, "server-has-no-certificate"},
    {"v2-nla-required", Weight::hint, "nla-required-client-off …"},
    {"v3-nla-required", Weight::hint, "nla-required-client-off …"},
    {"v2-reset-request", Weight::symptom, "reset-after-x224-request …"},
    {"v3-reset-request", Weight::symptom, "reset-after-x224-request …"},
    {"v2-refused", Weight::symptom, "tcp-refused …"},
    {"v3-refused", Weight::symptom, "tcp-refused …"},
    {"v2-close-handshake", Weight::symptom, "…"},
    {"v3-close-handshake", Weight::symptom, "…"},
    {"v2-dns", Weight::symptom, "dns-name-not-found …"},
    {"v3-dns", Weight::symptom, "dns-name-not-found …"},
    {"v2-addin", Weight::cause, "addin-missing"},
    {"v3-addin", Weight::cause, "addin-missing"},
    {"v2-nodisplay", Weight::cause, "no-display"},
    {"v3-nodisplay", Weight::cause, "no-display"},
    {"v3-syntax", Weight::cause, "cli-syntax"},
    {"v2-errinfo7", Weight::cause, "server-denied-connection"},
    {"v2-license2", Weight::hint, "license-aborted …"},
    {"v2-logonerr", Weight::cause, "logon-denied-in-session"},
    {"v2-silentlic", Weight::symptom, "activation-timeout …"},
};

bool fits(const std::string& causes, std::string expected) {
    const std::string open = "…";
    const auto at = expected.find(open);
    if (at == expected.npos) return causes == expected;
    expected.erase(at);
    return causes.rfind(expected, 0) == 0;
}

void each_real_log_is_read(void**) {
    for (const auto& [log, weight, expected] : cases) {
        const auto reading = read(read_file(std::string("tests/data/logs/") + log + ".log"));
        if (reading.findings.empty()) fail_with(std::string(log) + ": nothing found");
        std::string causes;
        for (const auto* cause : causes_in(reading, model()))
            causes += (causes.empty() ? "" : " ") + cause->id;
        if (reading.findings.front().weight != weight || !fits(causes, expected))
            fail_with(std::string(log) + ": weight " +
                      std::to_string(static_cast<int>(reading.findings.front().weight)) + ", " +
                      causes);
        assert_int_equal(reading.major, log[1] - '0');
    }
}

void every_log_in_the_tree_has_a_case(void**) {
    for (const auto& path : files_in("tests/data/logs", ".log")) {
        const auto has = [&](const Case& each) { return stem(path) == each.log; };
        if (std::none_of(std::begin(cases), std::end(cases), has)) fail_with(path);
    }
}

/// Every transport failure is printed twice: FreeRDP tries again by itself.
void the_second_try_is_noticed(void**) {
    assert_true(read(read_file("tests/data/logs/v2-reset-request.log")).twice);
    assert_false(read(read_file("tests/data/logs/v2-nla-locked.log")).twice);
}

/// Where the sign-in never began, Kerberos is the cause; where NTLM followed, it is not.
void kerberos_counts_where_nothing_followed(void**) {
    const std::string kerberos =
        "[18:23:37:889] [579:00000244] [ERROR][com.winpr.sspi.Kerberos] - "
        "[kerberos_AcquireCredentialsHandleA]: krb5glue_get_init_creds (Cannot contact any KDC for "
        "realm 'PREFLIGHT.TEST' [-1765328228])\n";
    assert_true(read(kerberos).findings.front().weight == Weight::symptom);
    const auto alone = read(kerberos +
                            "[18:23:37:890] [579:00000244] [ERROR][com.freerdp.core.nla] - "
                            "[nla_client_begin]: NLA begin failed\n");
    assert_true(alone.findings.front().weight == Weight::cause);
    assert_string_equal(causes_in(alone, model()).front()->id.c_str(), "kdc-not-found");
}

/// What Remmina prints and shows (plugins/rdp/rdp_plugin.c), and what Guacamole does.
void other_programs_are_understood(void**) {
    struct Line {
        const char* text;
        const char* first_cause;
    };
    const Line lines[] = {
        {"libfreerdp returned code is 0002000D", "reset-after-x224-request"},
        {"Could not connect to the RDP server \"h\" via TLS. Check that client and server support "
         "a "
         "common TLS version.",
         "no-shared-tls-version"},
        {"Unable to establish a connection to the RDP server. Check \"Security protocol "
         "negotiation\" \"h\".",
         "nla-required-client-off"},
        {"Could not find the address for the RDP server \"h\".", "dns-name-not-found"},
        {"Lost connection to the RDP server \"h\".", "tcp-refused"},
        {"Server refused connection (wrong security type?)", "reset-after-x224-request"},
    };
    for (const auto& [text, first_cause] : lines) {
        const auto causes = causes_in(read(text), model());
        if (causes.empty()) fail_with(text);
        assert_string_equal(causes.front()->id.c_str(), first_cause);
    }
}

/// What people copy out of Microsoft's dialog.
void a_dialog_of_microsofts_is_read(void**) {
    const auto reading = read(
        "This computer can't connect.\nError code: 0x904\n"
        "Extended error code: 0x7\n");
    assert_int_equal(reading.findings.size(), 2);
    for (const auto& finding : reading.findings)
        assert_true(finding.code.key == "2308" || finding.code.key == "7");
}

void our_own_report_goes_before_all(void**) {
    const auto reading =
        read(read_file("tests/data/logs/v3-tls10.log") +
             "preflight: can't connect to host.example.org: stopped at tls\n\n"
             "  More  weak-server-key-or-sha1 · ERRCONNECT_TLS_CONNECT_FAILED [0x00020008]\n");
    assert_true(reading.findings.front().weight == Weight::verdict);
    assert_string_equal(reading.findings.front().entry->id.c_str(), "weak-server-key-or-sha1");
}

void what_is_no_log_is_said_to_be_none(void**) {
    for (const char* text : {"", "\n\n", "hello\n", "[0x", "[-]", "SSL alert number",
                             "Certificate verification failure '", "returned code is", "More "})
        assert_true(read(text).findings.empty());
}

/// A pasted log may be anything: long, binary, without an end.
void any_text_is_taken(void**) {
    const std::string log = read_file("tests/data/logs/v3-selfsigned.log");
    for (std::size_t end = 0; end < log.size(); end += 37) read(log.substr(0, end));
    std::string all;
    for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
    read(all + all);
    const auto endless = read(std::string(5u << 20, 'A'));
    assert_true(endless.cut);
    assert_int_equal(endless.lines, 1);
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(each_real_log_is_read),
        cmocka_unit_test(every_log_in_the_tree_has_a_case),
        cmocka_unit_test(the_second_try_is_noticed),
        cmocka_unit_test(kerberos_counts_where_nothing_followed),
        cmocka_unit_test(other_programs_are_understood),
        cmocka_unit_test(a_dialog_of_microsofts_is_read),
        cmocka_unit_test(our_own_report_goes_before_all),
        cmocka_unit_test(what_is_no_log_is_said_to_be_none),
        cmocka_unit_test(any_text_is_taken),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
