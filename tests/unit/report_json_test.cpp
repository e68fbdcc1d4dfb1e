// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <cstdio>

#include "cmocka.hpp"
#include "diagnose/catalogue.hpp"
#include "facts/json.hpp"
#include "golden.hpp"
#include "report/report.hpp"
#include "schema.hpp"

using namespace preflight;
using namespace preflight::test;

namespace {

Json schema() { return Json::parse(read_file("docs/report.schema.json")); }

Json rendered(const Explanation& explanation, const Facts& facts) {
    const Json json = Json::parse(render_json(explanation, facts), nullptr, false);
    assert_true(json.is_object());
    return json;
}

bool valid(const Json& json, const std::string& name) {
    const auto problems = schema_problems(json, schema());
    for (const auto& problem : problems)
        std::fprintf(stderr, "%s: %s\n", name.c_str(), problem.c_str());
    return problems.empty();
}

void every_example_is_valid(void**) {
    const Catalogue catalogue = Catalogue::builtin();
    bool good = true;
    for (const auto& path : files_in("catalog/examples", ".json")) {
        const Facts facts = facts_from_json(Json::parse(read_file(path)));
        const Json json = rendered(catalogue.explain(facts), facts);
        good &= valid(json, path);
        good &= json["facts"] == to_json(facts);
    }
    assert_true(good);
}

void it_says_what_the_text_says(void**) {
    Facts facts;
    facts.outcome = "failed";
    facts.stage = "tls";
    Explanation explanation;
    explanation.cause.id = "a";
    explanation.cause.stage = "tls";
    explanation.cause.title = "T";
    explanation.cause.why = "W";
    explanation.cause.confidence = Confidence::likely;
    explanation.cause.evidence = {"E"};
    explanation.cause.fixes = {{"you", "unsafe", "F", "sh", {"one", "two"}, "S"},
                               {"you", "lasting", "G", "", {}, ""}};
    explanation.cause.mstsc = {"0x904"};
    explanation.cause.sources = {"U"};
    explanation.also.resize(1);
    explanation.also[0].id = "b";
    explanation.also[0].stage = "dns";
    const Json json = rendered(explanation, facts);
    const Json expected = Json::parse(R"({
        "id": "a", "stage": "tls", "title": "T", "why": "W", "confidence": "likely",
        "evidence": ["E"],
        "fixes": [{"who": "you", "kind": "unsafe", "text": "F", "shell": "sh",
                   "command": "one\ntwo", "source": "S"},
                  {"who": "you", "kind": "lasting", "text": "G"}],
        "mstsc": ["0x904"], "sources": ["U"]})");
    assert_true(json["diagnosis"] == expected);
    assert_int_equal(json["schema"].get<int>(), 1);
    assert_string_equal(json["outcome"].get<std::string>().c_str(), "failed");
    assert_string_equal(json["stage"].get<std::string>().c_str(), "tls");
    assert_string_equal(json["also"][0]["id"].get<std::string>().c_str(), "b");
    assert_true(valid(json, "sample"));
}

void nothing_known_is_valid(void**) {
    const Explanation explanation = Catalogue::builtin().explain(Facts());
    assert_true(valid(rendered(explanation, Facts()), "no facts"));
}

void bytes_that_are_no_utf8_stay_valid_json(void**) {
    Facts facts;
    facts.target.host = "\xff\xfe\x1b";
    Explanation explanation = Catalogue::builtin().explain(facts);
    explanation.cause.title = "\xc3";
    rendered(explanation, facts);
}

void the_check_itself_finds_faults(void**) {
    Json json = rendered(Catalogue::builtin().explain(Facts()), Facts());
    json["facts"]["nonsense"] = 1;
    json["facts"]["stage"] = 5;
    json["diagnosis"].erase("title");
    json["diagnosis"]["id"] = "No Id";
    json["schema"] = 2;
    assert_int_equal(schema_problems(json, schema()).size(), 5);
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(every_example_is_valid),
        cmocka_unit_test(it_says_what_the_text_says),
        cmocka_unit_test(nothing_known_is_valid),
        cmocka_unit_test(bytes_that_are_no_utf8_stay_valid_json),
        cmocka_unit_test(the_check_itself_finds_faults),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
