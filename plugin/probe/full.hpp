// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "probe/quick.hpp"

namespace preflight {

/// What a full check asks beyond the quick one.
struct Survey {
    std::vector<CheckAccount::Asked> protocols;  ///< one connection for each; the quick one's too

    struct Version {
        int version = 0;  ///< wire value
        bool asked = false;
        Exchange::Account account;
    };
    std::vector<Version> versions;  ///< of TLS; empty where the host promises none
    bool out_of_time = false;
};

/// Goes on where `quick` stopped: which protocols and which TLS versions the host takes, and which
/// of its other addresses answer. At most `plan.most` connections in all, `plan.at_once` at a
/// time; what they cost is added to `quick`.
Survey check_fully(const CheckPlan& plan, CheckAccount& quick);

}  // namespace preflight
