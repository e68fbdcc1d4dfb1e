// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <ctime>
#include <span>
#include <string_view>
#include <vector>

#include "certificate/openssl.hpp"

namespace preflight::certificate {

/// One error of a verification.
struct VerifyError {
    int code = 0;  ///< X509_V_ERR_*
    int depth = 0;
};

/// All errors that OpenSSL finds in a chain, the one that FreeRDP would stop at first; empty where
/// it verifies. The store, the purposes and their order are FreeRDP's (x509_verify_certificate of
/// 2, x509_utils_verify of 3). `directory` names further authorities and may be empty.
std::vector<VerifyError> verify(std::span<const X509Ptr> chain, std::time_t now,
                                const std::string& directory);

/// "X509_V_ERR_CERT_HAS_EXPIRED" for 10; empty for an unknown code.
std::string_view verify_error_name(int code);

}  // namespace preflight::certificate
