// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors

// What the fuzzers found and began with, and beginnings of it, through the oracles.
#include <filesystem>

#include "cmocka.hpp"
#include "fuzz/oracle.hpp"
#include "fuzz/seeds.hpp"
#include "golden.hpp"

using namespace preflight;

namespace {

namespace fs = std::filesystem;
using Input = std::vector<std::uint8_t>;

/// What the fuzzers left in the tree, for one oracle.
std::vector<Input> corpus_of(std::string_view name) {
    std::vector<Input> inputs;
    std::error_code error;
    const fs::path folder = fs::path("tests/fuzz/corpus") / name;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        const std::string text = test::read_file(at->path().string());
        inputs.emplace_back(text.begin(), text.end());
    }
    return inputs;
}

/// Whether nothing is wrong with the answer to `bytes`. They are a block of their own, so that a
/// sanitizer sees a read beyond its end.
bool is_well(const fuzz::NamedOracle& named, fuzz::Bytes bytes) {
    const Input copy(bytes.begin(), bytes.end());
    const std::string fault = named.oracle(copy);
    if (!fault.empty())
        std::fprintf(stderr, "%.*s: %s\n", static_cast<int>(named.name.size()), named.name.data(),
                     fault.c_str());
    return fault.empty();
}

bool are_well(const fuzz::NamedOracle& named, const std::vector<Input>& inputs) {
    bool well = is_well(named, {});
    for (const Input& input : inputs) {
        well &= is_well(named, input);
        well &= is_well(named, fuzz::Bytes(input).first(input.size() / 2));
    }
    return well;
}

void seeds_do_no_harm(void**) {
    for (const auto& named : fuzz::all_oracles()) {
        const auto seeds = fuzz::seeds_of(named.name);
        assert_true(!seeds.empty());
        assert_true(are_well(named, seeds));
    }
}

void what_the_fuzzers_found_does_no_harm(void**) {
    std::size_t total = 0;
    for (const auto& named : fuzz::all_oracles()) {
        const auto corpus = corpus_of(named.name);
        total += corpus.size();
        assert_true(are_well(named, corpus));
    }
    assert_true(total > 100);
}

void an_oracle_sees_a_bad_text(void**) {
    assert_true(fuzz::fault_of_text("Löwe").empty());
    assert_true(!fuzz::fault_of_text("a\x1b[31m").empty());
    assert_true(!fuzz::fault_of_text("\xc0\xaf").empty());
    assert_true(!fuzz::fault_of_text("\xe2\x82").empty());
    assert_true(!fuzz::fault_of_text("12345", 4).empty());
    assert_true(fuzz::oracle_named("recorder") != nullptr);
    assert_true(fuzz::oracle_named("nothing") == nullptr);
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(seeds_do_no_harm),
        cmocka_unit_test(what_the_fuzzers_found_does_no_harm),
        cmocka_unit_test(an_oracle_sees_a_bad_text),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
