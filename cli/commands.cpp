// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli/commands.hpp"

namespace preflight::cli {

void add_commands(CLI::App& app, Frame& frame) {
    add_check(app, frame);
    add_explain(app, frame);
    add_replay(app, frame);
}

}  // namespace preflight::cli
