// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors

// A directory of somebody's own explanations: what it adds and overrides, and what is said of a
// mistake in it.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "cmocka.hpp"
#include "diagnose/catalogue.hpp"
#include "golden.hpp"

using namespace preflight;
using preflight::test::fail_with;

namespace {

namespace fs = std::filesystem;

/// A directory that is gone with the test.
class Directory {
  public:
    Directory() {
        char pattern[] = "/tmp/preflight-catalogue-XXXXXX";
        path = mkdtemp(pattern);
        fs::create_directory(path + "/codes");
    }
    ~Directory() { fs::remove_all(path); }
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(path + "/" + name, std::ios::binary) << text;
    }
    std::string path;
};

const std::string sound =
    "stage = 'tcp'\nconfidence = 'certain'\nwhen = { 'local.detail' = 'made up' }\n"
    "title = 'T'\nwhy = 'W'\nsources = ['S']\n";

Facts made_up() {
    Facts facts;
    facts.outcome = "failed";
    facts.stage = "tcp";
    facts.local.detail = "made up";
    return facts;
}

void a_directory_adds_entries(void**) {
    const Directory directory;
    directory.write("own.toml", "[our-vpn]\n" + sound + "rank = 1\n");
    Catalogue catalogue = Catalogue::builtin();
    const auto before = catalogue.ids().size();
    assert_int_equal(catalogue.add_directory(directory.path).size(), 0);
    assert_int_equal(catalogue.ids().size(), before + 1);
    assert_string_equal(catalogue.explain(made_up()).cause.id.c_str(), "our-vpn");
}

void an_override_replaces_what_it_gives(void**) {
    const Directory first;
    first.write("own.toml", "[our-vpn]\n" + sound +
                                "rank = 1\n[[our-vpn.fix]]\nwho = 'you'\nkind = 'lasting'\n"
                                "text = 'old fix'\n");
    const Directory second;
    second.write("own.toml",
                 "[our-vpn]\ntitle = 'Call 4711.'\n[[our-vpn.extra-fix]]\nwho = 'you'\n"
                 "kind = 'lasting'\ntext = 'call'\n");
    Catalogue catalogue = Catalogue::builtin();
    assert_int_equal(catalogue.add_directory(first.path).size(), 0);
    assert_int_equal(catalogue.add_directory(second.path).size(), 0);
    const Diagnosis cause = catalogue.explain(made_up()).cause;
    assert_string_equal(cause.title.c_str(), "Call 4711.");
    assert_string_equal(cause.why.c_str(), "W");
    assert_int_equal(cause.fixes.size(), 2);
    assert_string_equal(cause.fixes[0].text.c_str(), "call");
    assert_string_equal(cause.fixes[1].text.c_str(), "old fix");
}

void builtin_entries_can_be_overridden(void**) {
    Catalogue catalogue = Catalogue::builtin();
    Facts facts;
    facts.outcome = "failed";
    const std::string id = catalogue.explain(facts).cause.id;
    const Directory directory;
    directory.write("own.toml", "[" + id + "]\ntitle = 'Call the help desk, 4711.'\n");
    assert_int_equal(catalogue.add_directory(directory.path).size(), 0);
    const Diagnosis cause = catalogue.explain(facts).cause;
    assert_string_equal(cause.id.c_str(), id.c_str());
    assert_string_equal(cause.title.c_str(), "Call the help desk, 4711.");
    assert_false(cause.why.empty());
}

void codes_and_actions_come_along(void**) {
    const Directory directory;
    directory.write("codes/neg-failure.toml",
                    "[5]\ntext = 'our text'\n[0x99]\nname='N'\ntext='T'\n");
    directory.write("codes/own.toml", "[made-up]\nname = 'N'\ntext = 'our own table'\n");
    directory.write("actions.toml",
                    "[our-action]\ntext='A'\nkind='lasting'\n[[our-action.spelling]]\nargs='/x'\n");
    directory.write("own.toml", "[our-vpn]\n" + sound + "rank = 1\n[[our-vpn.fix]]\n" +
                                    "client = 'our-action'\n");
    Catalogue catalogue = Catalogue::builtin();
    const std::string name = catalogue.code("neg-failure", "5", "name");
    assert_string_equal(name.c_str(), "HYBRID_REQUIRED_BY_SERVER");
    const auto problems = catalogue.add_directory(directory.path);
    for (const auto& problem : problems) fail_with(problem);
    assert_string_equal(catalogue.code("neg-failure", "5", "text").c_str(), "our text");
    assert_string_equal(catalogue.code("neg-failure", "0x5", "name").c_str(), name.c_str());
    assert_string_equal(catalogue.code("neg-failure", "153", "name").c_str(), "N");
    assert_string_equal(catalogue.code("own", "made-up", "text").c_str(), "our own table");
    assert_string_equal(catalogue.code("own", "nothing", "text").c_str(), "");
    assert_string_equal(catalogue.explain(made_up()).cause.fixes.at(0).command.at(0).c_str(),
                        "xfreerdp /v:HOST /x");
}

/// "[e]\n" plus a sound entry is line 1 to 7; what follows begins in line 8.
const std::string entry = "[e]\n" + sound;

void expect_problem(const std::string& file, const std::string& text, const std::string& line,
                    const std::string& message) {
    const Directory directory;
    directory.write(file, text);
    Catalogue catalogue = Catalogue::builtin();
    const auto problems = catalogue.add_directory(directory.path);
    const std::string start = directory.path + "/" + file + ":" + line + ": ";
    const bool found =
        std::any_of(problems.begin(), problems.end(), [&](const std::string& problem) {
            return problem.rfind(start, 0) == 0 && problem.find(message) != std::string::npos;
        });
    std::string all = "expected " + start + "…" + message + "…; got:\n";
    for (const auto& problem : problems) all += problem + "\n";
    if (!found) fail_with(all);
    const auto after = catalogue.ids();
    if (std::find(after.begin(), after.end(), "e") != after.end() && message != "outside a table")
        fail_with("an entry with a problem was taken: " + message);
}

void mistakes_in_an_entry_name_file_and_line(void**) {
    const std::string fix = entry + "[[e.fix]]\nwho = 'you'\nkind = 'lasting'\n";
    const struct {
        std::string text;
        const char* line;
        const char* message;
    } mistakes[] = {
        {entry + "tittle = 'x'", "8", "unknown key 'tittle'"},
        {"x = 1\n" + entry, "1", "outside a table"},
        {"[E_x]\n" + sound, "1", "an id is made of"},
        {entry + "rank = 'high'", "8", "must be a whole number"},
        {entry + "role = 'boss'", "8", "it may be cause, fallback, notice"},
        {entry + "hides = ['nobody']", "1", "'nobody', which is no entry"},
        {entry + "evidence = ['{tls.alrt.name}']", "8", "unknown fact 'tls.alrt.name'"},
        {entry + "evidence = ['ok', 5]", "8", "must be a text"},
        {entry + "evidence = ['{tls.alert.code@nowhere.text}']", "8", "unknown code table"},
        {entry + "evidence = ['{tls.alert.code@tls-alert.colour}']", "8", "has no column"},
        {entry + "evidence = ['{tls.alert.code#round}']", "8", "'#round' is none of"},
        {entry + "evidence = ['{tls.alert.code|tls.alert.nme}']", "8", "unknown fact"},
        {"[e]\nstage = 'tsl'\n", "2", "'stage' is 'tsl'; it may be any, local, dns"},
        {"[e]\nconfidence = 'sure'\n", "2", "it may be certain, likely, possible"},
        {"[e]\nstage = 'tls'\n", "1", "'e' has no 'title'"},
        {"[e]\nstage = 'tls'\n", "1", "'e' has no 'why'"},
        {"[e]\nstage = 'tls'\n", "1", "'e' has no 'sources'"},
        {"[e]\ntitle = 'x'\n", "1", "'e' has no 'stage'"},
        {"[e]\ntitle = 'x'\n", "1", "'e' has no 'when'"},
        {"[e]\ntitle = 'x'\n", "1", "'e' has no 'confidence'"},
        {"[e]\nwhen = { 'tls.x' = 1 }\n", "2", "unknown fact 'tls.x'"},
        {"[e]\nwhen = { tls.alert.code = 1 }\n", "2", "dotted name is quoted"},
        {"[e]\nwhen = { 'tls.alert' = 1 }\n", "2", "is a group of facts"},
        {"[e]\nwhen = { 'tls.alert.code' = 'x' }\n", "2", "compared with something else"},
        {"[e]\nwhen = { 'tls.alert.name' = { above = 1 } }\n", "2", "is no number"},
        {"[e]\nwhen = { 'tls.alert.code' = { contains = 'x' } }\n", "2", "is no text"},
        {"[e]\nwhen = { 'tls.alert.name' = { same-as = 'x.y' } }\n", "2", "unknown fact 'x.y'"},
        {"[e]\nwhen = { 'tls.alert.name' = { like = 'x' } }\n", "2", "unknown comparison 'like'"},
        {"[e]\nwhen = { 'tls.alert.name' = [] }\n", "2", "compares with a text"},
        {"[e]\nwhen = { 'tls.alert.name' = 1.5 }\n", "2", "compares with a text"},
        {"[e]\nwhen = 5\n", "2", "must be a table"},
        {"[e]\nwhen = [1]\n", "2", "must hold tables only"},
        {fix, "8", "the fix has no text"},
        {fix + "text = 't'\nhow = 'x'", "12", "unknown key 'how' in a fix"},
        {fix + "client = 'teleport'", "8", "unknown action 'teleport'"},
        {fix + "text = 't'\nsh = 'a'\ncmd = 'b'", "12", "at most one of"},
        {fix + "text = 't'\nsh = \"rm '{target.host}'\"", "12", "braces inside quotes"},
        {entry + "[[e.fix]]\nwho = 'server administrator'\nkind = 'lasting'\ntext = 't'", "8",
         "needs a 'source'"},
        {entry + "[[e.fix]]\nwho = 'the king'\n", "9", "it may be you, server administrator"},
        {entry + "[[e.fix]]\nkind = 'good'\n", "9", "it may be lasting, workaround, unsafe"},
        {entry + "[[e.fix]]\ntext = 't'\n", "8", "the fix has no 'who'"},
        {entry + "[[e.fix]]\ntext = 't'\n", "8", "the fix has no 'kind'"},
    };
    for (const auto& [text, line, message] : mistakes)
        expect_problem("own.toml", text, line, message);
}

void mistakes_in_actions_and_codes(void**) {
    const std::string action = "[a]\ntext='t'\nkind='lasting'\n";
    expect_problem("actions.toml", "[a]\n", "1", "the action has no text");
    expect_problem("actions.toml", "[a]\n", "1", "the action has no kind");
    expect_problem("actions.toml", action, "1", "the action has no spelling");
    expect_problem("actions.toml", action + "colour = 1\n", "4", "unknown key 'colour'");
    expect_problem("actions.toml", action + "[[a.spelling]]\nargs='/x'\nfreerdp='3'\n", "4",
                   "'3' is no range");
    expect_problem("actions.toml", action + "[[a.spelling]]\nfreerdp='>=3.0.0'\n", "4",
                   "a spelling has args");
    expect_problem("actions.toml", action + "[[a.spelling]]\nargs='/x:{no.fact}'\n", "5",
                   "unknown fact 'no.fact'");
    expect_problem("codes/x.toml", "[1]\nname = { a = 1 }\n", "2", "must be a text");
}

void files_that_are_no_toml(void**) {
    expect_problem("own.toml", "[e]\nstage = \n", "2", "");
    expect_problem("own.toml", "[e\n", "1", "");
    expect_problem("own.toml", std::string("\0\1\2\xff\xfe", 5), "1", "");
    expect_problem("own.toml", "[e]\nx = " + std::string(5000, '['), "2", "");
    expect_problem("own.toml", "[e]\n[e]\n", "2", "");
}

void directories_that_cannot_be_read(void**) {
    Catalogue catalogue = Catalogue::builtin();
    const auto problems = catalogue.add_directory("/nonexistent/place");
    assert_int_equal(problems.size(), 1);
    assert_string_equal(problems[0].c_str(), "/nonexistent/place:0: No such file or directory");

    const Directory directory;
    assert_int_equal(mkfifo((directory.path + "/pipe.toml").c_str(), 0600), 0);
    fs::create_directory(directory.path + "/folder.toml");
    assert_int_equal(catalogue.add_directory(directory.path).size(), 2);
}

void a_broken_file_leaves_the_others(void**) {
    const Directory directory;
    directory.write("a.toml", "[e\n");
    directory.write("b.toml", "[our-vpn]\n" + sound + "rank = 1\n[broken]\nstage = 5\n");
    Catalogue catalogue = Catalogue::builtin();
    assert_int_equal(catalogue.add_directory(directory.path).size(), 2);
    assert_string_equal(catalogue.explain(made_up()).cause.id.c_str(), "our-vpn");
}

void torn_files_never_crash(void**) {
    const std::string whole = entry + "[[e.fix]]\nwho = 'you'\nkind = 'lasting'\ntext = '{a|b}'\n";
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const Directory directory;
        directory.write("own.toml", whole.substr(0, length));
        Catalogue catalogue = Catalogue::builtin();
        catalogue.add_directory(directory.path);
        assert_false(catalogue.explain(made_up()).cause.title.empty());
    }
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(a_directory_adds_entries),
        cmocka_unit_test(an_override_replaces_what_it_gives),
        cmocka_unit_test(builtin_entries_can_be_overridden),
        cmocka_unit_test(codes_and_actions_come_along),
        cmocka_unit_test(mistakes_in_an_entry_name_file_and_line),
        cmocka_unit_test(mistakes_in_actions_and_codes),
        cmocka_unit_test(files_that_are_no_toml),
        cmocka_unit_test(directories_that_cannot_be_read),
        cmocka_unit_test(a_broken_file_leaves_the_others),
        cmocka_unit_test(torn_files_never_crash),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
