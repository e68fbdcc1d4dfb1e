// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <stdlib.h>

#include "channel/check_first.hpp"
#include "cmocka.hpp"

using namespace preflight;

namespace {

CheckResult verdict(const char* verdict) {
    CheckResult result{};
    result.facts.check.verdict = verdict;
    result.explanation.cause.id = "tcp-refused";
    result.explanation.cause.title = "Nothing accepts connections.";
    result.facts.certificate.not_after = "2026-12-01T10:00:00Z";
    return result;
}

void what_would_stop_the_client(void**) {
    const Texts lines = findings(verdict("would-not-connect"));
    assert_int_equal(lines.size(), 1);
    assert_string_equal(lines[0].c_str(), "Nothing accepts connections. [tcp-refused]");
}

void nothing_where_all_is_well_or_open(void**) {
    assert_true(findings(verdict("would-connect")).empty());
    assert_true(findings(verdict("unknown")).empty());
}

void a_certificate_that_ends(void**) {
    CheckResult result = verdict("would-connect");
    result.facts.check.warnings = {"clock-differs", "ends-soon"};
    assert_string_equal(findings(result).at(0).c_str(),
                        "The host's certificate ends on 2026-12-01. [cert-expires-soon]");
    result.facts.check.warnings = {"expired"};
    assert_string_equal(findings(result).at(0).c_str(),
                        "The host's certificate ended on 2026-12-01. [cert-expired]");
}

void a_question_that_nobody_answers(void**) {
    CheckResult result = verdict("would-connect");
    result.explanation.question = Diagnosis{};
    result.explanation.question->id = "cert-untrusted-noninteractive";
    result.explanation.question->title = "Nobody was there.";
    result.facts.client.certificate_policy = "ask";
    result.facts.client.interactive = true;
    assert_true(findings(result).empty());
    result.facts.client.interactive = false;
    assert_int_equal(findings(result).size(), 1);
    result.facts.client.certificate_policy = "ignore";
    assert_true(findings(result).empty());
    result.facts.client.certificate_policy = "deny";
    assert_int_equal(findings(result).size(), 1);
}

void only_the_host_itself(void**) {
    for (const char* name : {"HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"})
        unsetenv(name);
    Facts known;
    assert_false(can_check(known, false));
    known.target.host = "win-srv01";
    assert_true(can_check(known, false));
    assert_false(can_check(known, true));
    known.gateway.used = true;
    assert_false(can_check(known, false));
    known.gateway.used = false;
    setenv("https_proxy", "http://proxy:3128", 1);
    assert_false(can_check(known, false));
    unsetenv("https_proxy");
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(what_would_stop_the_client),
        cmocka_unit_test(nothing_where_all_is_well_or_open),
        cmocka_unit_test(a_certificate_that_ends),
        cmocka_unit_test(a_question_that_nobody_answers),
        cmocka_unit_test(only_the_host_itself),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
