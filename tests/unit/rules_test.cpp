// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "diagnose/rules.hpp"

#include <cstdio>

#include "cmocka.hpp"
#include "diagnose/load.hpp"
#include "golden.hpp"

using namespace preflight;
using preflight::test::fail_with;

namespace {

/// Facts with something of every type: text, number, flag, texts, a list of groups.
Facts sample() {
    Facts facts;
    facts.stage = "tls";
    facts.target.host = "win-srv01";
    facts.dns.name = "win-srv01";
    facts.tls.alert.name = "protocol_version";
    facts.tls.alert.code = 70;
    facts.tls.established = false;
    facts.negotiation.requested = {"SSL", "HYBRID"};
    facts.dns.addresses.resize(2);
    facts.dns.addresses[0].address = "10.0.0.5";
    facts.dns.addresses[0].connected = false;
    facts.dns.addresses[1].address = "10.0.0.6";
    facts.dns.addresses[1].connected = true;
    return facts;
}

/// Whether the entry with this `when` matches the sample.
bool matches(const std::string& when) {
    Model model;
    std::vector<std::string> problems;
    const std::string file = "test.toml";
    load_entries("[x]\nwhen = " + when + "\n", {model, problems, &file});
    for (const auto& problem : problems) std::fprintf(stderr, "%s\n", problem.c_str());
    assert_true(problems.empty());
    return first_match(model.entries.at(0).when, FactView(sample())) != nullptr;
}

struct Case {
    const char* when;
    bool expected;
};

void check(const std::vector<Case>& cases) {
    for (const auto& [when, expected] : cases) {
        if (matches(when) != expected)
            fail_with(std::string(when) + (expected ? " should hold" : " should not hold"));
    }
}

void equality(void**) {
    check({{R"({ "tls.alert.name" = "protocol_version" })", true},
           {R"({ "tls.alert.name" = "handshake_failure" })", false},
           {R"({ "tls.alert.name" = ["handshake_failure", "protocol_version"] })", true},
           {R"({ "tls.alert.code" = 70 })", true},
           {R"({ "tls.alert.code" = [40, 71] })", false},
           {R"({ "tls.established" = false })", true},
           {R"({ "tls.established" = true })", false},
           {R"({ "tls.alert.code" = "70" })", false},
           {R"({ "tls.alert.name" = { is = "protocol_version", not = "x" } })", true}});
}

void lists_match_when_they_contain_the_value(void**) {
    check({{R"({ "negotiation.requested" = "HYBRID" })", true},
           {R"({ "negotiation.requested" = ["RDSTLS", "SSL"] })", true},
           {R"({ "negotiation.requested" = "RDSTLS" })", false},
           {R"({ "negotiation.requested" = { not = "HYBRID" } })", false},
           {R"({ "negotiation.requested" = { not = "RDSTLS" } })", true},
           {R"({ "negotiation.requested" = { contains = "BRI" } })", true}});
}

void lists_of_groups_count_and_collect(void**) {
    check({{R"({ "dns.addresses" = 2 })", true},
           {R"({ "dns.addresses" = { above = 1 } })", true},
           {R"({ "dns.addresses[].address" = "10.0.0.6" })", true},
           {R"({ "dns.addresses[].address" = "10.0.0.7" })", false},
           {R"({ "dns.addresses[].connected" = true })", true},
           {R"({ "dns.addresses[].connected" = 1 })", false}});
}

void bounds(void**) {
    check({{R"({ "tls.alert.code" = { above = 69 } })", true},
           {R"({ "tls.alert.code" = { above = 70 } })", false},
           {R"({ "tls.alert.code" = { below = 71 } })", true},
           {R"({ "tls.alert.code" = { below = 70 } })", false},
           {R"({ "tls.alert.code" = { above = 40, below = 80 } })", true},
           {R"({ "tls.alert.name" = { above = 0 } })", false},
           {R"({ "tls.security_level" = { below = 3 } })", false}});
}

void texts_contain(void**) {
    check({{R"({ "tls.alert.name" = { contains = "version" } })", true},
           {R"({ "tls.alert.name" = { contains = "Version" } })", false},
           {R"({ "tls.sni" = { contains = "" } })", false}});
}

void what_was_not_observed(void**) {
    check({{R"({ "tls.sni" = "x" })", false},
           {R"({ "tls.sni" = { not = "x" } })", true},
           {R"({ "tls.sni" = { known = false } })", true},
           {R"({ "tls.sni" = { known = true } })", false},
           {R"({ "tls.alert.name" = { known = true } })", true},
           {R"({ "tls.alert.name" = { known = false } })", false},
           {R"({ "tls.sni" = { not = "x", known = true } })", false},
           {R"({ "tls.alert.name" = { not = ["handshake_failure", "x"] } })", true},
           {R"({ "tls.alert.name" = { not = ["protocol_version", "x"] } })", false}});
}

void facts_compared_with_facts(void**) {
    check({{R"({ "target.host" = { same-as = "dns.name" } })", true},
           {R"({ "target.host" = { differs-from = "dns.name" } })", false},
           {R"({ "target.host" = { differs-from = "tls.alert.name" } })", true},
           {R"({ "target.host" = { same-as = "tls.sni" } })", false},
           {R"({ "target.host" = { differs-from = "tls.sni" } })", false},
           {R"({ "tls.sni" = { differs-from = "target.host" } })", false}});
}

void all_of_a_table_and_any_of_an_array(void**) {
    check({{R"({ "stage" = "tls", "tls.alert.code" = 70 })", true},
           {R"({ "stage" = "tls", "tls.alert.code" = 71 })", false},
           {R"([{ "stage" = "tcp" }, { "tls.alert.code" = 70 }])", true},
           {R"([{ "stage" = "tcp" }, { "tls.alert.code" = 71 }])", false}});
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(equality),
        cmocka_unit_test(lists_match_when_they_contain_the_value),
        cmocka_unit_test(lists_of_groups_count_and_collect),
        cmocka_unit_test(bounds),
        cmocka_unit_test(texts_contain),
        cmocka_unit_test(what_was_not_observed),
        cmocka_unit_test(facts_compared_with_facts),
        cmocka_unit_test(all_of_a_table_and_any_of_an_array),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
