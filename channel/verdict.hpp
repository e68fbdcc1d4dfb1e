// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "channel/connection.hpp"

namespace preflight {

/// The connection failed with `error`: tells why, once, and closes the record. Looks the name up or
/// connects again where the evidence lacks the reason.
void explain_failure(Connection& connection, const ErrorSeen& error);

/// Writes the report on `facts` where `options` say.
void publish(const Facts& facts, const Options& options);

}  // namespace preflight
