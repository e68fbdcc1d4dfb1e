// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/client.hpp"

namespace preflight {

/// What this process and its surroundings say of the client: program, family, OpenSSL, platform,
/// clock, terminal, display.
void describe_process(ClientFacts& client);

/// Kind of the program called `program`: freerdp, remmina, other.
std::string family_of(const std::string& program);

/// Whether a file could be made in `folder`, or the folder itself where it does not exist yet.
bool can_write_into(std::string folder);

/// The value of an environment variable; empty where it is not set.
std::string environment(const char* name);

}  // namespace preflight
