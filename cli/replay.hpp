// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <cstdint>
#include <string>

#include "cli/frame.hpp"

namespace preflight::cli {

struct ReplayOptions {
    std::string file;
    bool all = false;
    std::uint64_t connection = 0;  ///< report this one only; 0: the one that failed
    std::string catalogue;
    std::string client;
    OutputOptions output;
};

/// Tells what the capture file `stream` holds, and closes it.
void replay_capture(std::FILE* stream, const ReplayOptions& options, Frame& frame);

/// Diagnoses the facts of the JSON report `text` with today's catalogue.
void replay_report(const std::string& text, const ReplayOptions& options, Frame& frame);

}  // namespace preflight::cli
