// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/facts.hpp"

namespace preflight::record {

/// A gateway without WebSocket takes two connections, one for each direction ([MS-TSGU] 3.3.5.1,
/// [MS-RPCH] 2.1): together they are one attempt. Adds the `second` to the `first`: of the gateway
/// what either tells, the refusal before all else; of the host what the one that came further does.
void join_channels(AttemptFacts second, AttemptFacts& first);

}  // namespace preflight::record
