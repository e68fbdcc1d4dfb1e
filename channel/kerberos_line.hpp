// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace preflight {

/// An error of libkrb5 as FreeRDP 3 logs it.
struct KerberosError {
    std::int32_t code = 0;  ///< of libkrb5, such as -1765328230
    std::string realm;      ///< the one named in it; may be empty
};

/// The error in a line of WinPR's Kerberos logger, "FUNCTION (MESSAGE [CODE])"; nothing where the
/// line has none. A message may name the user: of its words only a realm's name is taken.
std::optional<KerberosError> kerberos_error_in(std::string_view line);

}  // namespace preflight
