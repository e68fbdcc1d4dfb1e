// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "diagnose/choose.hpp"

#include <cstdio>

#include "cmocka.hpp"
#include "diagnose/load.hpp"

using namespace preflight;

namespace {

Model model_of(const std::string& entries, const std::string& actions = "") {
    static const std::string file = "test.toml";
    Model model;
    std::vector<std::string> problems;
    load_actions(actions, {model, problems, &file});
    load_entries(entries, {model, problems, &file});
    for (const auto& problem : problems) std::fprintf(stderr, "%s\n", problem.c_str());
    assert_true(problems.empty());
    return model;
}

Facts failed_at(const std::string& stage) {
    Facts facts;
    facts.outcome = "failed";
    facts.stage = stage;
    facts.target.host = "win-srv01";
    facts.client.program = "xfreerdp";
    facts.client.family = "freerdp";
    facts.client.freerdp_version = "2.11.7";
    return facts;
}

Explanation explained(const Model& model, const Facts& facts) {
    return explain(model, FactView(facts), {});
}

/// "cause | also, also".
std::string ids(const Explanation& explanation) {
    std::string text = explanation.cause.id + " |";
    for (const auto& also : explanation.also) text += " " + also.id;
    return text;
}

std::string entry(const std::string& id, const std::string& stage, const std::string& more = "") {
    return "[" + id + "]\nstage = '" + stage + "'\nwhen = { outcome = 'failed' }\ntitle = '" + id +
           "'\n" + more + "\n";
}

void the_lowest_rank_leads(void**) {
    const Model model = model_of(entry("a", "tls") + entry("b", "tls", "rank = 10") +
                                 entry("c", "tls", "rank = 20"));
    assert_string_equal(ids(explained(model, failed_at("tls"))).c_str(), "b | c a");
}

void the_step_that_stopped_goes_before_rank(void**) {
    const Model model = model_of(entry("a", "negotiation", "rank = 1") + entry("b", "tls"));
    assert_string_equal(ids(explained(model, failed_at("tls"))).c_str(), "b | a");
}

void any_step_is_the_one_that_stopped(void**) {
    const Model model = model_of(entry("a", "tls") + entry("b", "any", "rank = 10"));
    const Explanation explanation = explained(model, failed_at("tls"));
    assert_string_equal(ids(explanation).c_str(), "b | a");
    assert_string_equal(explanation.cause.stage.c_str(), "tls");
}

void fallbacks_lead_only_alone(void**) {
    const Model with_cause =
        model_of(entry("a", "tls", "role = 'fallback'\nrank = 1") + entry("b", "dns"));
    assert_string_equal(ids(explained(with_cause, failed_at("tls"))).c_str(), "b |");
    const Model alone = model_of(entry("a", "tls", "role = 'fallback'\nrank = 90") +
                                 entry("b", "tls", "role = 'fallback'"));
    assert_string_equal(ids(explained(alone, failed_at("tls"))).c_str(), "b |");
}

void notices_never_lead(void**) {
    const Model model = model_of(entry("a", "tls", "role = 'notice'\nrank = 1"));
    assert_string_equal(ids(explained(model, failed_at("tls"))).c_str(), "unknown | a");
}

void consequences_are_hidden(void**) {
    const Model model = model_of(entry("a", "dns", "hides = ['b']") + entry("b", "tls") +
                                 entry("c", "tls", "rank = 60"));
    assert_string_equal(ids(explained(model, failed_at("tls"))).c_str(), "c | a");
    const Model both =
        model_of(entry("a", "tls", "hides = ['b']") + entry("b", "tls", "hides = ['a']"));
    assert_string_equal(ids(explained(both, failed_at("tls"))).c_str(), "a |");
    const Model itself = model_of(entry("a", "tls", "hides = ['a']"));
    assert_string_equal(ids(explained(itself, failed_at("tls"))).c_str(), "a |");
}

void confidence_of_the_rule_that_matched(void**) {
    const Model model = model_of(
        "[a]\nstage = 'tls'\nconfidence = 'possible'\ntitle = 'a'\n"
        "[[a.when]]\nstage = 'dns'\n"
        "[[a.when]]\nstage = 'tls'\nconfidence = 'certain'\n");
    assert_int_equal(explained(model, failed_at("tls")).cause.confidence, Confidence::certain);
    assert_int_equal(explained(model, failed_at("dns")).cause.confidence, Confidence::possible);
}

void nothing_known_is_said(void**) {
    const Explanation explanation = explained(Model(), Facts());
    assert_string_equal(explanation.cause.id.c_str(), "unknown");
    assert_false(explanation.cause.title.empty());
    assert_int_equal(explanation.cause.fixes.size(), 1);
}

void evidence_without_its_fact_is_left_out(void**) {
    const Model model = model_of(
        entry("a", "tls", "evidence = ['at {stage}', 'sni {tls.sni}', 'sni {tls.sni|none}']"));
    const auto evidence = explained(model, failed_at("tls")).cause.evidence;
    assert_int_equal(evidence.size(), 2);
    assert_string_equal(evidence[0].c_str(), "at tls");
    assert_string_equal(evidence[1].c_str(), "sni none");
}

void fixes_are_sorted_by_safety(void**) {
    const Model model = model_of(entry("a", "tls", R"(
        [[a.fix]]
        who = 'you'
        kind = 'unsafe'
        text = 'one'
        [[a.fix]]
        who = 'you'
        kind = 'workaround'
        text = 'two'
        [[a.fix]]
        who = 'server administrator'
        kind = 'lasting'
        text = 'three'
        powershell = ['Get-X { $_ }', 'Set-X {target.host}']
        source = 'https://example.com'
        [[a.fix]]
        who = 'you'
        kind = 'workaround'
        text = 'four')"));
    const auto fixes = explained(model, failed_at("tls")).cause.fixes;
    assert_int_equal(fixes.size(), 4);
    std::string order;
    for (const auto& fix : fixes) order += fix.text + " ";
    assert_string_equal(order.c_str(), "three two four one ");
    assert_string_equal(fixes[0].shell.c_str(), "powershell");
    assert_string_equal(fixes[0].command[0].c_str(), "Get-X { $_ }");
    assert_string_equal(fixes[0].command[1].c_str(), "Set-X win-srv01");
}

const char* const actions = R"(
[old-tls]
text = 'Allow TLS 1.0'
kind = 'unsafe'
[[old-tls.spelling]]
freerdp = '<3.0.0'
args = '/tls-seclevel:0'
[[old-tls.spelling]]
freerdp = '>=3.0.0 <3.27.0'
args = '/tls:seclevel:0'
[[old-tls.spelling]]
freerdp = '>=3.27.0'
args = '/tls:seclevel:0,enforce:1.0'
[[old-tls.spelling]]
client = 'remmina'
words = 'Advanced > TLS Security Level: 0'
[no-kerberos]
text = 'Leave Kerberos out'
kind = 'workaround'
[[no-kerberos.spelling]]
freerdp = '>=3.0.0'
args = ['/auth-pkg-list:!kerberos', '/u:{client.platform}']
[no-proxy]
text = 'Leave the proxy out'
kind = 'workaround'
[[no-proxy.spelling]]
env = 'env -u https_proxy'
[forget]
text = 'Forget the stored certificate'
kind = 'lasting'
[[forget.spelling]]
shell = 'rm {certificate.known_file}'
)";

std::vector<Fix> fixes_for(const std::string& action, const Facts& facts) {
    const Model model =
        model_of(entry("a", "tls", "[[a.fix]]\nclient = '" + action + "'"), actions);
    return explained(model, facts).cause.fixes;
}

std::string command_for(const std::string& action, const Facts& facts) {
    const auto fixes = fixes_for(action, facts);
    return fixes.empty() || fixes[0].command.empty() ? "" : fixes[0].command[0];
}

void actions_are_spelled_for_the_client(void**) {
    Facts facts = failed_at("tls");
    assert_string_equal(command_for("old-tls", facts).c_str(),
                        "xfreerdp /v:win-srv01 /tls-seclevel:0");
    assert_string_equal(fixes_for("old-tls", facts)[0].kind.c_str(), "unsafe");
    assert_string_equal(command_for("no-kerberos", facts).c_str(), "");
    facts.client.program = "xfreerdp3";
    facts.client.freerdp_version = "3.15.0";
    facts.client.platform = "it's";
    facts.target.endpoint = "[fe80::1]:3390";
    assert_string_equal(command_for("old-tls", facts).c_str(),
                        "xfreerdp3 '/v:[fe80::1]:3390' /tls:seclevel:0");
    assert_string_equal(command_for("no-kerberos", facts).c_str(),
                        "xfreerdp3 '/v:[fe80::1]:3390' '/auth-pkg-list:!kerberos' '/u:it'\\''s'");
    facts.client.freerdp_version = "3.30.0";
    assert_string_equal(command_for("old-tls", facts).c_str(),
                        "xfreerdp3 '/v:[fe80::1]:3390' /tls:seclevel:0,enforce:1.0");
    assert_string_equal(command_for("no-proxy", facts).c_str(),
                        "env -u https_proxy xfreerdp3 '/v:[fe80::1]:3390'");
}

void the_host_is_spelled_from_its_parts(void**) {
    Facts facts = failed_at("tls");
    facts.target.host = "fe80::1";
    facts.target.port = 3390;
    assert_string_equal(command_for("old-tls", facts).c_str(),
                        "xfreerdp '/v:[fe80::1]:3390' /tls-seclevel:0");
}

void graphical_clients_get_words(void**) {
    Facts facts = failed_at("tls");
    facts.client.family = "remmina";
    const auto fixes = fixes_for("old-tls", facts);
    assert_string_equal(fixes[0].text.c_str(), "Allow TLS 1.0: Advanced > TLS Security Level: 0");
    assert_true(fixes[0].command.empty());
    facts.client.family = "other";
    assert_string_equal(fixes_for("old-tls", facts)[0].text.c_str(),
                        "Allow TLS 1.0 (FreeRDP's option /tls-seclevel:0)");
}

void values_cannot_break_out_of_a_command(void**) {
    Facts facts = failed_at("tls");
    assert_int_equal(fixes_for("forget", facts).size(), 0);
    facts.certificate.known_file = "/home/a b/$(reboot)'";
    assert_string_equal(command_for("forget", facts).c_str(), "rm '/home/a b/$(reboot)'\\'''");
    facts.target.host = "x'; Remove-Item C:\\ #";
    const Model model = model_of(entry("a", "tls",
                                       "[[a.fix]]\nwho = 'you'\nkind = 'lasting'\ntext = 't'\n"
                                       "powershell = 'Get-X {target.host}'"));
    assert_int_equal(explained(model, facts).cause.fixes.size(), 0);
}

void fixes_for_some_cases_only(void**) {
    const Model model = model_of(entry("a", "tls", R"(
        [[a.fix]]
        who = 'you'
        kind = 'lasting'
        text = 'no'
        when = { stage = 'dns' }
        [[a.fix]]
        who = 'you'
        kind = 'lasting'
        text = 'needs {tls.sni}'
        [[a.fix]]
        who = 'you'
        kind = 'lasting'
        text = 'yes'
        when = { stage = 'tls' })"));
    const auto fixes = explained(model, failed_at("tls")).cause.fixes;
    assert_int_equal(fixes.size(), 1);
    assert_string_equal(fixes[0].text.c_str(), "yes");
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(the_lowest_rank_leads),
        cmocka_unit_test(the_step_that_stopped_goes_before_rank),
        cmocka_unit_test(any_step_is_the_one_that_stopped),
        cmocka_unit_test(fallbacks_lead_only_alone),
        cmocka_unit_test(notices_never_lead),
        cmocka_unit_test(consequences_are_hidden),
        cmocka_unit_test(confidence_of_the_rule_that_matched),
        cmocka_unit_test(nothing_known_is_said),
        cmocka_unit_test(evidence_without_its_fact_is_left_out),
        cmocka_unit_test(fixes_are_sorted_by_safety),
        cmocka_unit_test(actions_are_spelled_for_the_client),
        cmocka_unit_test(the_host_is_spelled_from_its_parts),
        cmocka_unit_test(graphical_clients_get_words),
        cmocka_unit_test(values_cannot_break_out_of_a_command),
        cmocka_unit_test(fixes_for_some_cases_only),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
