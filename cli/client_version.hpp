// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <chrono>
#include <string>

namespace preflight::cli {

/// The version in what a client or a library says of itself, such as 3.15.0; empty without one.
std::string version_in(const std::string& text);

/// What `program --version` prints, standard error too: at most 4 KiB, and what came until `limit`
/// where it takes longer (it is then ended). Empty where it cannot be run.
std::string what_it_says(const std::string& program, std::chrono::milliseconds limit);

/// The version of the FreeRDP library of this major (2 or 3) that the dynamic linker finds; empty
/// without one.
std::string library_version(int major);

/// The path of `program`: found in PATH, or as given where it names a folder. Empty where there is
/// no such program.
std::string path_of(const std::string& program);

}  // namespace preflight::cli
