// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cmocka.hpp"

#include "channel/options.hpp"

using namespace preflight;

namespace {

void defaults_when_nothing_is_given(void**) {
    const auto [options, problems] = parse_options({});
    assert_true(problems.empty());
    assert_int_equal(options.wait.count(), 10);
    assert_string_equal(options.colour.c_str(), "auto");
    assert_true(options.detail == Detail::report);
    assert_true(options.errinfo);
}

void every_option_is_understood(void**) {
    const auto [options, problems] =
        parse_options({"json:/tmp/a:b.json", "text:out.txt", "verbose", "color:never",
                       "catalog:/etc/preflight", "wait:0", "errinfo:off", "help"});
    assert_true(problems.empty());
    assert_string_equal(options.json_file.c_str(), "/tmp/a:b.json");
    assert_string_equal(options.text_file.c_str(), "out.txt");
    assert_string_equal(options.catalogue.c_str(), "/etc/preflight");
    assert_string_equal(options.colour.c_str(), "never");
    assert_true(options.detail == Detail::verbose);
    assert_int_equal(options.wait.count(), 0);
    assert_false(options.errinfo);
    assert_true(options.help);
}

/// Each is told in one line that has the words, and leaves the default.
void what_is_wrong_is_named_with_what_is_allowed(void**) {
    const struct {
        const char* argument;
        const char* named;
        const char* allowed;
    } cases[] = {
        {"jsn:/tmp/x", "unknown option jsn:/tmp/x;", "json text verbose quiet color"},
        {"color:pink", "color:pink is not", "color:auto|always|never"},
        {"wait:soon", "wait:soon is not", "wait:0 to wait:3600"},
        {"wait:-1", "wait:-1 is not", "wait:0 to wait:3600"},
        {"wait:3601", "wait:3601 is not", "wait:0 to wait:3600"},
        {"wait:99999999999999999999", "wait:9999", "wait:0 to wait:3600"},
        {"wait:10s", "wait:10s is not", "wait:0 to wait:3600"},
        {"wait", "option wait is not", "wait:0 to wait:3600"},
        {"json:", "option json: is not", "json:FILE"},
        {"verbose:yes", "option verbose:yes", "verbose takes no value"},
        {"errinfo:maybe", "errinfo:maybe is not", "errinfo:on|off"},
    };
    for (const auto& test : cases) {
        const auto [options, problems] = parse_options({test.argument});
        assert_int_equal(problems.size(), 1);
        assert_true(problems[0].find(test.named) != std::string::npos);
        assert_true(problems[0].find(test.allowed) != std::string::npos);
        assert_true(problems[0].find('\n') == std::string::npos);
        assert_int_equal(options.wait.count(), 10);
        assert_true(options.json_file.empty());
    }
}

void one_bad_option_does_not_spoil_the_others(void**) {
    const auto [options, problems] = parse_options({"bogus", "quiet", "wait:x", "wait:3"});
    assert_int_equal(problems.size(), 2);
    assert_true(options.detail == Detail::line);
    assert_int_equal(options.wait.count(), 3);
}

void help_names_every_option(void**) {
    const std::string help = options_help();
    for (const char* name : {"json:FILE", "text:FILE", "verbose", "quiet", "color:", "catalog:DIR",
                             "wait:SECONDS", "errinfo:", "help"})
        assert_true(help.find(name) != std::string::npos);
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(defaults_when_nothing_is_given),
        cmocka_unit_test(every_option_is_understood),
        cmocka_unit_test(what_is_wrong_is_named_with_what_is_allowed),
        cmocka_unit_test(one_bad_option_does_not_spoil_the_others),
        cmocka_unit_test(help_names_every_option),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
