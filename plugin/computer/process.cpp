// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "computer/process.hpp"

#include <errno.h>
#include <openssl/crypto.h>
#include <stdlib.h>
#include <unistd.h>

#include <ctime>

namespace preflight {
namespace {

std::string program_name() {
#if defined(__APPLE__) || defined(__FreeBSD__)
    const char* name = getprogname();
#else
    const char* name = program_invocation_short_name;
#endif
    return name ? name : "";
}

/// "OpenSSL 3.0.17 1 Jul 2025" → "3.0.17"; another library keeps its name.
std::string openssl_version() {
    const std::string text = OpenSSL_version(OPENSSL_VERSION);
    const auto first = text.find(' ');
    const auto second = text.find(' ', first + 1);
    if (first == text.npos) return text;
    return text.substr(0, first) == "OpenSSL" ? text.substr(first + 1, second - first - 1)
                                              : text.substr(0, second);
}

std::string platform() {
#if defined(__linux__)
    return "linux";
#elif defined(__APPLE__)
    return "macos";
#else
    return "other";
#endif
}

std::string now_in_utc() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    char text[32] = "";
    if (gmtime_r(&now, &parts)) std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

}  // namespace

std::string family_of(const std::string& program) {
    if (program.find("freerdp") != program.npos || program.find("FreeRDP") != program.npos)
        return "freerdp";
    if (program.find("remmina") != program.npos) return "remmina";
    return "other";
}

std::string environment(const char* name) {
    const char* value = getenv(name);
    return value ? value : "";
}

bool can_write_into(std::string folder) {
    while (!folder.empty() && access(folder.c_str(), F_OK) != 0) {
        const auto slash = folder.rfind('/');
        folder = slash == folder.npos ? "" : folder.substr(0, slash);
    }
    return access(folder.empty() ? "/" : folder.c_str(), W_OK | X_OK) == 0;
}

void describe_process(ClientFacts& client) {
    client.program = program_name();
    client.family = family_of(*client.program);
    client.openssl_version = openssl_version();
    client.platform = platform();
    client.time = now_in_utc();
    client.interactive = isatty(STDIN_FILENO) == 1;
    client.display_set = !environment("DISPLAY").empty() || !environment("WAYLAND_DISPLAY").empty();
}

}  // namespace preflight
