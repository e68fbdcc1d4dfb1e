// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "golden.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "cmocka.hpp"

namespace preflight::test {
namespace {

namespace fs = std::filesystem;

void show_difference(const std::string& path, const std::string& text) {
    const std::string existing = fs::exists(path) ? path : "/dev/null";
    FILE* diff = popen(("diff -u '" + existing + "' - >&2").c_str(), "w");
    if (!diff) return;
    std::fwrite(text.data(), 1, text.size(), diff);
    pclose(diff);
    std::fprintf(stderr, "%s differs. If that is meant: scripts/snapshots writes it anew.\n",
                 path.c_str());
}

}  // namespace

void fail_with(const std::string& sentence) {
    std::fprintf(stderr, "%s\n", sentence.c_str());
    _fail(__FILE__, __LINE__);
    std::abort();
}

std::string read_file(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) fail_with(path + " cannot be read");
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

bool updating() { return std::getenv("PREFLIGHT_UPDATE") != nullptr; }

bool same_as_file(const std::string& path, const std::string& text) {
    if (fs::exists(path) && read_file(path) == text) return true;
    if (!updating()) {
        show_difference(path, text);
        return false;
    }
    fs::create_directories(fs::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return true;
}

std::vector<std::string> files_in(const std::string& directory, const std::string& ending) {
    std::vector<std::string> paths;
    std::error_code error;
    for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error))
        if (at->path().extension() == ending) paths.push_back(at->path().string());
    std::sort(paths.begin(), paths.end());
    return paths;
}

std::string stem(const std::string& path) { return fs::path(path).stem().string(); }

}  // namespace preflight::test
