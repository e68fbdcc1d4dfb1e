// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <cstdio>

#include "cmocka.hpp"
#include "diagnose/catalogue.hpp"

using namespace preflight;

namespace {

Facts refused_with(std::int64_t status) {
    Facts facts;
    facts.schema = 1;
    facts.outcome = "failed";
    facts.stage = "authentication";
    facts.target.host = "win-srv01";
    facts.client.password_empty = false;
    facts.freerdp.name = "ERRCONNECT_AUTHENTICATION_FAILED";
    facts.authentication.started = true;
    facts.authentication.mechanism = "NTLM";
    facts.authentication.last_sent = "authenticate";
    facts.authentication.last_received = "error";
    facts.authentication.error_code = status;
    facts.authentication.error_hex = "0xC0000000";
    return facts;
}

bool told_in(const Diagnosis& cause, const std::string& words) {
    if (cause.title.find(words) != words.npos || cause.why.find(words) != words.npos) return true;
    for (const std::string& line : cause.evidence)
        if (line.find(words) != line.npos) return true;
    return false;
}

/// Whatever a host answers has an explanation that gives the answer's name and does not blame the
/// password where the host does not.
void every_status_is_explained_by_name(void**) {
    const Catalogue catalogue = Catalogue::builtin();
    const auto& rows = catalogue.model().codes.at("ntstatus");
    assert_true(rows.size() > 200);
    int wrong = 0;
    for (const auto& [key, row] : rows) {
        const std::int64_t status = std::stoll(key);
        if (status == 0) continue;
        const Diagnosis cause = catalogue.explain(refused_with(status)).cause;
        const std::string name = catalogue.code("ntstatus", key, "name");
        const bool known = cause.id != "unknown" && cause.id != "authentication-failed" &&
                           cause.id != "authentication-ended";
        if (known && told_in(cause, name)) continue;
        std::fprintf(stderr, "%s (%s): %s\n", name.c_str(), key.c_str(), cause.id.c_str());
        ++wrong;
    }
    assert_int_equal(wrong, 0);
}

void a_status_that_nobody_knows_is_said_to_be_unknown(void**) {
    const Diagnosis cause = Catalogue::builtin().explain(refused_with(0xC0FFEE42)).cause;
    assert_string_equal(cause.id.c_str(), "sign-in-refused");
    assert_true(told_in(cause, "does not know"));
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(every_status_is_explained_by_name),
        cmocka_unit_test(a_status_that_nobody_knows_is_said_to_be_unknown),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
