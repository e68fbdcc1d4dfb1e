// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/replayed.hpp"

namespace preflight::record {

std::string replayed_outcome(const Record& record, const Attempt* deciding, Moment now) {
    if (!deciding) return "unclear";
    if (deciding->ran_session()) return "connected";
    if (deciding->stopped_short()) return "failed";
    const bool waits = record.attempts.back().get() == deciding && !deciding->is_over() &&
                       deciding->host_is_silent(now);
    return waits ? "waiting" : "unclear";
}

}  // namespace preflight::record
