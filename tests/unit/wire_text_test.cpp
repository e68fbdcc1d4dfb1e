// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cmocka.hpp"
#include "pdu_samples.hpp"
#include "wire/foreign.hpp"
#include "wire/proxy.hpp"
#include "wire/text.hpp"

using namespace preflight::test;
using namespace preflight::wire;

namespace {

Octets octets(std::string_view text) { return {text.begin(), text.end()}; }

void hostile_text_becomes_printable(void**) {
    const struct {
        std::string_view text;
        const char* expected;
    } cases[] = {
        {"win-srv01", "win-srv01"},
        {"", ""},
        {"Müller 北京", "Müller 北京"},
        {"\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"},
        {std::string_view("a\0b", 3), "a\\x00b"},
        {"tab\tnew\nline\r\x7f", "tab\\x09new\\x0aline\\x0d\\x7f"},
        {"\xff\xfe", "\\xff\\xfe"},
        {"\xc0\xaf", "\\xc0\\xaf"},                    // overlong
        {"\xed\xa0\x80", "\\xed\\xa0\\x80"},           // surrogate
        {"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},  // beyond U+10FFFF
        {"\xe2\x82", "\\xe2\\x82"},                    // cut off
        {"\xc2\x9b"
         "31m",
         "\\u{009b}31m"},  // C1: a control sequence in one character
        {"abc\xe2\x80\xaegnp.exe", "abc\\u{202e}gnp.exe"},
        {"a\xe2\x80\x8b"
         "b\xef\xbb\xbf",
         "a\\u{200b}b\\u{feff}"},
        {"\xe2\x81\xa6x\xe2\x81\xa9", "\\u{2066}x\\u{2069}"},
    };
    for (const auto& [text, expected] : cases)
        assert_string_equal(printable(text).c_str(), expected);
}

void text_is_bounded(void**) {
    assert_int_equal(printable(std::string(1000, 'a'), 10).size(), 10 + std::string("…").size());
    assert_string_equal(printable(std::string(10, 'a'), 10).c_str(), "aaaaaaaaaa");
    // an escape is never cut in two
    assert_string_equal(printable("aaaaaaaa\x1b", 10).c_str(), "aaaaaaaa…");
}

void protocols(void**) {
    const struct {
        std::string_view first;
        const char* protocol;
        const char* banner;
    } cases[] = {
        {"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", "SSH", "SSH-2.0-OpenSSH_9.2p1 Debian-2"},
        {"SS", "SSH", "SS"},
        {"HTTP/1.1 400 Bad Request\r\nServer: nginx", "HTTP", "HTTP/1.1 400 Bad Request"},
        {"RFB 003.008\n", "VNC", "RFB 003.008"},
        {"220 mail.example.org ESMTP Postfix\r\n", "SMTP", "220 mail.example.org ESMTP Postfix"},
        {"220 (vsFTPd 3.0.3)\r\n", "FTP", "220 (vsFTPd 3.0.3)"},
        {"220 hello\r\n", "unknown", "220 hello"},
        {"\x15\x03\x01\x02\x02\x02\x46", "TLS", "\\x15\\x03\\x01\\x02\\x02\\x02F"},
        {std::string_view("\x16\x03\x03\0\x10", 5), "TLS", "\\x16\\x03\\x03\\x00\\x10"},
        {std::string_view("\x03\0\0\x13", 4), "RDP", "\\x03\\x00\\x00\\x13"},
        {"\x1b]0;owned\x07", "unknown", "\\x1b]0;owned\\x07"},
        {"\r\n\r\n", "unknown", "\\x0d\\x0a\\x0d\\x0a"},
        {"S", "", "S"},
        {"", "", ""},
    };
    for (const auto& expected : cases) {
        assert_string_equal(std::string(protocol_of(octets(expected.first))).c_str(),
                            expected.protocol);
        assert_string_equal(banner_of(octets(expected.first)).c_str(), expected.banner);
    }
}

void proxies(void**) {
    assert_string_equal(proxy_kind(octets("CONNECT host:3389 HTTP/1.1\r\n")).data(), "HTTP");
    assert_string_equal(proxy_kind(hex("05 02 00 02")).data(), "SOCKS");
    for (const char* other : {"05", "0500", "050200", "0300002c27e0", "1603010200"})
        assert_true(proxy_kind(hex(other)).empty());
    assert_true(proxy_kind(octets("CONNECT")).empty());
}

void http_status_lines(void**) {
    const struct {
        const char* line;
        int code;
        const char* reason;
    } cases[] = {
        {"HTTP/1.1 200 Connection established\r\n\r\n", 200, "Connection established"},
        {"HTTP/1.0 407 Proxy Authentication Required\r\nA: b\r\n", 407,
         "Proxy Authentication Required"},
        {"HTTP/1.1 403\r\n", 403, ""},
        {"HTTP/1.1 502 \x1b[2J\r\n", 502, "\\x1b[2J"},
        {"HTTP/1.1 20\r\n", 0, ""},
        {"HTTP/1.1\r\n200 x", 0, ""},
        {"ICY 200 OK\r\n", 0, ""},
        {"", 0, ""},
    };
    for (const auto& expected : cases) {
        const auto status = parse_http_status(octets(expected.line));
        assert_int_equal(status ? status->code : 0, expected.code);
        if (status) assert_string_equal(status->reason.c_str(), expected.reason);
    }
}

void proxy_frames(void**) {
    using State = Frame::State;
    const struct {
        Framing framing;
        Octets bytes;
        State state;
        std::size_t length;
    } cases[] = {
        {http_head_frame, octets("HTTP/1.1 200 OK\r\n\r\nx"), State::known, 19},
        {http_head_frame, octets("HTT"), State::unknown, 0},
        {http_head_frame, octets("SSH-"), State::broken, 0},
        {socks_choice_frame, hex("05"), State::known, 2},
        {socks_choice_frame, hex("04"), State::broken, 0},
        {socks_reply_frame, hex("05 00 00 01 7f000001 0d3d"), State::known, 10},
        {socks_reply_frame, hex("05 00 00 04"), State::known, 22},
        {socks_reply_frame, hex("05 00 00 03 04"), State::known, 11},
        {socks_reply_frame, hex("05 00 00 03"), State::unknown, 0},
        {socks_reply_frame, hex("05 00 00 09 01"), State::broken, 0},
        {socks_reply_frame, hex("05 05"), State::known, 2},
        {socks_reply_frame, hex("48 54"), State::broken, 0},
    };
    for (const auto& expected : cases) {
        const Frame frame = expected.framing(expected.bytes);
        assert_true(frame.state == expected.state);
        assert_int_equal(frame.length, expected.length);
    }
    assert_string_equal(socks_reply_text(5).data(), "Connection refused");
    assert_string_equal(socks_reply_text(200).data(), "unassigned");
}

void nothing_does_harm(void**) {
    for (const auto& name : all_pdu_names())
        torment(pdu(name), [](const Octets& bytes) {
            assert_true(printable(bytes, 64).size() <= 64 + 3);
            (void)banner_of(bytes);
            (void)protocol_of(bytes);
            (void)proxy_kind(bytes);
            (void)parse_http_status(bytes);
            (void)socks_reply_frame(bytes);
        });
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(hostile_text_becomes_printable),
        cmocka_unit_test(text_is_bounded),
        cmocka_unit_test(protocols),
        cmocka_unit_test(proxies),
        cmocka_unit_test(http_status_lines),
        cmocka_unit_test(proxy_frames),
        cmocka_unit_test(nothing_does_harm),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
