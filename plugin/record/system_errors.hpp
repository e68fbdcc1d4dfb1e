// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>

namespace preflight::record {

/// "ECONNREFUSED" for an errno that a connection can end with; "errno N" for any other.
std::string errno_name(int error);

/// The system's text for an errno.
std::string errno_text(int error);

/// "EAI_NONAME" for a getaddrinfo error; "EAI N" for an unknown one.
std::string lookup_error_name(int error);

/// The system's text for a getaddrinfo error.
std::string lookup_error_text(int error);

/// What the error says of the name: unknown-name, resolver-down, other-error.
std::string lookup_result(int error);

}  // namespace preflight::record
