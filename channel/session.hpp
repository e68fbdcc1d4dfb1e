// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <freerdp/freerdp.h>

namespace preflight {

/// Listens to what the client is told of a session that is active: errors of the host's sign-in
/// program, and the end of it all, when the client is done with trying to get a lost session back.
/// The client's own callbacks are wrapped, once per context.
void listen_to_session(rdpContext* context);

}  // namespace preflight
