// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>

namespace preflight {

/// Writes `text` to the file descriptor in one piece where the system allows it. Never raises
/// SIGPIPE, never waits longer than a second for a reader, ignores every error: there is nobody
/// left to tell.
void write_descriptor(int fd, const std::string& text) noexcept;

/// Writes "preflight: `line`" to standard error.
void say(const std::string& line) noexcept;

/// Why `path` could not be written later on, in a sentence without a full stop, or empty. Creates
/// nothing.
std::string why_unwritable(const std::string& path);

/// Writes a report to `path`: whole or not at all for a file, straight through for a pipe or a
/// device. Returns an empty string, or what went wrong.
std::string write_report(const std::string& path, const std::string& text);

}  // namespace preflight
