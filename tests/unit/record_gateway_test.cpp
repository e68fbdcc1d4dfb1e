// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cmocka.hpp"
#include "pdu_maker.hpp"
#include "story.hpp"

using namespace preflight;
using namespace preflight::test;

namespace {

void check(const Maybe<std::string>& fact, const char* expected) {
    assert_string_equal(fact.value_or("(unset)").c_str(), expected);
}

/// A connection to a gateway whose TLS is established.
Story at_gateway() {
    Facts known = known_facts();
    known.gateway.used = true;
    known.gateway.host = "gw.example.org";
    known.gateway.port = 443;
    Story story(known);
    story.round().socket("10.0.0.9").client_hello().server_hello().established({});
    return story;
}

Story& says(Story& story, std::string_view text) {
    return story.received(ascii(text), Layer::plain);
}

constexpr std::string_view unauthorized =
    "HTTP/1.1 401 Unauthorized\r\nServer: Microsoft-HTTPAPI/2.0\r\nWWW-Authenticate: NTLM\r\n"
    "WWW-Authenticate: Negotiate\r\nContent-Length: 23\r\n\r\nUser Account Restricted";
constexpr std::string_view switching =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";
const Octets good_handshake = rdg_packet(0x2, joined({le32(0), {1, 0}, le16(0), le16(0)}));

void wrong_credentials(void**) {
    Story story = at_gateway();
    says(story, unauthorized);
    const Facts facts = story.closed().result(-1, 0x20016, "ERRCONNECT_ACCESS_DENIED").facts();
    check(facts.stage, "gateway");
    check(facts.gateway.host, "gw.example.org");
    assert_int_equal(facts.gateway.http_status.value(), 401);
    check(facts.gateway.http_reason, "Unauthorized");
    check(facts.gateway.http_body, "User Account Restricted");
    check(facts.gateway.http_server, "Microsoft-HTTPAPI/2.0");
    assert_true(facts.gateway.schemes == (Texts{"NTLM", "Negotiate"}));
    check(facts.gateway.ended, "closed");
    check(facts.certificate.decision, "accepted");
}

void a_refusal_after_the_websocket(void**) {
    Story story = at_gateway();
    says(story, unauthorized);
    says(story, switching);
    story.received(websocket(good_handshake), Layer::plain);
    // a packet over two frames, the second frame in two pieces
    const Octets refusal = rdg_packet(0x7, joined({le32(0x800759db), le16(0), le16(0)}));
    const Octets second = websocket(Octets(refusal.begin() + 5, refusal.end()), 0);
    story.received(websocket(Octets(refusal.begin(), refusal.begin() + 5)), Layer::plain);
    story.received(Octets(second.begin(), second.begin() + 3), Layer::plain);
    story.received(Octets(second.begin() + 3, second.end()), Layer::plain);
    story.received(websocket(hex("03f0"), 8), Layer::plain);
    const Facts facts = story.facts();
    assert_int_equal(facts.gateway.http_status.value(), 101);
    assert_true(facts.gateway.websocket.value());
    assert_false(facts.gateway.http_body.has_value());
    check(facts.gateway.error_step, "tunnel authorization response");
    check(facts.gateway.error_hex, "0x800759DB");
    assert_int_equal(facts.gateway.websocket_close.value(), 1008);
    assert_false(facts.gateway.opened.has_value());
}

void the_older_transport(void**) {
    Story story = at_gateway();
    says(story, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    const Octets body = joined({Octets(10, 0x55), good_handshake,
                                rdg_packet(0x9, joined({le32(0x800759da), le16(0), le16(0)}))});
    assert_int_equal(body.size(), 44);
    const Octets chunk = joined({ascii("2c\r\n"), body, ascii("\r\n")});
    for (const std::uint8_t byte : chunk) story.received(Octets{byte}, Layer::plain);
    const Facts facts = story.facts();
    check(facts.gateway.error_step, "channel response");
    check(facts.gateway.error_hex, "0x800759DA");
    assert_false(facts.gateway.opened.value());
}

void not_a_gateway_at_all(void**) {
    Story story = at_gateway();
    says(story,
         "HTTP/1.1 404 Not Found\r\nServer: nginx\r\nContent-Type: text/html\r\n"
         "Transfer-Encoding: chunked\r\n\r\n1c\r\n<html><title>404 Not Found</\r\n"
         "0\r\n\r\nHTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
    Facts facts = story.facts();
    assert_int_equal(facts.gateway.http_status.value(), 503);
    check(facts.gateway.http_server, "nginx");
    assert_false(facts.gateway.http_body.has_value());

    Story login = at_gateway();
    says(login, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><title>Sign in</title>");
    facts = login.facts();
    check(facts.gateway.http_body, "Sign in");
    assert_false(facts.gateway.last_received.has_value());

    Story other = at_gateway();
    says(other, "SSH-2.0-x\r\n");
    assert_false(other.facts().gateway.http_status.has_value());
}

/// Inside the tunnel the host speaks; what its TLS carries is not the gateway's word.
void the_host_behind_it(void**) {
    Story story = at_gateway();
    says(story, switching);
    story.received(
        websocket(joined({good_handshake, rdg_packet(0x9, joined({le32(0), le16(0), le16(0)}))})),
        Layer::plain);
    assert_true(story.facts().gateway.opened.value());
    story.sent(hex("030000130ee00000000000010008000b000000"), Layer::tunnel);
    story.received(hex("030000130ed000001234000200080002000000"), Layer::tunnel);
    story.client_hello().server_hello().established({});
    story.received(ts_error(0xc000006e), Layer::inner);
    story.received(websocket(rdg_packet(0x10, le32(0x800759dd))), Layer::plain);
    const Facts facts = story.facts();
    check(facts.stage, "authentication");
    assert_int_equal(facts.authentication.error_code.value(), 0xc000006e);
    check(facts.gateway.error_step, "close");
}

/// The gateway's TLS and certificate stay beside the host's.
void two_certificates_are_kept_apart(void**) {
    const Octets gateway_certificate{0x30, 0x01, 0x01};
    const Octets host_certificate{0x30, 0x01, 0x02};
    Facts known = known_facts();
    known.gateway.used = true;
    known.gateway.host = "gw.example.org";
    Story story(known);
    story.round().socket().client_hello().server_hello(0x0304, 0x1301);
    story.established({gateway_certificate}, 0x0304);
    story.observe(CertificateAsked{true, false, true, ""});
    story.observe(CertificateAnswered{CertificateAnswered::Answer::once});
    says(story, switching);
    // without negotiation the host's TLS comes first through the tunnel
    story.observe(TlsConfigured{2, 0x0303, 0, "win-srv01", true});
    Facts facts = story.client_hello().facts();
    check(facts.stage, "tls");
    check(facts.tls.peer, "host");
    assert_false(facts.certificate.asked.has_value());
    facts = story.server_hello().established({host_certificate}).facts();
    check(facts.stage, "certificate");
    check(facts.tls.peer_name, "win-srv01.example.org");
    check(facts.tls.server.version, "TLS 1.2");
    assert_false(facts.certificate.asked.has_value());
    check(facts.gateway.tls.peer_name, "gw.example.org");
    check(facts.gateway.tls.server.version, "TLS 1.3");
    check(facts.gateway.certificate.answer, "once");
    check(facts.gateway.certificate.decision, "accepted");
    assert_true(facts.gateway.certificate.seen.value());
}

/// A client takes a code without the error bit for success, and speaks into a tunnel that is none.
void a_refusal_that_the_client_overlooks(void**) {
    Story story = at_gateway();
    says(story, switching);
    story.received(websocket(joined({good_handshake,
                                     rdg_packet(0x9, joined({le32(0x59e6), le16(0), le16(0)}))})),
                   Layer::plain);
    story.sent(hex("030000130ee00000000000010008000b000000"), Layer::tunnel);
    const Facts facts = story.closed().facts();
    check(facts.stage, "gateway");
    check(facts.gateway.error_hex, "0x000059E6");
    check(facts.gateway.ended, "closed");
}

/// RPC over HTTP, and HTTP without WebSocket: one connection for each direction.
void two_connections_are_one_attempt(void**) {
    Story story = at_gateway();
    says(story, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    story.socket("10.0.0.9", 1).client_hello().server_hello().established({});
    says(story, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    Facts facts = story.closed().result(-1, 0x2000d).facts();
    assert_int_equal(facts.attempt_count.value(), 1);
    assert_int_equal(facts.attempts.size(), 1);
    check(facts.stage, "gateway");
    assert_int_equal(facts.gateway.http_status.value(), 403);
    check(facts.gateway.ended, "closed");

    Story through = at_gateway();
    says(through, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    through.socket("10.0.0.9", 1).client_hello().server_hello().established({});
    says(through, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    const Octets refusal = rdg_packet(0x9, joined({le32(0x800759da), le16(0), le16(0)}));
    through.on_stream(1).received(joined({ascii("1a\r\n"), Octets(10, 0x55), refusal}),
                                  Layer::plain);
    through.on_stream(2).sent(hex("030000130ee00000000000010008000b000000"), Layer::tunnel);
    facts = through.facts();
    assert_int_equal(facts.attempt_count.value(), 1);
    check(facts.stage, "gateway");
    check(facts.gateway.error_hex, "0x800759DA");

    // Without the first held open it is another attempt, as when the client falls back to RPC.
    Story again = at_gateway();
    says(again, unauthorized);
    again.socket("10.0.0.9").client_hello();
    assert_int_equal(again.facts().attempt_count.value(), 2);
}

void a_page_is_no_gateway(void**) {
    Story page = at_gateway();
    says(page, "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nwelcome");
    assert_true(page.facts().gateway.http_page.value());
    Story html = at_gateway();
    says(html, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x</p>");
    assert_true(html.facts().gateway.http_page.value());
    Story channel = at_gateway();
    says(channel, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    assert_false(channel.facts().gateway.http_page.has_value());
    Story rpc = at_gateway();
    says(rpc, "HTTP/1.1 200 Success\r\nContent-Length: 1073741824\r\n\r\n");
    assert_false(rpc.facts().gateway.http_page.value());
}

void a_message_that_was_not_agreed_to(void**) {
    Story story = at_gateway();
    says(story, switching);
    story.observe(GatewayMessageAnswered{false});
    assert_false(story.facts().gateway.consent_given.value());
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(wrong_credentials),
        cmocka_unit_test(a_refusal_after_the_websocket),
        cmocka_unit_test(the_older_transport),
        cmocka_unit_test(not_a_gateway_at_all),
        cmocka_unit_test(the_host_behind_it),
        cmocka_unit_test(two_certificates_are_kept_apart),
        cmocka_unit_test(a_refusal_that_the_client_overlooks),
        cmocka_unit_test(two_connections_are_one_attempt),
        cmocka_unit_test(a_page_is_no_gateway),
        cmocka_unit_test(a_message_that_was_not_agreed_to),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
