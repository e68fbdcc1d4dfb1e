// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors

// The frame of the command line: help, usage, and that help, manual and completions agree.
#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

#include "cli/tables.hpp"
#include "cli_run.hpp"
#include "cmocka.hpp"
#include "golden.hpp"
#include "report/page.hpp"

namespace {

using namespace preflight;
using namespace preflight::test;

/// The words of the first column of a help: commands, or options.
std::set<std::string> first_column(const std::string& help, const std::string& pattern) {
    std::set<std::string> words;
    const std::regex row("^  (" + pattern + "[^ ]*).*");
    std::smatch match;
    for (const auto& line : lines_of(help)) {
        if (!std::regex_match(line, match, row)) continue;
        std::string names = match[1];
        std::replace(names.begin(), names.end(), ',', ' ');
        std::istringstream stream(names);
        for (std::string name; stream >> name;) words.insert(name);
    }
    return words;
}

std::set<std::string> commands() { return first_column(run_cli({"--help"}).out, "[a-z]"); }

void help_fits_a_screen(void**) {
    std::vector<std::vector<std::string>> all = {{"--help"}};
    for (const auto& command : commands()) all.push_back({command, "--help"});
    assert_true(all.size() >= 2);
    for (const auto& arguments : all) {
        const Run run = run_cli(arguments);
        assert_int_equal(run.exit_code, 0);
        assert_string_equal(run.err.c_str(), "");
        const auto lines = lines_of(run.out);
        if (lines.size() > 24)
            fail_with(arguments[0] + ": help of " + std::to_string(lines.size()));
        for (const auto& line : lines)
            if (display_width(line) > 80) fail_with(line);
    }
}

/// Each option stands in the manual: in its command's section, or among those of all commands.
void manual_has_every_option(void**) {
    const std::string common =
        read_file("docs/man/rdp-preflight.1.scd") + read_file("docs/man/options.scd");
    for (const auto& command : commands()) {
        const std::string manual = common + read_file("docs/man/" + command + ".scd");
        for (const auto& option : first_column(run_cli({command, "--help"}).out, "-"))
            if (manual.find("*" + option + "*") == manual.npos)
                fail_with("the manual of " + command + " lacks " + option);
    }
    for (const auto& table : cli::tables())
        if (read_file("docs/man/explain.scd").find("*" + std::string(table.name) + "*") ==
            std::string::npos)
            fail_with("the manual lacks the table " + std::string(table.name));
}

/// The other way round: what the manual says of a command's options is true.
void manual_has_no_other_option(void**) {
    static const std::regex entry("^\\*(--[a-z-]+)\\*.*");
    for (const auto& command : commands()) {
        const auto options = first_column(run_cli({command, "--help"}).out, "-");
        std::smatch match;
        for (const auto& line : lines_of(read_file("docs/man/" + command + ".scd")))
            if (std::regex_match(line, match, entry) && !options.count(match[1]))
                fail_with(command + " has no " + std::string(match[1]));
    }
}

/// The add-on's own list of options, as its source has it, against preflight(7).
void manual_has_every_option_of_the_addon(void**) {
    const std::string source = read_file("channel/options.cpp");
    const std::string manual = read_file("docs/man/preflight.7.scd");
    static const std::regex row("\\n    \\{\"([a-z]+)\", \"");
    int count = 0;
    for (std::sregex_iterator at(source.begin(), source.end(), row), end; at != end;
         ++at, ++count) {
        const std::string name = (*at)[1];
        if (manual.find("*" + name) == manual.npos) fail_with("preflight(7) lacks " + name);
    }
    assert_true(count >= 9);
}

/// Values that the completions offer; options and commands they take from the help.
void completions_know_the_values(void**) {
    for (const char* path : {"cli/completion/rdp-preflight.bash", "cli/completion/_rdp-preflight",
                             "cli/completion/rdp-preflight.fish"}) {
        const std::string text = read_file(path);
        for (const auto& table : cli::tables())
            if (text.find(std::string(table.name)) == text.npos)
                fail_with(std::string(path) + " lacks " + std::string(table.name));
        for (const char* word : {"auto always never", "text json"})
            assert_true(text.find(word) != text.npos);
    }
}

void what_is_not_understood_ends_with_3(void**) {
    for (const std::vector<std::string>& arguments : {std::vector<std::string>{},
                                                      {"chek"},
                                                      {"explain", "--nonsense"},
                                                      {"--nonsense"},
                                                      {"explain", "--width", "3", "7"},
                                                      {"explain", "--format", "xml", "7"}}) {
        const Run run = run_cli(arguments);
        assert_int_equal(run.exit_code, 3);
        assert_string_equal(run.out.c_str(), "");
        assert_int_equal(run.err.rfind("rdp-preflight: ", 0), 0);
    }
}

void version_is_told(void**) {
    const Run run = run_cli({"--version"});
    assert_int_equal(run.exit_code, 0);
    assert_true(std::regex_match(run.out, std::regex("rdp-preflight \\d+\\.\\d+\\.\\d+\n")));
}

void a_catalogue_of_ones_own_is_used(void**) {
    const Run run = run_cli({"explain", "--catalog", "/does/not/exist", "tcp-refused"});
    assert_int_equal(run.exit_code, 0);
    assert_true(run.err.find("/does/not/exist") != run.err.npos);
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(help_fits_a_screen),
        cmocka_unit_test(manual_has_every_option),
        cmocka_unit_test(manual_has_no_other_option),
        cmocka_unit_test(manual_has_every_option_of_the_addon),
        cmocka_unit_test(completions_know_the_values),
        cmocka_unit_test(what_is_not_understood_ends_with_3),
        cmocka_unit_test(version_is_told),
        cmocka_unit_test(a_catalogue_of_ones_own_is_used),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
