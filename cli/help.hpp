// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace preflight::cli {

/// Lays --help out so that it fits a screen of 24 lines and 80 columns, alike with every version of
/// CLI11.
class HelpFormatter : public CLI::Formatter {
  public:
    std::string make_help(const CLI::App* app, std::string name,
                          CLI::AppFormatMode mode) const override;
};

}  // namespace preflight::cli
