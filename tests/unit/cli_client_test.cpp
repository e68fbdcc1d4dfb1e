// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors

// Which client commands are spelled for, and how its version is found.
#include "cli/client.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "cli/client_version.hpp"
#include "cmocka.hpp"

namespace {

using namespace preflight;
using namespace preflight::cli;
using namespace std::chrono_literals;

/// A folder with a program in it, gone at the end.
struct Folder {
    std::string path;
    Folder() {
        char name[] = "/tmp/preflight-client-XXXXXX";
        path = mkdtemp(name);
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::string program(const std::string& name, const std::string& script) const {
        const std::string file = path + "/" + name;
        std::ofstream(file) << "#!/bin/sh\n" << script << "\n";
        chmod(file.c_str(), 0700);
        return file;
    }
};

void versions_are_found_in_what_clients_say(void**) {
    // As xfreerdp 2.11.7, xfreerdp3 3.15.0 and its --buildconfig print it.
    assert_string_equal(version_in("This is FreeRDP version 2.11.7 (2.11.7)\n").c_str(), "2.11.7");
    assert_string_equal(version_in("This is FreeRDP version 3.15.0 (n/a)\n").c_str(), "3.15.0");
    assert_string_equal(version_in("This is FreeRDP version [xfreerdp3] 3.15.0 (n/a)").c_str(),
                        "3.15.0");
    for (const char* text : {"", "version", "version ", "version x", "version [",
                             "failed to open "
                             "display: "})
        assert_string_equal(version_in(text).c_str(), "");
}

void a_program_is_asked(void**) {
    const Folder folder;
    const auto file =
        folder.program("xfreerdp", "echo noise >&2; echo This is FreeRDP version 3.27.1 \"($1)\"");
    assert_string_equal(what_it_says(file, 5s).c_str(),
                        "noise\nThis is FreeRDP version 3.27.1 (--version)\n");
    const ClientFacts facts = client_facts(file);
    assert_string_equal(facts.program->c_str(), file.c_str());
    assert_string_equal(facts.family->c_str(), "freerdp");
    assert_string_equal(facts.freerdp_version->c_str(), "3.27.1");
}

/// A program that hangs, or talks without end, costs no more than its time.
void a_program_that_hangs_is_ended(void**) {
    const Folder folder;
    const auto begin = std::chrono::steady_clock::now();
    const auto hang = folder.program("hang", "echo version 1.2; exec sleep 60");
    assert_string_equal(what_it_says(hang, 300ms).c_str(), "version 1.2\n");
    const auto endless = folder.program("endless", "while :; do echo words; done");
    assert_true(what_it_says(endless, 5s).size() < 6000);
    assert_true(std::chrono::steady_clock::now() - begin < 5s);
    assert_string_equal(what_it_says(folder.path + "/none", 1s).c_str(), "");
}

void what_is_asked_for_counts(void**) {
    const ClientFacts old = client_facts("2.11");
    assert_string_equal(old.program->c_str(), "xfreerdp");
    assert_string_equal(old.freerdp_version->c_str(), "2.11");
    const ClientFacts both = client_facts("sdl-freerdp:3.27.0");
    assert_string_equal(both.program->c_str(), "sdl-freerdp");
    assert_string_equal(both.freerdp_version->c_str(), "3.27.0");
    const ClientFacts remmina = client_facts("remmina:3.15");
    assert_string_equal(remmina.family->c_str(), "remmina");
    assert_true(client_facts("3.15").openssl_version.has_value());
}

void the_path_is_searched(void**) {
    const Folder folder;
    folder.program("wlfreerdp", "echo This is FreeRDP version 2.9.0");
    const std::string before = getenv("PATH");
    setenv("PATH", folder.path.c_str(), 1);
    assert_string_equal(installed_client().c_str(), "wlfreerdp");
    assert_string_equal(client_facts().freerdp_version->c_str(), "2.9.0");
    setenv("PATH", "/does/not/exist", 1);
    assert_string_equal(installed_client().c_str(), "xfreerdp3");
    setenv("PATH", before.c_str(), 1);
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(versions_are_found_in_what_clients_say),
        cmocka_unit_test(a_program_is_asked),
        cmocka_unit_test(a_program_that_hangs_is_ended),
        cmocka_unit_test(what_is_asked_for_counts),
        cmocka_unit_test(the_path_is_searched),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
