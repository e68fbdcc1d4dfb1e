// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli/frame.hpp"

#include <algorithm>
#include <exception>
#include <memory>

#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "wire/text.hpp"

namespace preflight::cli {
namespace {

constexpr const char* program = "rdp-preflight";

void set_up(CLI::App& app) {
    app.formatter(std::make_shared<HelpFormatter>());
    app.set_help_flag("-h,--help", "this list");
    app.set_version_flag("--version", std::string(program) + " " + PREFLIGHT_VERSION,
                         "the version");
    app.require_subcommand(1);
    app.footer(
        "rdp-preflight COMMAND --help tells the options of a command; man rdp-preflight "
        "tells all.");
}

std::string names_of_commands(const CLI::App& app) {
    std::string names;
    for (const auto* command : app.get_subcommands({}))
        names += (names.empty() ? "" : ", ") + command->get_name();
    return names;
}

/// Standard output for what was asked for, else one line and where to read on.
int tell(const CLI::App& app, const CLI::ParseError& error, Frame& frame) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
        app.exit(error, frame.out, frame.err);
        return static_cast<int>(ExitCode::success);
    }
    const auto& asked = app.get_subcommands();
    const std::string command = asked.empty() ? "" : " " + asked.front()->get_name();
    frame.problem(asked.empty() ? "which command? " + names_of_commands(app) : error.what());
    frame.problem("see " + std::string(program) + command + " --help");
    return static_cast<int>(ExitCode::usage);
}

}  // namespace

void Frame::problem(const std::string& line) const {
    err << program << ": " << wire::printable(line, std::string::npos) << '\n';
}

TextStyle OutputOptions::style(Detail detail) const {
    constexpr int narrowest = 40;
    TextStyle style = style_for(1, colour, detail);
    if (width > 0) style.width = std::max(width, narrowest);
    if (ascii) style.unicode = false;
    return style;
}

void add_output_options(CLI::App& command, OutputOptions& options,
                        const std::vector<std::string>& formats) {
    std::string names;
    for (const auto& format : formats) names += (names.empty() ? "" : ", ") + format;
    options.format = formats.front();
    command.add_option("--format", options.format, "form of the output: " + names)
        ->type_name("FORM")
        ->check(CLI::IsMember(formats).description(""));
    command.add_option("--color", options.colour, "colours: auto (on a terminal), always, never")
        ->type_name("WHEN")
        ->check(CLI::IsMember({"auto", "always", "never"}).description(""));
    command.add_option("--width", options.width, "columns of text (the terminal's, or 80)")
        ->type_name("N")
        ->check(CLI::Range(40, 1000).description(""));
    command.add_flag("--ascii", options.ascii, "nothing but ASCII");
}

void add_catalogue_option(CLI::App& command, std::string& directory) {
    command.add_option("--catalog", directory, "add the explanations in DIR, or override ours")
        ->type_name("DIR");
}

Catalogue load_catalogue(const std::string& directory, const Frame& frame) {
    Catalogue catalogue = Catalogue::builtin();
    if (directory.empty()) return catalogue;
    for (const auto& problem : catalogue.add_directory(directory)) frame.problem(problem);
    return catalogue;
}

int run(std::vector<std::string> arguments, Frame& frame) {
    CLI::App app("Says why a Remote Desktop connection fails, and what to do.", program);
    set_up(app);
    add_commands(app, frame);
    std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
    try {
        app.parse(arguments);
    } catch (const CLI::ParseError& error) {
        return tell(app, error, frame);
    } catch (const std::exception& fault) {
        frame.problem(std::string("a fault of this program: ") + fault.what());
        return static_cast<int>(ExitCode::internal);
    }
    frame.out.flush();
    return static_cast<int>(frame.exit_code);
}

}  // namespace preflight::cli
