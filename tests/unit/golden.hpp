// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>
#include <vector>

namespace preflight::test {

/// Ends the test with a sentence.
[[noreturn]] void fail_with(const std::string& sentence);

/// The text of a file; the test fails when there is none.
std::string read_file(const std::string& path);

/// Whether files are to be written anew: the environment variable PREFLIGHT_UPDATE is set. It is
/// what scripts/snapshots does.
bool updating();

/// Whether `path` holds `text`. If not, shows the difference; when updating, writes the file.
bool same_as_file(const std::string& path, const std::string& text);

/// The paths in `directory` that end in `ending`, sorted.
std::vector<std::string> files_in(const std::string& directory, const std::string& ending);

/// A file's name without its folder and its last ending.
std::string stem(const std::string& path);

}  // namespace preflight::test
