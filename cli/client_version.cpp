// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli/client_version.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

extern char** environ;

namespace preflight::cli {
namespace {

constexpr std::size_t most_output = 4096;
using Clock = std::chrono::steady_clock;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_program(const std::string& path) {
    struct stat status {};
    return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
           access(path.c_str(), X_OK) == 0;
}

/// Starts `path --version`; its output goes to `output`. Gives 0 where that does not work.
pid_t start(const std::string& path, int output) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
    std::string name = path;
    std::string option = "--version";
    char* arguments[] = {name.data(), option.data(), nullptr};
    pid_t process = 0;
    const int error = posix_spawn(&process, path.c_str(), &actions, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error == 0 ? process : 0;
}

std::string read_until(int fd, Clock::time_point end) {
    std::string text;
    while (text.size() < most_output) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
        pollfd poller{fd, POLLIN, 0};
        if (left <= 0 || poll(&poller, 1, static_cast<int>(left)) != 1) break;
        char buffer[1024];
        const ssize_t count = read(fd, buffer, sizeof buffer);
        if (count <= 0) break;
        text.append(buffer, static_cast<std::size_t>(count));
    }
    return text;
}

}  // namespace

std::string version_in(const std::string& text) {
    const auto word = text.find("version ");
    if (word == text.npos) return {};
    // FreeRDP 3's --buildconfig puts the program's name in brackets in front of the number.
    std::size_t begin = word + 8;
    if (begin < text.size() && text[begin] == '[') begin = text.find("] ", begin) + 2;
    std::size_t end = begin;
    while (end < text.size() && (is_digit(text[end]) || text[end] == '.')) ++end;
    return begin < text.size() && is_digit(text[begin]) ? text.substr(begin, end - begin) : "";
}

std::string what_it_says(const std::string& program, std::chrono::milliseconds limit) {
    const std::string path = path_of(program);
    int ends[2];
    if (path.empty() || pipe(ends) != 0) return {};
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    const pid_t process = start(path, ends[1]);
    close(ends[1]);
    std::string text;
    if (process > 0) {
        text = read_until(ends[0], Clock::now() + limit);
        kill(process, SIGKILL);
        waitpid(process, nullptr, 0);
    }
    close(ends[0]);
    return text;
}

std::string library_version(int major) {
    const std::string number = std::to_string(major);
#if defined(__APPLE__)
    const std::string name = "libfreerdp" + number + "." + number + ".dylib";
#else
    const std::string name = "libfreerdp" + number + ".so." + number;
#endif
    void* library = dlopen(name.c_str(), RTLD_LAZY | RTLD_LOCAL);
    if (!library) return {};
    using Version = const char* (*)();
    const auto version = reinterpret_cast<Version>(dlsym(library, "freerdp_get_version_string"));
    const char* text = version ? version() : nullptr;
    // It stays loaded: it may have handed functions of its own to OpenSSL.
    return text ? text : "";
}

std::string path_of(const std::string& program) {
    if (program.find('/') != program.npos) return is_program(program) ? program : "";
    const char* variable = std::getenv("PATH");
    std::string folders = variable ? variable : "/usr/bin:/bin";
    for (std::size_t at = 0; at <= folders.size();) {
        const std::size_t end = std::min(folders.find(':', at), folders.size());
        const std::string folder = end == at ? "." : folders.substr(at, end - at);
        if (is_program(folder + "/" + program)) return folder + "/" + program;
        at = end + 1;
    }
    return {};
}

}  // namespace preflight::cli
