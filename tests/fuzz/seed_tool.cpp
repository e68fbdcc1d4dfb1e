// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "fuzz/seeds.hpp"

// fuzz-seeds NAME FOLDER: writes the seeds of an oracle, one a file. To be run in the source tree.
int main(int count, char** arguments) {
    if (count != 3) {
        std::fputs("fuzz-seeds NAME FOLDER\n", stderr);
        return 2;
    }
    const std::filesystem::path folder = arguments[2];
    std::filesystem::create_directories(folder);
    std::size_t number = 0;
    for (const auto& seed : preflight::fuzz::seeds_of(arguments[1])) {
        std::ofstream file(folder / ("seed-" + std::to_string(++number)), std::ios::binary);
        file.write(reinterpret_cast<const char*>(seed.data()),
                   static_cast<std::streamsize>(seed.size()));
    }
    return 0;
}
