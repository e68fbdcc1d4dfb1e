// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>

#include "record/record.hpp"

namespace preflight::record {

/// How a connection that was read from a capture came out: connected, failed, waiting, or unclear
/// where the capture does not tell. No client says there whether it was content.
std::string replayed_outcome(const Record& record, const Attempt* deciding, Moment now);

}  // namespace preflight::record
