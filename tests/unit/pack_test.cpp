// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "diagnose/pack.hpp"

#include <cstdint>

#include "cmocka.hpp"
#include "diagnose/compress.hpp"
#include "diagnose/load.hpp"
#include "golden.hpp"

using namespace preflight;
using preflight::test::read_file;

namespace {

const std::string file = "catalog/tls.toml";

/// A model with every kind of member.
Model sample() {
    Model model;
    std::vector<std::string> problems;
    static const std::string name = file;
    load_entries(read_file("catalog/tls.toml"), {model, problems, &name});
    load_actions(read_file("catalog/actions.toml"), {model, problems, &name});
    load_codes(read_file("catalog/codes/x509.toml"), "x509", {model, problems, &name});
    assert_true(problems.empty());
    return model;
}

void what_is_packed_comes_out_again(void**) {
    const std::string packed = pack(sample());
    Model model;
    std::deque<std::string> files;
    const PackedCodes codes = unpack(packed, model, files);
    for (const auto& [name, table] : codes) model.codes[name] = unpack_codes(table, files);
    assert_int_equal(model.entries.size(), sample().entries.size());
    assert_string_equal(model.entries.front().id.c_str(), sample().entries.front().id.c_str());
    assert_string_equal(model.entries.front().place.file->c_str(), file.c_str());
    assert_int_equal(model.entries.front().place.line, sample().entries.front().place.line);
    assert_int_equal(model.codes["x509"].size(), sample().codes["x509"].size());
    // Packed once more it is the same to the byte, so nothing was lost.
    assert_true(pack(model) == packed);
}

void torn_packs_are_harmless(void**) {
    const std::string packed = pack(sample());
    for (std::size_t length = 0; length < packed.size(); length += 97) {
        Model model;
        std::deque<std::string> files;
        unpack(packed.substr(0, length), model, files);
        assert_true(model.entries.size() <= packed.size());
    }
}

std::string noise(std::size_t size, unsigned letters) {
    std::string text;
    std::uint32_t state = 1;
    for (std::size_t i = 0; i < size; ++i) {
        state = state * 1664525 + 1013904223;
        text += static_cast<char>('a' + (state >> 24) % letters);
    }
    return text;
}

void what_is_compressed_comes_out_again(void**) {
    const std::string texts[] = {"",
                                 "a",
                                 "hello",
                                 "hello hello hello hello",
                                 std::string(100000, 'x'),
                                 noise(100000, 2),
                                 noise(100000, 26),
                                 noise(300, 255) + std::string(300, 'y') + noise(300, 255),
                                 pack(sample())};
    for (const auto& text : texts) assert_true(decompress(compress(text), text.size()) == text);
    assert_true(compress(pack(sample())).size() < pack(sample()).size() * 6 / 10);
}

/// As LZ4_compress_default of liblz4 1.9.4 makes it.
void a_block_of_lz4s_own(void**) {
    const std::string_view block(
        "\xbfpreflight, \x0b\x00\x19\xf0\x02"
        "and the end of it",
        34);
    assert_string_equal(decompress(block, 72).c_str(),
                        "preflight, preflight, preflight, preflight, preflight, and the end of it");
}

void torn_blocks_are_harmless(void**) {
    const std::string text = pack(sample());
    const std::string block = compress(text);
    for (std::size_t length = 0; length < block.size(); length += 61)
        assert_true(decompress(block.substr(0, length), text.size()).size() <= text.size());
    for (unsigned seed = 1; seed < 200; ++seed)
        assert_true(decompress(noise(seed * 7, 255), 1000).size() <= 1000);
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(what_is_packed_comes_out_again),
        cmocka_unit_test(torn_packs_are_harmless),
        cmocka_unit_test(what_is_compressed_comes_out_again),
        cmocka_unit_test(a_block_of_lz4s_own),
        cmocka_unit_test(torn_blocks_are_harmless),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
