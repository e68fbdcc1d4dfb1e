// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli/replay.hpp"

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "cli/client.hpp"
#include "cli/commands.hpp"
#include "wire/text.hpp"

namespace preflight::cli {
namespace {

/// Whether `stream` begins like JSON. It is read from its beginning again afterwards.
bool begins_like_json(std::FILE* stream) {
    int first = 0;
    do first = std::fgetc(stream);
    while (first == ' ' || first == '\n' || first == '\t' || first == '\r');
    std::rewind(stream);
    return first == '{' || first == '[';
}

/// The rest of `stream`, which it closes; empty when it is longer than any report.
std::string text_of(std::FILE* stream) {
    constexpr std::size_t longest = 16 * 1024 * 1024;
    std::string text;
    std::array<char, 4096> piece{};
    while (const std::size_t count = std::fread(piece.data(), 1, piece.size(), stream)) {
        text.append(piece.data(), count);
        if (text.size() > longest) text.clear();
        if (text.empty()) break;
    }
    std::fclose(stream);
    return text;
}

void replay(const ReplayOptions& options, Frame& frame) {
    std::FILE* const stream = std::fopen(options.file.c_str(), "rbe");
    if (!stream) {
        frame.problem(wire::printable(options.file) + ": " + std::strerror(errno));
        frame.exit_code = ExitCode::unreadable;
        return;
    }
    if (begins_like_json(stream)) return replay_report(text_of(stream), options, frame);
    replay_capture(stream, options, frame);
}

}  // namespace

void add_replay(CLI::App& app, Frame& frame) {
    auto options = std::make_shared<ReplayOptions>();
    CLI::App* command =
        app.add_subcommand("replay", "diagnose a capture (pcap, pcapng) or an earlier JSON report");
    command->add_option("FILE", options->file, "the file")->required()->type_name("");
    command->add_flag("--all", options->all, "the report of every connection in it");
    command->add_option("--connection", options->connection, "the report of connection N alone")
        ->type_name("N");
    add_client_option(*command, options->client);
    add_catalogue_option(*command, options->catalogue);
    add_output_options(*command, options->output);
    command->callback([options, &frame] { replay(*options, frame); });
}

}  // namespace preflight::cli
