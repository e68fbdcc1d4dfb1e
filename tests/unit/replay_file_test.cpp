// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <pcap/dlt.h>
#include <tins/dot1q.h>
#include <tins/ethernetII.h>
#include <tins/ip.h>
#include <tins/ipv6.h>
#include <tins/rawpdu.h>
#include <tins/tcp.h>

#include "cmocka.hpp"
#include "diagnose/catalogue.hpp"
#include "golden.hpp"
#include "pdu_samples.hpp"
#include "replay/capture_file.hpp"
#include "replay/packet.hpp"
#include "replay/replayer.hpp"

using namespace preflight;
using namespace preflight::test;

namespace {

const std::string folder = "tests/data/captures/";

struct Expected {
    const char* file;
    const char* outcome;  ///< of the last try; "" where there is none
    const char* stage;
    const char* id;
    std::int64_t requested;  ///< requestedProtocols; -1: no RDP_NEG_REQ in it
    std::int64_t selected;   ///< selectedProtocol; -1: none
};

/// Real captures; tests/data/README.md says what happens in each.
constexpr Expected captures[] = {
    {"no-negreq-server-rst", "failed", "negotiation", "reset-after-x224-request", 0, -1},
    {"nonwindows-rst-after-cr", "failed", "negotiation", "reset-after-x224-request", 3, -1},
    {"nonwindows-silent-after-cr", "failed", "negotiation", "server-silent", 3, -1},
    {"rdp-invalid-length", "", "", "", 0, -1},
    {"rdp-no-cookie-mstshash", "failed", "certificate", "capture-certificate-refused", 11, 8},
    {"rdp-proprietary-begin", "unclear", "licensing", "capture-ends-early", 0, 0},
    {"rdp-to-ssl-first", "failed", "authentication", "capture-sign-in-left", 3, 2},
    {"rdp-unknown-keyboard", "unclear", "mcs", "capture-ends-early", 0, 0},
    {"rdp-x509", "unclear", "mcs", "capture-ends-early", 0, 0},
    {"syn-no-answer", "failed", "tcp", "tcp-timeout", -1, -1},
    {"vista2008-nla-fail-tls10-rsa-alert", "failed", "authentication", "capture-sign-in-ended", 2,
     2},
    {"win10-nla-fail-tls10-alert", "failed", "authentication", "capture-sign-in-ended", 3, 2},
    {"win10-server-idle-rst-after-cc", "failed", "negotiation", "capture-client-silent", 2, 2},
    {"win2012-nla-fail-tls10-alert", "failed", "authentication", "capture-sign-in-ended", 3, 2},
    {"win7-client-fin-after-cc", "failed", "negotiation", "capture-client-left", 2, 2},
};

std::FILE* open_file(const std::string& path) {
    std::FILE* const stream = std::fopen(path.c_str(), "rb");
    if (!stream) fail_with(path + " cannot be read");
    return stream;
}

std::vector<replay::Try> tries_of(replay::CaptureFile capture) {
    std::vector<replay::Try> tries;
    replay::Replayer replayer({}, [&](replay::Try&& attempt) { tries.push_back(attempt); });
    replay::Segment segment;
    while (capture.next(segment)) replayer.take(segment);
    replayer.finish(capture.last());
    return tries;
}

bool is_as_expected(const Expected& expected, const Catalogue& catalogue) {
    const auto tries = tries_of(replay::CaptureFile(open_file(folder + expected.file + ".pcap")));
    if (tries.empty()) return expected.outcome[0] == '\0';
    const Facts& facts = tries.back().facts;
    const std::string id = catalogue.explain(facts).cause.id;
    const bool good = facts.outcome == expected.outcome && facts.stage == expected.stage &&
                      id == expected.id &&
                      facts.negotiation.requested_bits.value_or(-1) == expected.requested &&
                      facts.negotiation.selected_bits.value_or(-1) == expected.selected;
    if (!good)
        std::fprintf(stderr, "%s: %s, %s, %s, requested %lld, selected %lld\n", expected.file,
                     facts.outcome->c_str(), facts.stage->c_str(), id.c_str(),
                     static_cast<long long>(facts.negotiation.requested_bits.value_or(-1)),
                     static_cast<long long>(facts.negotiation.selected_bits.value_or(-1)));
    return good;
}

void every_capture_comes_to_its_report(void**) {
    const Catalogue catalogue = Catalogue::builtin();
    bool good = true;
    for (const auto& expected : captures) good &= is_as_expected(expected, catalogue);
    assert_true(good);
    assert_int_equal(files_in(folder, ".pcap").size(), std::size(captures));
}

/// A file in memory, cut off after `size` bytes.
std::FILE* beginning(std::string& file, std::size_t size) {
    return fmemopen(file.data(), size, "rb");
}

void a_cut_capture_is_read_until_there(void**) {
    std::string file = read_file(folder + "win7-client-fin-after-cc.pcap");
    const auto whole = tries_of(replay::CaptureFile(beginning(file, file.size())));
    assert_int_equal(whole.size(), 1);
    for (std::size_t size = 1; size < file.size(); ++size) {
        replay::CaptureFile capture(beginning(file, size));
        if (size < 24) assert_false(capture.opened());
        assert_true(tries_of(std::move(capture)).size() <= 1);
    }
}

void a_hostile_capture_does_no_harm(void**) {
    std::string file = read_file(folder + "win7-client-fin-after-cc.pcap");
    for (std::size_t at = 0; at < file.size(); ++at) {
        for (const char value : {'\0', '\x7f', '\xff'}) {
            std::string changed = file;
            changed[at] = value;
            assert_true(tries_of(replay::CaptureFile(beginning(changed, changed.size()))).size() <=
                        8);
        }
    }
}

void what_is_no_capture_is_said(void**) {
    std::string text = "This is a text, and longer than the header of a capture file.";
    const replay::CaptureFile capture(beginning(text, text.size()));
    assert_false(capture.opened());
    assert_true(!capture.problem().empty());
    // Bluetooth is none of our business.
    std::string bluetooth = read_file(folder + "syn-no-answer.pcap");
    bluetooth[20] = static_cast<char>(DLT_BLUETOOTH_HCI_H4);
    const replay::CaptureFile other(beginning(bluetooth, bluetooth.size()));
    assert_true(!other.opened() && other.problem().find("BLUETOOTH") != std::string::npos);
}

Tins::TCP segment() {
    Tins::TCP tcp(3389, 50000);
    tcp.seq(7);
    tcp.set_flag(Tins::TCP::ACK, 1);
    return tcp / Tins::RawPDU("hello");
}

/// Whether `packet` holds that segment.
bool is_read(int link_type, const Octets& packet, bool ipv6 = false) {
    replay::PacketReader reader;
    replay::Segment read;
    if (!replay::PacketReader::knows(link_type) || !reader.read(link_type, packet, read))
        return false;
    return read.destination.port == 3389 && read.source.port == 50000 && read.sequence == 7 &&
           read.ack && !read.syn && read.payload.size() == 5 && read.cut == 0 &&
           read.source.ipv6 == ipv6 &&
           read.source.address_text() == (ipv6 ? "2001:db8::9" : "10.0.0.9");
}

void whatever_it_travelled_in_it_is_read(void**) {
    using namespace Tins;
    const IP four = IP("10.0.0.5", "10.0.0.9") / segment();
    const IPv6 six = IPv6("2001:db8::5", "2001:db8::9") / segment();
    const Octets plain = IP(four).serialize();
    const Octets plain6 = IPv6(six).serialize();
    EthernetII ethernet = EthernetII() / four;
    EthernetII tagged = EthernetII() / Dot1Q(7) / Dot1Q(8) / six;
    assert_true(is_read(DLT_EN10MB, ethernet.serialize()));
    assert_true(is_read(DLT_EN10MB, tagged.serialize(), true));
    assert_true(is_read(DLT_RAW, plain));
    assert_true(is_read(DLT_RAW, plain6, true));
    assert_true(is_read(DLT_NULL, joined({hex("02000000"), plain})));
    assert_true(is_read(DLT_LOOP, joined({hex("0000001e"), plain6}), true));
    const Octets cooked = hex("0000 0001 0006 0200 0000 0001 0000 0800");
    assert_true(is_read(DLT_LINUX_SLL, joined({cooked, plain})));
    const Octets cooked2 = hex("0800 0000 00000002 0001 00 06 020000000001 0000");
    assert_true(is_read(276, joined({cooked2, plain})));
    assert_false(is_read(DLT_BLUETOOTH_HCI_H4, plain));
}

void what_was_cut_off_is_counted(void**) {
    using namespace Tins;
    IP four = IP("10.0.0.5", "10.0.0.9") / segment();
    Octets packet = four.serialize();
    packet.resize(packet.size() - 3);
    replay::PacketReader reader;
    replay::Segment read;
    assert_true(reader.read(DLT_RAW, packet, read));
    assert_int_equal(read.payload.size(), 2);
    assert_int_equal(read.cut, 3);
    assert_false(reader.read(DLT_RAW, hex("45000014"), read));
    assert_int_equal(reader.damaged(), 1);
}

void fragments_are_put_together(void**) {
    using namespace Tins;
    IP whole = IP("10.0.0.5", "10.0.0.9") / segment();
    whole.id(77);
    const Octets bytes = whole.serialize();
    const Octets body(bytes.begin() + 20, bytes.end());
    const auto fragment = [&](std::size_t from, std::size_t to, bool more) {
        IP part("10.0.0.5", "10.0.0.9");
        part.id(77);
        part.protocol(6);
        part.fragment_offset(static_cast<std::uint16_t>(from / 8));
        if (more) part.flags(IP::MORE_FRAGMENTS);
        Octets packet = part.serialize();
        packet.resize(20);
        const Octets piece(body.begin() + static_cast<std::ptrdiff_t>(from),
                           body.begin() + static_cast<std::ptrdiff_t>(to));
        packet = joined({packet, piece});
        packet[3] = static_cast<std::uint8_t>(packet.size());
        packet[9] = 6;
        return packet;
    };
    replay::PacketReader reader;
    replay::Segment read;
    assert_false(reader.read(DLT_RAW, fragment(0, 16, true), read));
    assert_true(reader.read(DLT_RAW, fragment(16, body.size(), false), read));
    assert_int_equal(read.destination.port, 3389);
    assert_int_equal(read.payload.size(), 5);
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(every_capture_comes_to_its_report),
        cmocka_unit_test(a_cut_capture_is_read_until_there),
        cmocka_unit_test(a_hostile_capture_does_no_harm),
        cmocka_unit_test(what_is_no_capture_is_said),
        cmocka_unit_test(whatever_it_travelled_in_it_is_read),
        cmocka_unit_test(what_was_cut_off_is_counted),
        cmocka_unit_test(fragments_are_put_together),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
