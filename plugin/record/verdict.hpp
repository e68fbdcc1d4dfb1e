// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/stage.hpp"
#include "record/record.hpp"

namespace preflight::record {

/// FreeRDP's last error; 0 where there is none.
std::uint32_t error_of(const Record& record);

/// The attempt that came furthest, of equals the first, among those of the rounds from `first` to
/// `last`. Null where there is none.
const Attempt* furthest_of(const Record& record, int first, int last);

/// The attempt that explains the outcome: the one that came furthest, of equals the first, among
/// those behind the last redirection. Of a session that was lost it is the one that carried it,
/// unless the client was then given an answer that kept it out. Null where there is none.
const Attempt* deciding(const Record& record);

/// failed, connected, waiting, ended.
std::string outcome_of(const Record& record, Moment now);

/// The step at which the connection stopped; `attempt` is the deciding one, or null.
Stage stage_of(const Record& record, const Attempt* attempt);

/// What is known of an attempt's end beside its own observations.
Closing closing_of(const Record& record, const Attempt& attempt, Moment now);

/// Whether FreeRDP's limit for reaching the session ran out while `attempt` waited.
bool activation_timed_out(const Record& record, const Attempt& attempt);

/// The steps before `stage` that a connection like this one took, in order. `facts` has the outcome
/// and the deciding attempt's steps.
Texts reached_steps(const Record& record, const Facts& facts, Stage stage);

/// Whether FreeRDP found an address for the name it looked up.
bool names_resolved(const Record& record);

/// Whether this is an error that FreeRDP gives for a sign-in, to a host or to a gateway.
bool is_sign_in(const ErrorSeen& error);

/// Takes in FreeRDP's error, as FreerdpFacts tells it.
void fill_error(const ErrorSeen& error, FreerdpFacts& facts);

}  // namespace preflight::record
