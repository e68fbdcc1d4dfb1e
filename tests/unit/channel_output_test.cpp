// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cmocka.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "channel/output.hpp"
#include "computer/process.hpp"

using namespace preflight;

namespace {

/// A folder of this test's own.
class Folder {
  public:
    Folder() {
        char pattern[] = "/tmp/preflight-test-XXXXXX";
        path = mkdtemp(pattern);
    }
    ~Folder() { static_cast<void>(std::system(("rm -r '" + path + "'").c_str())); }
    std::string path;
};

std::string content(const std::string& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

int sigpipes = 0;
void count_sigpipe(int) { ++sigpipes; }

void a_closed_pipe_raises_no_signal(void**) {
    signal(SIGPIPE, count_sigpipe);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    write_descriptor(ends[1], "nobody reads this\n");
    close(ends[1]);
    assert_int_equal(sigpipes, 0);
    raise(SIGPIPE);
    assert_int_equal(sigpipes, 1);  // the process's own still arrives
}

void a_full_pipe_is_given_up(void**) {
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    fcntl(ends[1], F_SETFL, O_NONBLOCK);
    const std::string much(1 << 20, 'x');
    const auto before = std::chrono::steady_clock::now();
    write_descriptor(ends[1], much);
    assert_true(std::chrono::steady_clock::now() - before < std::chrono::seconds(3));
    close(ends[0]);
    close(ends[1]);
}

void a_report_is_one_piece(void**) {
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    write_descriptor(ends[1], "all of it\n");
    char text[64] = "";
    assert_int_equal(read(ends[0], text, sizeof text), 10);
    assert_string_equal(text, "all of it\n");
    close(ends[0]);
    close(ends[1]);
}

void what_cannot_be_written_is_told_beforehand(void**) {
    const Folder folder;
    assert_true(why_unwritable(folder.path + "/report.json").empty());
    assert_true(access((folder.path + "/report.json").c_str(), F_OK) != 0);
    assert_false(why_unwritable(folder.path).empty());
    assert_false(why_unwritable(folder.path + "/none/report.json").empty());
    assert_true(why_unwritable("/dev/null").empty());
}

void a_file_is_replaced_and_private(void**) {
    const Folder folder;
    const std::string path = folder.path + "/report.txt";
    std::ofstream(path) << "old";
    assert_string_equal(write_report(path, "new\n").c_str(), "");
    assert_string_equal(content(path).c_str(), "new\n");
    struct stat status {};
    assert_int_equal(stat(path.c_str(), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_false(write_report(folder.path + "/none/x", "new\n").empty());
}

void a_named_pipe_stays_one(void**) {
    const Folder folder;
    const std::string path = folder.path + "/pipe";
    assert_int_equal(mkfifo(path.c_str(), 0600), 0);
    const int reader = open(path.c_str(), O_RDONLY | O_NONBLOCK);
    assert_string_equal(write_report(path, "through\n").c_str(), "");
    char text[64] = "";
    assert_int_equal(read(reader, text, sizeof text), 8);
    assert_string_equal(text, "through\n");
    struct stat status {};
    assert_int_equal(stat(path.c_str(), &status), 0);
    assert_true(S_ISFIFO(status.st_mode));
    close(reader);
}

void the_process_describes_itself(void**) {
    ClientFacts client;
    describe_process(client);
    assert_string_equal(client.program->c_str(), "channel-output-test");
    assert_string_equal(client.family->c_str(), "other");
    assert_true(client.openssl_version->find('.') != std::string::npos);
    assert_int_equal(client.time->size(), 20);
    const Folder folder;
    assert_true(can_write_into(folder.path + "/not/yet/there"));
    assert_false(can_write_into("/dev/null/none"));
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(a_closed_pipe_raises_no_signal),
        cmocka_unit_test(a_full_pipe_is_given_up),
        cmocka_unit_test(a_report_is_one_piece),
        cmocka_unit_test(what_cannot_be_written_is_told_beforehand),
        cmocka_unit_test(a_file_is_replaced_and_private),
        cmocka_unit_test(a_named_pipe_stays_one),
        cmocka_unit_test(the_process_describes_itself),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
