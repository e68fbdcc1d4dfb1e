// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cmocka.hpp"
#include "pdu_maker.hpp"
#include "wire/http.hpp"
#include "wire/rdg.hpp"
#include "wire/websocket.hpp"

using namespace preflight::test;
using namespace preflight::wire;

namespace {

using Names = std::vector<std::string>;

void a_gateway_asks_for_a_sign_in(void**) {
    const auto response = parse_http_response(
        ascii("HTTP/1.1 401 Unauthorized\r\nServer: Microsoft-HTTPAPI/2.0\r\n"
              "www-authenticate: Negotiate TlRMTVNTUAACAAAA\r\nWWW-Authenticate: NTLM\r\n"
              "WWW-Authenticate: Basic realm=\"a, b\", charset=\"UTF-8\", Bearer\r\n"
              "WWW-Authenticate: NTLM\r\nContent-Length: 20\r\n\r\n"));
    assert_int_equal(response.value().status.code, 401);
    assert_string_equal(response->status.reason.c_str(), "Unauthorized");
    assert_true((response->schemes == Names{"Negotiate", "NTLM", "Basic", "Bearer"}));
    assert_string_equal(response->server.c_str(), "Microsoft-HTTPAPI/2.0");
    assert_int_equal(response->content_length.value(), 20);
    assert_false(response->websocket || response->chunked);
}

/// A token means that a sign-in is under way; a scheme alone, or its parameters, ask for one.
void a_challenge_differs_from_a_question(void**) {
    const struct {
        const char* value;
        bool challenge;
    } cases[] = {
        {"NTLM TlRMTVNTUAACAAAA==", true},
        {"Negotiate oYIBGjCCARY=", true},
        {"NTLM", false},
        {"NTLM ", false},
        {"Negotiate, NTLM", false},
        {"Basic realm=gateway", false},
        {"Basic realm=\"a b\", charset=\"UTF-8\"", false},
        {"", false},
        {" =", false},
    };
    for (const auto& [value, challenge] : cases) {
        const std::string head =
            "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: " + std::string(value) + "\r\n\r\n";
        assert_int_equal(parse_http_response(ascii(head)).value().challenge, challenge);
    }
}

void a_gateway_agrees_to_a_websocket(void**) {
    const auto response = parse_http_response(ascii(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n\r\n"));
    assert_int_equal(response.value().status.code, 101);
    assert_true(response->websocket);
}

void something_in_between_answers(void**) {
    const auto response = parse_http_response(ascii(
        "HTTP/1.0 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=x\r\n"
        "Transfer-Encoding: chunked\r\nContent-Type: text/html; charset=utf-8\r\n"
        "Location: https://portal.example/\x1b[2J\r\nbroken line\r\nContent-Length: 12x\r\n"));
    assert_true((response.value().proxy_schemes == Names{"Basic"}));
    assert_true(response->chunked && response->html);
    assert_string_equal(response->location.c_str(), "https://portal.example/\\x1b[2J");
    assert_false(response->content_length.has_value());
    assert_false(parse_http_response(ascii("SSH-2.0-OpenSSH_9.2\r\n")).has_value());
}

void the_first_line_of_a_body(void**) {
    const struct {
        const char* body;
        const char* line;
    } cases[] = {
        {"User Account Restricted", "User Account Restricted"},
        {"\r\n  \r\n  Not here\r\nand more", "Not here"},
        {"<html><head><TITLE>502 Bad Gateway</TITLE></head>", "502 Bad Gateway"},
        {"<html>\n<body><h1>Access <b>denied</b></h1>", "Access denied"},
        {"<html>", ""},
        {"", ""},
        {"\x1b]0;x\x07", "\\x1b]0;x\\x07"},
    };
    for (const auto& c : cases)
        assert_string_equal(first_line_of_body(ascii(c.body)).c_str(), c.line);
    assert_true(first_line_of_body(Octets(100000, 'a')).size() < 200);
}

RdgPacket packet_in(const Octets& bytes) {
    const auto parsed = parse_rdg(bytes);
    assert_true(parsed.has_value());
    assert_int_equal(rdg_frame(bytes).length, bytes.size());
    return *parsed;
}

void a_gateway_refuses_at_each_step(void**) {
    const struct {
        std::uint16_t type;
        Octets body;
        RdgType expected;
        std::uint32_t code;
    } cases[] = {
        {0x2, joined({le32(0x800759f7), {1, 0}, le16(0), le16(0)}), RdgType::handshake_response,
         0x800759f7},
        {0x3, joined({le32(0x80090302), le16(0)}), RdgType::extended_auth, 0x80090302},
        {0x5, joined({le16(1), le32(0x800759f8), le16(0), le16(0)}), RdgType::tunnel_response,
         0x800759f8},
        {0x7, joined({le32(0x800759db), le16(0), le16(0)}), RdgType::tunnel_auth_response,
         0x800759db},
        {0x9, joined({le32(0x800759da), le16(0), le16(0)}), RdgType::channel_response, 0x800759da},
        {0x10, le32(0x800759dd), RdgType::close_channel, 0x800759dd},
    };
    for (const auto& c : cases) {
        const RdgPacket parsed = packet_in(rdg_packet(c.type, c.body));
        assert_true(parsed.type == c.expected);
        assert_int_equal(parsed.error_code.value(), c.code);
        assert_false(parsed.consent_message);
        assert_false(name_of(parsed.type).empty());
    }
}

void a_gateway_that_accepts(void**) {
    const RdgPacket handshake =
        packet_in(rdg_packet(0x2, joined({le32(0), {1, 0}, le16(0), le16(0x6)})));
    assert_int_equal(handshake.error_code.value(), 0);
    assert_int_equal(handshake.extended_auth, 6);
    // tunnel id, capabilities, nonce and certificate, consent message
    const RdgPacket tunnel = packet_in(rdg_packet(0x5, joined({le16(1),
                                                               le32(0),
                                                               le16(0x17),
                                                               le16(0),
                                                               le32(9),
                                                               le32(0x3f),
                                                               Octets(20, 0xee),
                                                               le16(2),
                                                               {1, 2},
                                                               le16(8),
                                                               utf16("Read")})));
    assert_true(tunnel.consent_message);
    const RdgPacket authorized = packet_in(
        rdg_packet(0x7, joined({le32(0), le16(0x3), le16(0), le32(0x80000000), le32(30)})));
    assert_int_equal(authorized.redirection_flags.value(), 0x80000000);
    assert_int_equal(authorized.idle_timeout.value(), 30);
}

void only_the_type_of_what_the_client_sends(void**) {
    const RdgPacket tunnel = packet_in(rdg_packet(0x4, ascii("a cookie that is a secret")));
    assert_true(tunnel.type == RdgType::tunnel_create);
    assert_false(tunnel.error_code.has_value());
    static_assert(sizeof(RdgPacket) <= 40);
}

void what_is_no_gateway_packet(void**) {
    assert_true(rdg_frame(hex("4854")).state == Frame::State::broken);
    assert_true(rdg_frame(hex("0200 0000 07000000")).state == Frame::State::broken);
    assert_true(rdg_frame(hex("0200 0000 0800")).state == Frame::State::unknown);
    assert_false(parse_rdg(rdg_packet(0x2, le16(0))).has_value());
    assert_false(parse_rdg(rdg_packet(0x9, {})).has_value());
}

void websocket_frames(void**) {
    const Octets binary = hex("82 04 01020304");
    assert_int_equal(websocket_frame(binary).length, binary.size());
    const auto frame = parse_websocket(binary);
    assert_true(frame.value().opcode == WebsocketFrame::Opcode::binary);
    assert_true(frame->last);
    assert_int_equal(frame->payload.size(), 4);
    const auto close = parse_websocket(hex("88 02 03f0"));
    assert_int_equal(close.value().close_code.value(), 1008);
    assert_int_equal(websocket_frame(hex("82 7e 0100")).length, 4 + 256);
    assert_int_equal(websocket_frame(hex("82 7f 0000000000010000")).length, 10 + 65536);
    assert_int_equal(websocket_frame(hex("82 84 aabbccdd")).length, 10);
    assert_false(parse_websocket(hex("82 84 aabbccdd 01020304")).has_value());
    assert_true(websocket_frame(hex("82 7f ffffffffffffffff")).state == Frame::State::broken);
    assert_true(websocket_frame(hex("c2")).state == Frame::State::broken);
    assert_true(websocket_frame(hex("83 00")).state == Frame::State::broken);
    assert_true(websocket_frame(hex("82 7e 01")).state == Frame::State::unknown);
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(a_gateway_asks_for_a_sign_in),
        cmocka_unit_test(a_challenge_differs_from_a_question),
        cmocka_unit_test(a_gateway_agrees_to_a_websocket),
        cmocka_unit_test(something_in_between_answers),
        cmocka_unit_test(the_first_line_of_a_body),
        cmocka_unit_test(a_gateway_refuses_at_each_step),
        cmocka_unit_test(a_gateway_that_accepts),
        cmocka_unit_test(only_the_type_of_what_the_client_sends),
        cmocka_unit_test(what_is_no_gateway_packet),
        cmocka_unit_test(websocket_frames),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
