// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

namespace preflight::cli {

/// What rdp-preflight ends with. The numbers are public (rdp-preflight(1)) and never change.
enum class ExitCode {
    success = 0,            ///< the host would be connected to; what was asked is explained
    would_not_connect = 1,  ///< a connection would fail, or one in the file did
    warnings = 2,           ///< it would work, but something needs attention soon
    usage = 3,              ///< the command line was not understood
    not_known = 4,          ///< nothing is known about what was asked
    unreadable = 5,         ///< a file could not be read
    undecided = 6,          ///< time ran out before there was a verdict
    internal = 7,           ///< a fault of rdp-preflight itself
};

}  // namespace preflight::cli
