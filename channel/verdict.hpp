// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <functional>

#include "channel/connection.hpp"
#include "diagnose/catalogue.hpp"

namespace preflight {

/// The connection failed with `error`: tells why, once, and closes the record. Looks the name up,
/// connects or asks the host again where the evidence lacks the reason, unless the options forbid
/// it; `stopped` says that the user wants to leave.
void explain_failure(Connection& connection, const ErrorSeen& error,
                     std::function<bool()> stopped = {});

/// The client is done with a session: tells why it ended, if that is worth telling, and closes the
/// record. Looks the host up or connects again where the client tried in vain to get it back.
void explain_end(Connection& connection);

/// The host's sign-in program spoke while the session is there: notes it in a line, once in a
/// session, if it is a refusal.
void note_sign_in(Connection& connection);

/// A check of the sign-in alone (+auth-only) went well: says so where it checked nothing, and
/// closes the record.
void note_check(Connection& connection);

/// The explanations: ours, with those of the options' directory.
Catalogue catalogue_for(const Options& options);

/// Writes the report on `facts` where `options` say. False when there is nothing worth telling.
bool publish(const Facts& facts, const Options& options);

}  // namespace preflight
