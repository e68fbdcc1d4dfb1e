// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli/replay.hpp"

namespace preflight::cli {

void replay_capture(std::FILE* stream, const ReplayOptions&, Frame& frame) {
    std::fclose(stream);
    frame.problem("built without libpcap and libtins, so it reads JSON reports only");
    frame.exit_code = ExitCode::unreadable;
}

}  // namespace preflight::cli
