// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "diagnose/directory.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace preflight {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_file = 4 << 20;

/// The *.toml files in `folder`, sorted; an error's text otherwise.
std::vector<fs::path> list_toml(const fs::path& folder, std::error_code& error) {
    std::vector<fs::path> paths;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
        if (at->path().extension() == ".toml") paths.push_back(at->path());
    std::sort(paths.begin(), paths.end());
    return paths;
}

std::string read_file(const fs::path& path, std::vector<std::string>& problems) {
    std::error_code error;
    const auto size = fs::is_regular_file(path, error) ? fs::file_size(path, error) : 0;
    if (error || !fs::is_regular_file(path, error)) {
        problems.push_back(path.string() + ":0: is no plain file");
        return {};
    }
    if (size > largest_file) {
        problems.push_back(path.string() + ":0: is larger than 4 MiB");
        return {};
    }
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream) problems.push_back(path.string() + ":0: cannot be read");
    return stream ? text.str() : std::string();
}

}  // namespace

std::vector<CatalogueFile> read_toml_files(const std::string& directory,
                                           std::vector<std::string>& problems) {
    std::vector<CatalogueFile> files;
    for (const bool is_codes : {false, true}) {
        const fs::path folder = is_codes ? fs::path(directory) / "codes" : fs::path(directory);
        std::error_code error;
        const auto paths = list_toml(folder, error);
        if (error && !is_codes) problems.push_back(directory + ":0: " + error.message());
        for (const auto& path : paths)
            files.push_back({path.string(), is_codes, read_file(path, problems)});
    }
    return files;
}

bool has_example(const std::string& examples, const std::string& id) {
    std::error_code error;
    for (fs::directory_iterator at(examples, error), end; !error && at != end;
         at.increment(error)) {
        const std::string name = at->path().filename().string();
        if (name.rfind(id + ".", 0) == 0 && at->path().extension() == ".json") return true;
    }
    return false;
}

}  // namespace preflight
