// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <algorithm>
#include <sstream>

#include "cmocka.hpp"
#include "golden.hpp"
#include "report/heading.hpp"
#include "report/page.hpp"
#include "report/report.hpp"

using namespace preflight;
using preflight::test::fail_with;

namespace {

Facts sample_facts() {
    Facts facts;
    facts.outcome = "failed";
    facts.stage = "tls";
    facts.reached = {"dns", "tcp", "negotiation"};
    facts.target.host = "win-srv01";
    facts.target.port = 3389;
    facts.target.endpoint = "win-srv01";
    facts.tcp.address = "10.0.0.5";
    facts.tcp.port = 3389;
    facts.negotiation.selected = "HYBRID";
    facts.freerdp.code = 0x20008;
    facts.freerdp.code_hex = "0x00020008";
    facts.freerdp.name = "ERRCONNECT_TLS_CONNECT_FAILED";
    facts.tls.error.reason = "tlsv1 alert protocol version";
    return facts;
}

Diagnosis sample_diagnosis() {
    Diagnosis diagnosis;
    diagnosis.id = "no-shared-tls-version";
    diagnosis.stage = "tls";
    diagnosis.confidence = Confidence::certain;
    diagnosis.title = "win-srv01 only speaks TLS 1.0; this computer asks for at least TLS 1.2.";
    diagnosis.why = "The server answered the handshake with the alert protocol_version (70).";
    diagnosis.evidence = {"Offered here: TLS 1.2, TLS 1.3"};
    diagnosis.fixes = {{"server administrator",
                        "lasting",
                        "Enable TLS 1.2",
                        "cmd",
                        {R"(reg add "HKLM\SYSTEM\CurrentControlSet\Control)"
                         R"(\Long\Enough\To\Be\Wider\Than\Eighty" /f)"},
                        "https://example.com/tls"},
                       {"you",
                        "unsafe",
                        "Until then, allow TLS 1.0",
                        "sh",
                        {"xfreerdp /v:win-srv01 /tls-seclevel:0"},
                        ""}};
    diagnosis.mstsc = {"0x904"};
    diagnosis.sources = {"https://example.com/why"};
    return diagnosis;
}

std::string rendered(const TextStyle& style, const Facts& facts = sample_facts(),
                     const Diagnosis& cause = sample_diagnosis()) {
    return render_text({cause, {}}, facts, style);
}

void expect_text(const std::string& text, const std::string& expected) {
    if (text != expected) fail_with("expected:\n" + expected + "got:\n" + text);
}

void expect_part(const std::string& text, const std::string& part) {
    if (text.find(part) == std::string::npos) fail_with("no '" + part + "' in:\n" + text);
}

void at_80_columns(void**) {
    expect_text(rendered({}),
                "preflight: can't connect to win-srv01 (10.0.0.5:3389): stopped at tls\n"
                "\n"
                "  dns ✓  tcp ✓  negotiation ✓ NLA  tls ✗\n"
                "\n"
                "  win-srv01 only speaks TLS 1.0; this computer asks for at least TLS 1.2.\n"
                "\n"
                "  Why   The server answered the handshake with the alert protocol_version (70).\n"
                "        - Offered here: TLS 1.2, TLS 1.3\n"
                "  Fix   Server administrator (lasting): Enable TLS 1.2\n"
                "          reg add "
                "\"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Long\\Enough\\To\\Be\\Wider\\Than"
                "\\Eighty\" /f\n"
                "        You (unsafe): Until then, allow TLS 1.0\n"
                "          xfreerdp /v:win-srv01 /tls-seclevel:0\n"
                "  More  no-shared-tls-version · mstsc 0x904 · ERRCONNECT_TLS_CONNECT_FAILED\n"
                "        [0x00020008] · OpenSSL: tlsv1 alert protocol version\n");
}

void at_40_columns_in_ascii(void**) {
    expect_text(rendered({.width = 40, .unicode = false}),
                "preflight: can't connect to win-srv01\n"
                "\n"
                "  dns ok  tcp ok  negotiation ok NLA\n"
                "  tls FAILED\n"
                "\n"
                "  win-srv01 only speaks TLS 1.0; this\n"
                "  computer asks for at least TLS 1.2.\n"
                "\n"
                "  Why   The server answered the\n"
                "        handshake with the alert\n"
                "        protocol_version (70).\n"
                "        - Offered here: TLS 1.2, TLS 1.3\n"
                "  Fix   Server administrator (lasting):\n"
                "        Enable TLS 1.2\n"
                "          reg add "
                "\"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Long\\Enough\\To\\Be\\Wider\\Than"
                "\\Eighty\" /f\n"
                "        You (unsafe): Until then, allow\n"
                "        TLS 1.0\n"
                "          xfreerdp /v:win-srv01 /tls-seclevel:0\n"
                "  More  no-shared-tls-version -\n"
                "        mstsc 0x904 -\n"
                "        ERRCONNECT_TLS_CONNECT_FAILED\n"
                "        [0x00020008] - OpenSSL: tlsv1\n"
                "        alert protocol version\n");
}

void lines_keep_to_the_width(void**) {
    Diagnosis cause = sample_diagnosis();
    cause.fixes.clear();
    cause.evidence = {std::string(500, 'x'), "SHA-256: 9a:0f:3c:52:81:7e:d4:6b:20:c9:f5:11:78",
                      "日本語の証明書の名前はとても長いので"
                      "折り返す必要があります。日本語の証明書の名前"};
    for (const int width : {10, 40, 41, 60, 80, 100, 120}) {
        std::istringstream lines(rendered({.width = width}, sample_facts(), cause));
        for (std::string line; std::getline(lines, line);)
            if (display_width(line) > std::max(width, 40))
                fail_with("wider than " + std::to_string(width) + ": " + line);
    }
}

void wide_terminals_are_used(void**) {
    expect_part(rendered({.width = 120}),
                "  More  no-shared-tls-version · mstsc 0x904 · ERRCONNECT_TLS_CONNECT_FAILED "
                "[0x00020008] · OpenSSL: tlsv1 alert protocol\n");
}

void colour_only_on_request(void**) {
    assert_true(rendered({}).find('\x1b') == std::string::npos);
    const std::string text = rendered({.colour = true});
    expect_part(text, "\x1b[32mdns ✓\x1b[0m");
    expect_part(text, "\x1b[1;31mtls ✗\x1b[0m");
    expect_part(text, "\x1b[1;31m(unsafe):\x1b[0m");
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\x1b')
            i = text.find('m', i);
        else
            plain += text[i];
    }
    expect_text(plain, rendered({}));
}

void one_line(void**) {
    expect_text(
        rendered({.detail = Detail::line}),
        "preflight: no-shared-tls-version: win-srv01 only speaks TLS 1.0; this computer asks "
        "for at least TLS 1.2. [win-srv01 (10.0.0.5:3389)]\n");
}

void confidence_is_said(void**) {
    Diagnosis cause = sample_diagnosis();
    cause.confidence = Confidence::likely;
    expect_part(rendered({.width = 120}, sample_facts(), cause), "  Most likely: win-srv01 only");
    cause.confidence = Confidence::possible;
    expect_part(rendered({.width = 120}, sample_facts(), cause), "  Possibly: win-srv01 only");
}

void kinds_are_named_where_they_differ(void**) {
    Diagnosis cause = sample_diagnosis();
    cause.fixes.pop_back();
    expect_part(rendered({}, sample_facts(), cause),
                "Fix   Server administrator: Enable TLS 1.2\n");
}

void what_else_was_noticed(void**) {
    Diagnosis other = sample_diagnosis();
    other.id = "cert-expired";
    other.confidence = Confidence::likely;
    other.title = "The certificate expired.";
    expect_part(render_text({sample_diagnosis(), {other, other}}, sample_facts(), {}),
                "  Also  Most likely: The certificate expired. [cert-expired]\n"
                "        Most likely: The certificate expired. [cert-expired]\n");
}

void waiting_and_ended_have_their_own_words(void**) {
    Facts facts = sample_facts();
    facts.outcome = "waiting";
    facts.wait.seconds = 10;
    expect_part(rendered({}, facts),
                "preflight: still waiting for win-srv01 (10.0.0.5:3389), since 10 s\n");
    expect_part(rendered({}, facts), "tls …\n");
    expect_part(rendered({.unicode = false}, facts), "tls waiting\n");
    facts.outcome = "ended";
    facts.stage = "session";
    expect_part(rendered({}, facts),
                "preflight: the session with win-srv01 (10.0.0.5:3389) ended\n");
    expect_part(rendered({}, facts), "session ended\n");
}

void headlines(void**) {
    Facts facts = sample_facts();
    facts.target.host = facts.target.endpoint = facts.tcp.address = "10.0.0.5";
    assert_string_equal(headline(facts, 80).c_str(),
                        "preflight: can't connect to 10.0.0.5: stopped at tls");
    facts = sample_facts();
    facts.target.endpoint = "win-srv01:3390";
    facts.target.port = facts.tcp.port = 3390;
    assert_string_equal(headline(facts, 80).c_str(),
                        "preflight: can't connect to win-srv01:3390 (10.0.0.5): stopped at tls");
    facts = sample_facts();
    facts.tcp.address = "2001:db8::5";
    assert_string_equal(
        headline(facts, 80).c_str(),
        "preflight: can't connect to win-srv01 ([2001:db8::5]:3389): stopped at tls");
    facts.proxy.used = true;
    facts.proxy.host = "proxy.example.com";
    assert_string_equal(headline(facts, 120).c_str(),
                        "preflight: can't connect to win-srv01 (through the proxy "
                        "proxy.example.com): stopped at tls");
    assert_string_equal(headline(facts, 80).c_str(),
                        "preflight: can't connect to win-srv01: stopped at tls");
    facts.tcp.address.reset();
    facts.proxy = {};
    facts.stage.reset();
    assert_string_equal(headline(facts, 80).c_str(), "preflight: can't connect to win-srv01");
    assert_string_equal(headline(Facts(), 80).c_str(), "preflight: can't connect");
}

void strangers_cannot_write_to_the_terminal(void**) {
    Diagnosis cause = sample_diagnosis();
    cause.title = "CN=\x1b]0;owned\x07 \xff\xfe \xe2\x80\xae";
    cause.evidence = {
        "a\r\nb\tc\x9b"
        "31m"};
    cause.fixes[1].command = {"xfreerdp /v:x\n rm -rf /\x1b[2J"};
    Facts facts = sample_facts();
    facts.target.endpoint = "win\x1b[31m";
    facts.tls.error.reason = "r\x08\x7f";
    facts.events.resize(1);
    facts.events[0].what = "\x1b[2J";
    for (const Detail detail : {Detail::line, Detail::report, Detail::verbose})
        for (const bool unicode : {true, false}) {
            const auto text = rendered({.unicode = unicode, .detail = detail}, facts, cause);
            for (const char c : text) {
                const auto byte = static_cast<unsigned char>(c);
                if ((byte < 0x20 && c != '\n') || byte == 0x7f || (!unicode && byte >= 0x80))
                    fail_with("a control character or no ASCII in:\n" + text);
            }
            assert_true(text.find("\xe2\x80\xae") == std::string::npos);
        }
    expect_part(rendered({}, facts, cause), "          xfreerdp /v:x\\x0a rm -rf /\\x1b[2J\n");
}

void verbose_adds_attempts_ladder_and_facts(void**) {
    Facts facts = sample_facts();
    facts.attempts.resize(2);
    facts.attempts[0].number = 1;
    facts.attempts[0].stage = "negotiation";
    facts.attempts[0].tcp.address = "10.0.0.5";
    facts.attempts[0].tcp.port = 3389;
    facts.attempts[0].negotiation.requested = {"SSL", "HYBRID"};
    facts.attempts[0].negotiation.failure_name = "SSL_NOT_ALLOWED_BY_SERVER";
    facts.attempts[0].duration_ms = 4;
    facts.attempts[1].number = 2;
    facts.attempts[1].repeat = true;
    facts.events.resize(3);
    facts.events[0] = {12, 1, "sent", "Connection Request: SSL, HYBRID"};
    facts.events[1] = {1034, 1, "received", "Connection Confirm: HYBRID"};
    facts.events[2] = {1040, {}, "local", "CONNECTION_STATE_NEGO"};
    const std::string text = rendered({.detail = Detail::verbose}, facts);
    expect_part(text, rendered({}, facts));
    expect_part(text, "    https://example.com/why\n    https://example.com/tls\n");
    expect_part(text,
                "     1  10.0.0.5 port 3389: stopped at negotiation, asked for SSL HYBRID, got\n");
    expect_part(text, "SSL_NOT_ALLOWED_BY_SERVER, 4 ms\n");
    expect_part(text, "(the client's silent second try)");
    expect_part(text, "        12  1 → Connection Request: SSL, HYBRID\n");
    expect_part(text, "      1034  1 ← Connection Confirm: HYBRID\n");
    expect_part(text, "      1040    · CONNECTION_STATE_NEGO\n");
    expect_part(text, "    tcp.address = 10.0.0.5\n");
    expect_part(text, "    reached = dns, tcp, negotiation\n");
    expect_part(rendered({.unicode = false, .detail = Detail::verbose}, facts), "12  1 -> Conn");
}

void nothing_known_still_renders(void**) {
    for (const Detail detail : {Detail::line, Detail::report, Detail::verbose})
        assert_true(render_text({}, {}, {.detail = detail}).back() == '\n');
}

void widths_of_characters(void**) {
    assert_int_equal(display_width("abc"), 3);
    assert_int_equal(display_width("✓ é"), 3);
    assert_int_equal(display_width("日本"), 4);
    assert_int_equal(display_width("e\xcc\x81"), 1);
    assert_int_equal(display_width("🙂"), 2);
    assert_int_equal(display_width(""), 0);
    // Not UTF-8: bounded all the same.
    assert_int_equal(display_width("\xf0"), 1);
    assert_string_equal(to_ascii("✓ → “x” é…").c_str(), "ok -> \"x\" \\u{00e9}...");
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(at_80_columns),
        cmocka_unit_test(at_40_columns_in_ascii),
        cmocka_unit_test(lines_keep_to_the_width),
        cmocka_unit_test(wide_terminals_are_used),
        cmocka_unit_test(colour_only_on_request),
        cmocka_unit_test(one_line),
        cmocka_unit_test(confidence_is_said),
        cmocka_unit_test(kinds_are_named_where_they_differ),
        cmocka_unit_test(what_else_was_noticed),
        cmocka_unit_test(waiting_and_ended_have_their_own_words),
        cmocka_unit_test(headlines),
        cmocka_unit_test(strangers_cannot_write_to_the_terminal),
        cmocka_unit_test(verbose_adds_attempts_ladder_and_facts),
        cmocka_unit_test(nothing_known_still_renders),
        cmocka_unit_test(widths_of_characters),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
