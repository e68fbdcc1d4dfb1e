// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>

#include "facts/client.hpp"

namespace CLI {
class App;
}

namespace preflight::cli {

/// Adds --client NAME[:VERSION].
void add_client_option(CLI::App& command, std::string& client);

/// What is known of the client that commands are spelled for: program, family and FreeRDP's
/// version, and this computer (OpenSSL, platform, time, terminal, display). `wanted` is a name or
/// path, a version ("2.11"), both ("xfreerdp:2.11.7"), or empty for the client that is installed.
/// Without a version the program is run once with --version, for two seconds at most; where that
/// tells nothing the FreeRDP library is asked (xfreerdp 2 tells nothing without a display), and
/// then the name decides. Where nothing is installed: FreeRDP 3.
ClientFacts client_facts(const std::string& wanted = {});

/// The name of the FreeRDP client in PATH; where there is none, xfreerdp3. Runs nothing.
std::string installed_client();

}  // namespace preflight::cli
