// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cmocka.hpp"
#include "pdu_samples.hpp"
#include "wire/der.hpp"
#include "wire/per.hpp"
#include "wire/utf16.hpp"

using namespace preflight::test;
namespace wire = preflight::wire;
namespace der = preflight::wire::der;
using wire::Frame;
using wire::Reader;

namespace {

void an_element_ends_at_its_length(void**) {
    const Octets bytes = hex("0403 010203 ff");
    Reader reader(bytes);
    Reader contents;
    assert_true(der::read(reader, der::octet_string, contents));
    assert_int_equal(contents.size(), 3);
    assert_int_equal(reader.size(), 1);
}

void another_tag_is_left_alone(void**) {
    const Octets bytes = hex("0403010203");
    Reader reader(bytes);
    Reader contents;
    assert_false(der::read(reader, der::sequence, contents));
    assert_int_equal(reader.size(), bytes.size());
}

void lengths_that_cannot_be(void**) {
    // longer than the input; indefinite; five length octets; tag of several octets; nothing behind
    for (const char* text : {"0404010203", "3080 0000", "0485 0000000001 00", "1f8101 00", "30"}) {
        const Octets bytes = hex(text);
        Reader reader(bytes);
        std::uint8_t tag = 0;
        Reader contents;
        assert_false(der::read_any(reader, tag, contents));
        assert_int_equal(reader.size(), bytes.size());
    }
}

void numbers_are_signed_and_bounded(void**) {
    const struct {
        const char* bytes;
        bool good;
        std::int64_t value;
    } cases[] = {
        {"020106", true, 6},
        {"0204c000006d", true, -1073741715},
        {"020500c000006d", true, 0xc000006d},
        {"02087fffffffffffffff", true, INT64_MAX},
        {"0209000000000000000001", false, 0},
        {"0200", false, 0},
    };
    for (const auto& c : cases) {
        const Octets bytes = hex(c.bytes);
        Reader reader(bytes);
        std::int64_t value = 0;
        assert_int_equal(der::read_number(reader, der::integer, value), c.good);
        assert_true(value == c.value);
    }
}

void object_identifiers(void**) {
    assert_string_equal(der::dotted(Reader(hex("2b0601050502"))).c_str(), "1.3.6.1.5.5.2");
    const Octets kerberos = hex("2a864886f712010202");
    assert_string_equal(der::dotted(Reader(kerberos)).c_str(), "1.2.840.113554.1.2.2");
    const Octets joint = hex("883703");
    assert_string_equal(der::dotted(Reader(joint)).c_str(), "2.999.3");
    for (const Octets& broken : {hex(""), hex("2b86"), hex("2b868686868686"), Octets(65, 0x2b)})
        assert_string_equal(der::dotted(Reader(broken)).c_str(), "");
}

void a_sequence_tells_its_frame(void**) {
    const auto state = [](const char* text) { return der::sequence_frame(hex(text)).state; };
    assert_true(state("") == Frame::State::unknown);
    assert_true(state("30") == Frame::State::unknown);
    assert_true(state("3082") == Frame::State::unknown);
    assert_true(state("308201") == Frame::State::unknown);
    assert_true(state("3080") == Frame::State::broken);
    assert_true(state("3085") == Frame::State::broken);
    assert_true(state("0300") == Frame::State::broken);
    assert_int_equal(der::sequence_frame(hex("30820102a0")).length, 0x102 + 4);
    assert_int_equal(der::sequence_frame(hex("300d")).length, 15);
}

void per_lengths(void**) {
    const struct {
        const char* bytes;
        bool good;
        std::size_t length;
    } cases[] = {{"14", true, 0x14}, {"8114", true, 0x114}, {"bfff", true, 0x3fff},
                 {"c001", false, 0}, {"81", false, 0},      {"", false, 0}};
    for (const auto& c : cases) {
        const Octets bytes = hex(c.bytes);
        Reader reader(bytes);
        std::size_t length = 0;
        assert_int_equal(wire::per::read_length(reader, length), c.good);
        assert_int_equal(length, c.length);
        assert_int_equal(reader.size(), c.good ? 0 : bytes.size());
    }
}

void utf16_becomes_printable(void**) {
    const struct {
        Octets bytes;
        const char* text;
    } cases[] = {
        {utf16("DC01"), "DC01"},
        {joined({utf16("DC01"), {0, 0}, utf16("rest")}), "DC01"},
        {hex("fc00 ac20"), "ü€"},
        {hex("3dd8 00de"), "\U0001F600"},
        {hex("3dd8 4100"),
         "\uFFFD"
         "A"},
        {hex("00de"), "\uFFFD"},
        {hex("1b00 5b00"), "\\x1b["},
        {hex("4100 42"), "A"},
        {{}, ""},
    };
    for (const auto& c : cases) assert_string_equal(wire::printable_utf16(c.bytes).c_str(), c.text);
    assert_string_equal(wire::printable_utf16(utf16("abcdef"), 4).c_str(), "abcd…");
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(an_element_ends_at_its_length),
        cmocka_unit_test(another_tag_is_left_alone),
        cmocka_unit_test(lengths_that_cannot_be),
        cmocka_unit_test(numbers_are_signed_and_bounded),
        cmocka_unit_test(object_identifiers),
        cmocka_unit_test(a_sequence_tells_its_frame),
        cmocka_unit_test(per_lengths),
        cmocka_unit_test(utf16_becomes_printable),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
