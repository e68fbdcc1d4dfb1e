// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cmocka.hpp"
#include "pdu_samples.hpp"
#include "wire/x224.hpp"

using namespace preflight::test;
using namespace preflight::wire;

namespace {

void requests(void**) {
    const struct {
        const char* sample;
        bool cookie;
        bool negotiation;
        std::uint32_t protocols;
    } cases[] = {
        {"real-windows/2003-x224-cr-rdp", true, true, 0},
        {"real-windows/2003-x224-cr-ssl", true, true, 1},
        {"real-windows/2008r2-x224-cr-ssl-hybrid", true, true, 3},
        {"real-windows/win10-x224-cr-nocookie-0b", false, true, 0x0b},
        {"real-windows/ts-x224-cr-rdp-padded-cookie", true, true, 0},
        {"real-windows/noneg-x224-cr-no-negreq", true, false, 0},
        {"real-windows/morto-x224-cr-mstshash-a-no-negreq", true, false, 0},
        {"ms-rdpbcgr/4.1.1-client-x224-connection-request", true, true, 0},
    };
    for (const auto& expected : cases) {
        const Octets bytes = pdu(expected.sample);
        const auto request = parse_connection_request(bytes);
        assert_true(request.has_value());
        assert_int_equal(request->cookie, expected.cookie);
        assert_int_equal(request->negotiation, expected.negotiation);
        assert_int_equal(request->protocols, expected.protocols);
        assert_false(request->correlation);
        assert_true(tpdu_of(bytes) == Tpdu::connection_request);
        assert_false(parse_connection_confirm(bytes).has_value());
    }
}

void a_request_with_correlation_info(void**) {
    const Octets bytes =
        joined({hex("03000037 32e0 0000 0000 00 01080800 0b000000 06002400"), Octets(32, 0x41)});
    const auto request = parse_connection_request(bytes);
    assert_true(request.has_value());
    assert_true(request->correlation);
    assert_int_equal(request->flags, 8);
    assert_int_equal(request->protocols, 0x0b);
}

void a_routing_token_is_a_cookie(void**) {
    // "tsv://x" CR LF, then RDP_NEG_REQ
    const auto request = parse_connection_request(
        hex("0300001c 17e0 0000 0000 00 7473763a2f2f780d0a 0100080003000000"));
    assert_true(request.has_value());
    assert_true(request->cookie);
    assert_int_equal(request->protocols, 3);
}

void confirms(void**) {
    using Kind = ConnectionConfirm::Kind;
    const struct {
        const char* sample;
        Kind kind;
        std::uint8_t flags;
        std::uint32_t value;
    } cases[] = {
        {"real-windows/noneg-x224-cc-no-negdata", Kind::plain, 0, 0},
        {"real-windows/2003-x224-cc-negfailure2-ssl-not-allowed", Kind::failure, 0, 2},
        {"real-windows/2003-x224-cc-negrsp-rdp", Kind::response, 0, 0},
        {"real-windows/vista2008-x224-cc-hybrid-flags00", Kind::response, 0, 2},
        {"real-windows/2008r2-x224-cc-hybrid-flags01", Kind::response, 0x01, 2},
        {"real-windows/win7-x224-cc-hybrid-flags09", Kind::response, 0x09, 2},
        {"real-windows/win2012-x224-cc-hybrid-flags0f", Kind::response, 0x0f, 2},
        {"real-windows/win10-x224-cc-hybrid-flags1f", Kind::response, 0x1f, 2},
        {"real-windows/win10-x224-cc-hybridex-flags1f", Kind::response, 0x1f, 8},
        {"fingerprintx/windows-2000", Kind::plain, 0, 0},
        {"fingerprintx/windows-server-2003", Kind::failure, 0, 2},
        {"fingerprintx/windows-server-2016-or-2019", Kind::response, 0x1f, 8},
        {"ms-rdpbcgr/4.1.2-server-x224-connection-confirm", Kind::response, 0, 1},
    };
    for (const auto& expected : cases) {
        const auto confirm = parse_connection_confirm(pdu(expected.sample));
        assert_true(confirm.has_value());
        assert_true(confirm->kind == expected.kind);
        assert_int_equal(confirm->flags, expected.flags);
        assert_int_equal(confirm->kind == Kind::failure ? confirm->failure_code : confirm->protocol,
                         expected.value);
    }
}

void malformed(void**) {
    for (const char* bytes : {
             "",
             "03000007 02f080",                              // data
             "0300000b 06d0 0000 1234",                      // ends before the class
             "03000013 0ed0 0000 1234 00 0900080001000000",  // no such type
             "03000013 0ed0 0000 1234 00 0200090001000000",  // a length that is none
             "03000013 ffd0 0000 1234 00 0200080001000000",  // header longer than the packet
             "0300000f 0ad0 0000 1234 00 02000800",          // negotiation data cut off
             "03000013 00d0 0000 1234 00 0200080001000000",  // header without a code
         }) {
        assert_false(parse_connection_confirm(hex(bytes)).has_value());
        assert_false(parse_connection_request(hex(bytes)).has_value());
    }
}

void no_truncation_does_harm(void**) {
    for (const auto& name : all_pdu_names())
        torment(pdu(name), [](const Octets& bytes) {
            (void)parse_connection_request(bytes);
            (void)parse_connection_confirm(bytes);
            (void)tpdu_of(bytes);
            const Frame frame = tpkt_frame(bytes);
            assert_true(frame.state != Frame::State::known || frame.length >= 7);
        });
}

void frames(void**) {
    using State = Frame::State;
    const struct {
        const char* bytes;
        State state;
        std::size_t length;
    } cases[] = {
        {"", State::unknown, 0},
        {"03", State::unknown, 0},
        {"0300 00", State::unknown, 0},
        {"0300 0013", State::known, 19},
        {"0300 0006", State::broken, 0},
        {"53", State::broken, 0},
        {"0300 ffff", State::known, 65535},
    };
    for (const auto& expected : cases) {
        const Frame frame = tpkt_frame(hex(expected.bytes));
        assert_true(frame.state == expected.state);
        assert_int_equal(frame.length, expected.length);
    }
}

void messages_come_whole_however_they_arrive(void**) {
    const Octets one = pdu("real-windows/win10-x224-cc-hybrid-flags1f");
    const Octets two = joined({one, one});
    for (std::size_t piece = 1; piece <= two.size(); ++piece) {
        Reassembler reassembler(tpkt_frame);
        int whole = 0;
        for (std::size_t at = 0; at < two.size(); at += piece) {
            reassembler.feed(Bytes(two).subspan(at, std::min(piece, two.size() - at)));
            while (const auto message = reassembler.take()) {
                assert_true(*message == one);
                ++whole;
            }
        }
        assert_int_equal(whole, 2);
        assert_true(reassembler.pending().empty());
    }
}

void a_reassembler_holds_no_more_than_its_limit(void**) {
    Reassembler reassembler(tpkt_frame, 1000);
    const Octets endless = joined({hex("0300 0300"), Octets(900, 0)});
    for (int i = 0; i < 100; ++i) reassembler.feed(endless);
    assert_true(reassembler.pending().size() <= 1000);
    assert_true(reassembler.take().has_value());
    Reassembler too_long(tpkt_frame, 1000);
    too_long.feed(hex("0300 ffff"));
    assert_false(too_long.take().has_value());
    assert_true(too_long.broken());
    too_long.feed(endless);
    assert_false(too_long.take().has_value());
}

void names(void**) {
    assert_true(protocol_names(0) == std::vector<std::string>{"RDP"});
    assert_true(protocol_names(0x0b) == (std::vector<std::string>{"SSL", "HYBRID", "HYBRID_EX"}));
    assert_true(protocol_names(0x14) == (std::vector<std::string>{"RDSTLS", "RDSAAD"}));
    assert_true(protocol_names(0x80000001) == (std::vector<std::string>{"SSL", "0x80000000"}));
    assert_true(response_flag_names(0x2f).size() == 4);
    assert_int_equal(unknown_response_flags(0x2f), 0x20);
    assert_string_equal(failure_name(5).data(), "HYBRID_REQUIRED_BY_SERVER");
    assert_true(failure_name(0).empty());
    assert_true(failure_name(7).empty());
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(requests),
        cmocka_unit_test(a_request_with_correlation_info),
        cmocka_unit_test(a_routing_token_is_a_cookie),
        cmocka_unit_test(confirms),
        cmocka_unit_test(malformed),
        cmocka_unit_test(no_truncation_does_harm),
        cmocka_unit_test(frames),
        cmocka_unit_test(messages_come_whole_however_they_arrive),
        cmocka_unit_test(a_reassembler_holds_no_more_than_its_limit),
        cmocka_unit_test(names),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
