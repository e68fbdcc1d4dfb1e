// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <freerdp/freerdp.h>

#include "facts/facts.hpp"

namespace preflight {

/// What the client's settings say before anything happens: client, target, gateway, proxy. Read
/// afresh each time, because FreeRDP 3 replaces its settings on a redirection. Cookies and
/// tokens are never read, of user name and password only whether there is one.
Facts known_facts(const rdpContext* context);

/// Whether the password is empty now; an answer to the client's question has come into the
/// settings.
bool password_empty(const rdpContext* context);

/// Whether a server's redirection is in force.
bool is_redirected(const rdpContext* context);

}  // namespace preflight
