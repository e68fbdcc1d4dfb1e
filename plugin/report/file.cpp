// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include "report/report.hpp"

namespace preflight {
namespace {

std::string last_error() { return std::generic_category().message(errno); }

bool write_all(int fd, const std::string& text) {
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t count = write(fd, text.data() + done, text.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        done += static_cast<std::size_t>(count);
    }
    return true;
}

/// The file that `path` leads to through symbolic links, so that a link stays one.
std::string resolved(const std::string& path) {
    char* real = realpath(path.c_str(), nullptr);
    const std::string result = real ? real : path;
    std::free(real);
    return result;
}

/// A terminal, a pipe or /dev/null is written to; it must not be replaced by a file.
std::string write_in_place(const std::string& path, const std::string& text) {
    const int fd = open(path.c_str(), O_WRONLY | O_APPEND | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) return last_error();
    const std::string error = write_all(fd, text) ? "" : last_error();
    close(fd);
    return error;
}

std::string write_and_rename(const std::string& path, const std::string& text) {
    std::string temporary = path + ".XXXXXX";
    const int fd = mkostemp(temporary.data(), O_CLOEXEC);  // mode 0600
    if (fd < 0) return last_error();
    std::string error = write_all(fd, text) ? "" : last_error();
    if (close(fd) != 0 && error.empty()) error = last_error();
    if (error.empty() && std::rename(temporary.c_str(), path.c_str()) != 0) error = last_error();
    if (!error.empty()) unlink(temporary.c_str());
    return error;
}

}  // namespace

std::string write_file(const std::string& path, const std::string& text) {
    struct stat status {};
    const std::string target = resolved(path);
    if (stat(target.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
        if (S_ISDIR(status.st_mode)) return std::generic_category().message(EISDIR);
        return write_in_place(target, text);
    }
    return write_and_rename(target, text);
}

}  // namespace preflight
