// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cmocka.hpp"

#include <algorithm>
#include <set>

#include "facts/json.hpp"
#include "facts/stage.hpp"

using namespace preflight;

namespace {

Json whole() {
    return Json::parse(R"({
        "schema": 1, "outcome": "failed", "stage": "tls", "reached": ["dns", "tcp"],
        "target": {"host": "h", "port": 3389, "is_address": false},
        "tls": {"started": true, "client": {"versions": ["TLS 1.2", "TLS 1.3"]},
                "alert": {"code": 70, "name": "protocol_version"}},
        "certificate": {"days_left": -12, "chain": [{"subject": "CN=a"}, {"subject": "CN=b"}]},
        "attempts": [{"number": 1, "negotiation": {"requested": ["SSL"]}}],
        "events": [{"ms": 3, "direction": "sent", "what": "ClientHello"}]
    })");
}

void what_is_read_is_written_again(void**) {
    std::vector<std::string> unknown;
    const Facts facts = facts_from_json(whole(), &unknown);
    assert_true(unknown.empty());
    assert_int_equal(*facts.tls.alert.code, 70);
    assert_int_equal(*facts.certificate.days_left, -12);
    assert_int_equal(facts.certificate.chain.size(), 2);
    assert_true(to_json(facts) == whole());
}

void what_was_not_observed_is_absent(void**) {
    assert_true(to_json(Facts{}).empty());
    assert_false(facts_from_json(Json::object()).tls.started.has_value());
}

/// Each wrong value alone: its fact stays unset and is named.
void a_wrong_type_leaves_the_fact_unset(void**) {
    const struct {
        const char* json;
        const char* name;
    } cases[] = {
        {R"({"schema": "1"})", "schema"},
        {R"({"schema": 1.5})", "schema"},
        {R"({"schema": true})", "schema"},
        {R"({"schema": null})", "schema"},
        {R"({"schema": 18446744073709551615})", "schema"},
        {R"({"outcome": 1})", "outcome"},
        {R"({"outcome": null})", "outcome"},
        {R"({"reached": "dns"})", "reached"},
        {R"({"reached": {"a": 1}})", "reached"},
        {R"({"reached": [1]})", "reached[]"},
        {R"({"tls": []})", "tls"},
        {R"({"tls": {"started": 1}})", "tls.started"},
        {R"({"tls": {"alert": "x"}})", "tls.alert"},
        {R"({"tls": {"alert": {"code": "70"}}})", "tls.alert.code"},
        {R"({"attempts": {}})", "attempts"},
        {R"({"attempts": [7]})", "attempts[]"},
        {R"({"nonsense": 1})", "nonsense"},
        {R"([1, 2])", ""},
        {R"(7)", ""},
    };
    for (const auto& [json, name] : cases) {
        std::vector<std::string> unknown;
        const Facts facts = facts_from_json(Json::parse(json), &unknown);
        assert_int_equal(unknown.size(), 1);
        assert_string_equal(unknown[0].c_str(), name);
        assert_true(to_json(facts).empty());
    }
}

void the_good_values_beside_a_wrong_one_are_kept(void**) {
    const Facts facts = facts_from_json(Json::parse(
        R"({"reached": ["dns", 5, "tcp"], "tls": {"started": 1, "sni": "h"},
            "attempts": [3, {}]})"));
    assert_true(facts.reached == (Texts{"dns", "tcp"}));
    assert_false(facts.tls.started.has_value());
    assert_string_equal(facts.tls.sni->c_str(), "h");
    assert_int_equal(facts.attempts.size(), 1);
    assert_int_equal(*facts_from_json(Json::parse(R"({"schema": 9223372036854775807})")).schema,
                     INT64_MAX);
}

void every_fact_has_one_name(void**) {
    std::set<std::string> paths;
    for (const auto& name : all_fact_names()) {
        assert_true(paths.insert(name.path).second);
        assert_false(name.meaning.empty());
    }
    assert_string_equal(find_fact_name("tls.alert.code")->type.c_str(), "number");
    assert_string_equal(find_fact_name("tls.alert")->type.c_str(), "group");
    assert_string_equal(find_fact_name("reached")->type.c_str(), "texts");
    assert_string_equal(find_fact_name("certificate.chain")->type.c_str(), "list");
    assert_string_equal(find_fact_name("certificate.chain[].subject")->type.c_str(), "text");
    assert_string_equal(find_fact_name("tls.started")->type.c_str(), "flag");
    assert_null(find_fact_name("tls.nonsense"));
}

void stages_have_names(void**) {
    for (const auto name : stage_names)
        assert_string_equal(name_of(*stage_named(name)).data(), name.data());
    assert_false(stage_named("x224").has_value());
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(what_is_read_is_written_again),
        cmocka_unit_test(what_was_not_observed_is_absent),
        cmocka_unit_test(a_wrong_type_leaves_the_fact_unset),
        cmocka_unit_test(the_good_values_beside_a_wrong_one_are_kept),
        cmocka_unit_test(every_fact_has_one_name),
        cmocka_unit_test(stages_have_names),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
