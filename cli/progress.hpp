// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

namespace preflight::cli {

/// A line at the bottom of a terminal that says how far something is. Not thread-safe.
class Progress {
  public:
    /// Shows nothing where `shown` is false.
    Progress(std::ostream& out, std::size_t count, bool shown)
        : out_(out), count_(count), shown_(shown && count > 1) {}
    ~Progress() { clear(); }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// Takes the line away, so that something else can be printed.
    void clear();

    /// `done` of them are done; `note` stands behind the bar.
    void show(std::size_t done, const std::string& note);

  private:
    std::ostream& out_;
    std::size_t count_;
    bool shown_;
    bool drawn_ = false;
};

}  // namespace preflight::cli
