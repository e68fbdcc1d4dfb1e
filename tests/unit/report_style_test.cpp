// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors

// What a file descriptor and the environment say about the style; and files written whole.
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "cmocka.hpp"
#include "report/report.hpp"

using namespace preflight;

namespace {

namespace fs = std::filesystem;

/// A terminal of `columns`; its descriptor is `fd`. Without pseudo-terminals, as in a bare root
/// directory, the test is skipped.
class Terminal {
  public:
    explicit Terminal(unsigned short columns) {
        master_ = posix_openpt(O_RDWR | O_NOCTTY);
        const bool made = grantpt(master_) == 0 && unlockpt(master_) == 0;
        if (made) fd = open(ptsname(master_), O_RDWR | O_NOCTTY);
        if (fd < 0) _skip(__FILE__, __LINE__);
        const winsize size{24, columns, 0, 0};
        assert_int_equal(ioctl(fd, TIOCSWINSZ, &size), 0);
    }
    ~Terminal() { close(master_), close(fd); }
    int fd = -1;

  private:
    int master_ = -1;
};

int clean_environment(void**) {
    for (const char* name : {"NO_COLOR", "COLUMNS", "LC_ALL", "LC_CTYPE", "LANG"}) unsetenv(name);
    setenv("TERM", "xterm", 1);
    return 0;
}

int pipe_end() {
    std::array<int, 2> ends{};
    assert_int_equal(pipe(ends.data()), 0);
    close(ends[0]);
    return ends[1];
}

void widths(void**) {
    struct {
        unsigned short columns;
        int width;
    } const cases[] = {{80, 80}, {100, 100}, {20, 40}, {300, 120}, {0, 80}};
    for (const auto& [columns, width] : cases)
        assert_int_equal(style_for(Terminal(columns).fd, "auto", Detail::report).width, width);
    const int fd = pipe_end();
    assert_int_equal(style_for(fd, "auto", Detail::report).width, 80);
    setenv("COLUMNS", "100", 1);
    assert_int_equal(style_for(fd, "auto", Detail::report).width, 100);
    assert_int_equal(style_for(Terminal(90).fd, "auto", Detail::report).width, 90);
    setenv("COLUMNS", "-5", 1);
    assert_int_equal(style_for(fd, "auto", Detail::report).width, 80);
    close(fd);
    assert_int_equal(style_for(-1, "auto", Detail::report).width, 80);
}

void colours(void**) {
    const Terminal terminal(80);
    const int fd = pipe_end();
    const auto colour = [](int where, const char* wish) {
        return style_for(where, wish, Detail::report).colour;
    };
    assert_true(colour(terminal.fd, "auto"));
    assert_true(colour(fd, "always"));
    assert_false(colour(fd, "auto"));
    assert_false(colour(terminal.fd, "never"));
    setenv("NO_COLOR", "1", 1);
    assert_false(colour(terminal.fd, "auto"));
    assert_true(colour(terminal.fd, "always"));
    unsetenv("NO_COLOR");
    setenv("TERM", "dumb", 1);
    assert_false(colour(terminal.fd, "auto"));
    unsetenv("TERM");
    assert_false(colour(terminal.fd, "auto"));
    close(fd);
}

void locales(void**) {
    const auto unicode = [] { return style_for(-1, "never", Detail::report).unicode; };
    assert_false(unicode());
    setenv("LANG", "de_DE.UTF-8", 1);
    assert_true(unicode());
    setenv("LC_CTYPE", "en_US.utf8", 1);
    setenv("LANG", "C", 1);
    assert_true(unicode());
    setenv("LC_ALL", "POSIX", 1);
    assert_false(unicode());
    setenv("LC_ALL", "", 1);
    assert_true(unicode());
}

void detail_is_kept(void**) {
    assert_int_equal(style_for(-1, "auto", Detail::verbose).detail, Detail::verbose);
}

/// A directory that is gone with the test.
class Directory {
  public:
    Directory() {
        char pattern[] = "/tmp/preflight-report-XXXXXX";
        path = mkdtemp(pattern);
    }
    ~Directory() { fs::remove_all(path); }
    std::string path;
};

std::string content(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::size_t entries(const std::string& path) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(path), fs::directory_iterator()));
}

void a_file_is_written_whole_and_private(void**) {
    const Directory directory;
    const std::string path = directory.path + "/report.json";
    assert_string_equal(write_file(path, "one").c_str(), "");
    assert_string_equal(content(path).c_str(), "one");
    struct stat status {};
    assert_int_equal(stat(path.c_str(), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    fs::permissions(path, fs::perms::all);
    assert_string_equal(write_file(path, std::string(1 << 20, 'x')).c_str(), "");
    assert_int_equal(fs::file_size(path), 1 << 20);
    assert_int_equal(stat(path.c_str(), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(entries(directory.path), 1);
}

void a_link_stays_one(void**) {
    const Directory directory;
    fs::create_symlink(directory.path + "/target", directory.path + "/link");
    std::ofstream(directory.path + "/target") << "old";
    assert_string_equal(write_file(directory.path + "/link", "new").c_str(), "");
    assert_true(fs::is_symlink(directory.path + "/link"));
    assert_string_equal(content(directory.path + "/target").c_str(), "new");
}

void devices_and_pipes_are_not_replaced(void**) {
    const Directory directory;
    const std::string path = directory.path + "/pipe";
    assert_int_equal(mkfifo(path.c_str(), 0600), 0);
    const int reader = open(path.c_str(), O_RDONLY | O_NONBLOCK);
    assert_string_equal(write_file(path, "hello").c_str(), "");
    std::array<char, 16> buffer{};
    assert_int_equal(read(reader, buffer.data(), buffer.size()), 5);
    assert_string_equal(buffer.data(), "hello");
    close(reader);
    assert_true(fs::is_fifo(path));
    assert_string_equal(write_file("/dev/null", "x").c_str(), "");
    assert_true(fs::is_character_file("/dev/null"));
}

void what_goes_wrong_is_said(void**) {
    const Directory directory;
    assert_string_equal(write_file(directory.path + "/no/where", "x").c_str(),
                        "No such file or directory");
    assert_string_equal(write_file(directory.path, "x").c_str(), "Is a directory");
    assert_string_equal(write_file("/dev/full", "x").c_str(), "No space left on device");
    assert_int_equal(entries(directory.path), 0);
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test_setup(widths, clean_environment),
        cmocka_unit_test_setup(colours, clean_environment),
        cmocka_unit_test_setup(locales, clean_environment),
        cmocka_unit_test_setup(detail_is_kept, clean_environment),
        cmocka_unit_test(a_file_is_written_whole_and_private),
        cmocka_unit_test(a_link_stays_one),
        cmocka_unit_test(devices_and_pipes_are_not_replaced),
        cmocka_unit_test(what_goes_wrong_is_said),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
