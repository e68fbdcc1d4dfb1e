// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "channel/output.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "report/report.hpp"

namespace preflight {
namespace {

/// Keeps SIGPIPE from this thread, and takes back one that our own writing raised.
class NoSigpipe {
  public:
    NoSigpipe() noexcept {
        sigemptyset(&sigpipe_);
        sigaddset(&sigpipe_, SIGPIPE);
        pending_before_ = pending();
        pthread_sigmask(SIG_BLOCK, &sigpipe_, &mask_before_);
    }
    ~NoSigpipe() {
        if (!pending_before_ && pending()) {
            int signal = 0;
            sigwait(&sigpipe_, &signal);
        }
        pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
    }
    NoSigpipe(const NoSigpipe&) = delete;
    NoSigpipe& operator=(const NoSigpipe&) = delete;

  private:
    static bool pending() noexcept {
        sigset_t signals;
        sigemptyset(&signals);
        sigpending(&signals);
        return sigismember(&signals, SIGPIPE) == 1;
    }

    sigset_t sigpipe_{};
    sigset_t mask_before_{};
    bool pending_before_ = false;
};

bool writable_soon(int fd) {
    constexpr int patience_ms = 1000;
    pollfd poller{fd, POLLOUT, 0};
    return poll(&poller, 1, patience_ms) == 1;
}

std::string reason(int error) { return std::strerror(error); }

bool is_special(const std::string& path) {
    struct stat status {};
    return stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

}  // namespace

void write_descriptor(int fd, const std::string& text) noexcept {
    NoSigpipe guard;
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t count = write(fd, text.data() + done, text.size() - done);
        if (count > 0) {
            done += static_cast<std::size_t>(count);
        } else if (count < 0 && errno == EINTR) {
            continue;
        } else if (count == 0 || errno != EAGAIN || !writable_soon(fd)) {
            return;
        }
    }
}

void say(const std::string& line) noexcept {
    try {
        write_descriptor(STDERR_FILENO, "preflight: " + line + "\n");
    } catch (...) {
    }
}

std::string why_unwritable(const std::string& path) {
    struct stat status {};
    if (stat(path.c_str(), &status) == 0) {
        if (S_ISDIR(status.st_mode)) return path + " is a directory";
        if (!S_ISREG(status.st_mode))
            return access(path.c_str(), W_OK) == 0 ? "" : path + ": " + reason(errno);
    }
    const auto slash = path.rfind('/');
    std::string folder = slash == path.npos ? "." : path.substr(0, slash);
    if (folder.empty()) folder = "/";
    return access(folder.c_str(), W_OK | X_OK) == 0 ? "" : path + ": " + reason(errno);
}

std::string write_report(const std::string& path, const std::string& text) {
    if (!is_special(path)) return write_file(path, text);
    const int fd = open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0) return path + ": " + reason(errno);
    write_descriptor(fd, text);
    close(fd);
    return "";
}

}  // namespace preflight
