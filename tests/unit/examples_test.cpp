// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors

// Every example of the catalogue: it must lead to its entry, and reads as in tests/snapshots.
#include <algorithm>
#include <filesystem>
#include <set>

#include "cmocka.hpp"
#include "diagnose/catalogue.hpp"
#include "facts/json.hpp"
#include "golden.hpp"
#include "report/report.hpp"

using namespace preflight;
using namespace preflight::test;

namespace {

const std::string examples = "catalog/examples";
const std::string snapshots = "tests/snapshots";

const Catalogue& catalogue() {
    static const Catalogue all = Catalogue::builtin();
    return all;
}

struct Example {
    std::string name;  ///< ID or ID.VARIANT
    std::string id;
    Facts facts;
    Explanation explanation;
};

Example load(const std::string& path) {
    std::vector<std::string> unknown;
    const Json json = Json::parse(read_file(path), nullptr, false);
    if (!json.is_object()) fail_with(path + " is no JSON object");
    Example example{stem(path), "", facts_from_json(json, &unknown), {}};
    for (const auto& name : unknown) fail_with(path + ": unknown fact or wrong type: " + name);
    example.id = example.name.substr(0, example.name.find('.'));
    example.explanation = catalogue().explain(example.facts);
    return example;
}

std::vector<Example> all_examples() {
    std::vector<Example> all;
    for (const auto& path : files_in(examples, ".json")) all.push_back(load(path));
    if (all.empty()) fail_with("no examples in " + examples);
    return all;
}

void the_catalogue_is_sound(void**) {
    const auto problems = catalogue().validate(examples);
    for (const auto& problem : problems) std::fprintf(stderr, "%s\n", problem.c_str());
    assert_true(problems.empty());
}

void every_entry_is_there(void**) {
    assert_true(catalogue().ids().size() > 50);
    const auto ids = catalogue().ids();
    assert_int_equal(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
}

/// An example leads to its entry; that of a notice, or of a mere possibility, has it under "also".
bool leads_to_its_id(const Example& example) {
    const auto& cause = example.explanation.cause;
    const auto& also = example.explanation.also;
    if (cause.id == example.id) return true;
    const auto noticed = std::find_if(also.begin(), also.end(),
                                      [&](const Diagnosis& each) { return each.id == example.id; });
    if (noticed != also.end() && (catalogue().role_of(example.id) == "notice" ||
                                  noticed->confidence == Confidence::possible))
        return true;
    std::fprintf(stderr, "%s leads to %s\n", example.name.c_str(), cause.id.c_str());
    return false;
}

void every_example_leads_to_its_entry(void**) {
    bool good = true;
    for (const auto& example : all_examples()) good &= leads_to_its_id(example);
    assert_true(good);
}

/// Usually the explanation speaks of the step that stopped. A proxy is to blame for a look-up or
/// connection of its own; and what a server says late, or after sending the client elsewhere, may
/// speak of the sign-in or the session.
bool may_speak_of(const std::string& step, const Facts& facts) {
    const std::string stopped = facts.stage.value_or("");
    if (step == stopped) return true;
    if (step == "proxy") return stopped == "dns" || stopped == "tcp";
    const bool late = stopped == "mcs" || stopped == "licensing" || stopped == "activation";
    return (step == "session" || step == "authentication") &&
           (late || facts.target.redirected.value_or(false));
}

void the_step_is_the_one_that_stopped(void**) {
    bool good = true;
    for (const auto& [name, id, facts, explanation] : all_examples()) {
        if (explanation.cause.id != id || may_speak_of(explanation.cause.stage, facts)) continue;
        std::fprintf(stderr, "%s: the facts stop at %s, the explanation speaks of %s\n",
                     name.c_str(), facts.stage.value_or("no step").c_str(),
                     explanation.cause.stage.c_str());
        good = false;
    }
    assert_true(good);
}

void no_text_names_what_nobody_saw(void**) {
    bool good = true;
    for (const auto& example : all_examples()) {
        const auto text = render_text(example.explanation, example.facts, {});
        if (text.find("(not known)") == std::string::npos) continue;
        std::fprintf(stderr, "%s: a title or 'why' names a fact that was not observed\n",
                     example.name.c_str());
        good = false;
    }
    assert_true(good);
}

void snapshots_are_as_they_were(void**) {
    bool good = true;
    std::set<std::string> expected;
    for (const auto& example : all_examples()) {
        const std::string path = snapshots + "/" + example.name + ".txt";
        expected.insert(path);
        good &= same_as_file(path, render_text(example.explanation, example.facts, {}));
    }
    for (const auto& path : files_in(snapshots, ".txt")) {
        if (expected.count(path)) continue;
        if (updating()) {
            std::filesystem::remove(path);
            continue;
        }
        std::fprintf(stderr, "%s belongs to no example\n", path.c_str());
        good = false;
    }
    assert_true(good);
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(the_catalogue_is_sound),
        cmocka_unit_test(every_entry_is_there),
        cmocka_unit_test(every_example_leads_to_its_entry),
        cmocka_unit_test(the_step_is_the_one_that_stopped),
        cmocka_unit_test(no_text_names_what_nobody_saw),
        cmocka_unit_test(snapshots_are_as_they_were),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
