// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "report/report.hpp"

namespace preflight {
namespace {

constexpr int narrowest = 40;
constexpr int widest = 120;  ///< longer lines are hard to read

std::string_view environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

int width_of(int fd, bool terminal) {
    winsize size{};
    int width = 80;
    if (terminal && ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        width = size.ws_col;
    else if (const int columns = std::atoi(std::string(environment("COLUMNS")).c_str());
             columns > 0)
        width = columns;
    return std::clamp(width, narrowest, widest);
}

bool wants_colour(const std::string& colour, bool terminal) {
    if (colour == "always") return true;
    if (colour == "never" || !terminal) return false;
    return environment("NO_COLOR").empty() && environment("TERM") != "dumb" &&
           !environment("TERM").empty();
}

/// From the environment: the process's locale is the client's, and it may not have set one.
bool is_utf8_locale() {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        std::string value(environment(name));
        if (value.empty()) continue;
        std::transform(value.begin(), value.end(), value.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        return value.find("utf-8") != std::string::npos || value.find("utf8") != std::string::npos;
    }
    return false;
}

}  // namespace

TextStyle style_for(int fd, const std::string& colour, Detail detail) {
    const bool terminal = isatty(fd) == 1;
    return {width_of(fd, terminal), wants_colour(colour, terminal), is_utf8_locale(), detail};
}

}  // namespace preflight
