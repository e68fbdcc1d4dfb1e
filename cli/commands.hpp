// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "cli/frame.hpp"

namespace preflight::cli {

/// Each adds one subcommand with its options. What a subcommand needs to keep lives in the callback
/// that it gives to CLI11; it leaves its exit code in `frame`, which outlives `app`.
void add_check(CLI::App& app, Frame& frame);
void add_explain(CLI::App& app, Frame& frame);
void add_replay(CLI::App& app, Frame& frame);

/// Adds all of them, in the order of the help.
void add_commands(CLI::App& app, Frame& frame);

}  // namespace preflight::cli
