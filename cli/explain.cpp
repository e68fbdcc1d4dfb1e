// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.hpp"

namespace preflight::cli {
namespace {

struct ExplainOptions {
    bool list = false;
    std::string catalogue;
    OutputOptions output;
};

void explain(const ExplainOptions& options, Frame& frame) {
    const Catalogue catalogue = load_catalogue(options.catalogue, frame);
    if (options.list)
        for (const auto& id : catalogue.ids()) frame.out << id << '\n';
}

}  // namespace

void add_explain(CLI::App& app, Frame& frame) {
    auto options = std::make_shared<ExplainOptions>();
    CLI::App* command = app.add_subcommand("explain", "what a code, an id or a log says");
    command->add_flag("--list", options->list, "all ids")->required();
    add_catalogue_option(*command, options->catalogue);
    add_output_options(*command, options->output);
    command->callback([options, &frame] { explain(*options, frame); });
}

}  // namespace preflight::cli
