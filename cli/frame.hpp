// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <iostream>
#include <string>
#include <vector>

#include "cli/exit_codes.hpp"
#include "diagnose/catalogue.hpp"
#include "report/report.hpp"

namespace CLI {
class App;
}

namespace preflight::cli {

/// What a subcommand talks through, and the exit code that it leaves. Tests put streams of their
/// own.
struct Frame {
    std::istream& in = std::cin;
    std::ostream& out = std::cout;
    std::ostream& err = std::cerr;
    std::string client = "xfreerdp";  ///< what to type for FreeRDP here, in commands
    ExitCode exit_code = ExitCode::success;

    /// One line on standard error: "rdp-preflight: LINE".
    void problem(const std::string& line) const;
};

/// How the output is to look: --format, --color, --width, --ascii.
struct OutputOptions {
    std::string format = "text";
    std::string colour = "auto";
    int width = 0;  ///< 0: the terminal's
    bool ascii = false;

    /// The style for standard output.
    TextStyle style(Detail detail = Detail::report) const;
};

/// Adds these options to `command`; `formats` are what --format takes, the default first. `options`
/// lives as long as the command.
void add_output_options(CLI::App& command, OutputOptions& options,
                        const std::vector<std::string>& formats = {"text", "json"});

/// Adds --catalog DIR.
void add_catalogue_option(CLI::App& command, std::string& directory);

/// The built-in catalogue and what `directory` adds to it, unless that is empty. What is wrong with
/// it is told, and left out.
Catalogue load_catalogue(const std::string& directory, const Frame& frame);

/// Runs the command line `arguments` (without the program's name) and gives the exit code.
int run(std::vector<std::string> arguments, Frame& frame);

}  // namespace preflight::cli
