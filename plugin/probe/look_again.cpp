// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "probe/look_again.hpp"

#include "probe/dial.hpp"
#include "probe/resolve.hpp"

namespace preflight {

LookedAgain look_again(const std::string& host, std::uint16_t port, const LookLimits& limits) {
    const Resolved resolved = resolve(host, port, limits.lookup);
    LookedAgain seen = looked_up(resolved);
    if (limits.connect_at_all)
        dial_all(resolved, limits.addresses, std::chrono::steady_clock::now() + limits.connect,
                 seen);
    return seen;
}

}  // namespace preflight
