// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace preflight::wire {

/// Names as in the TLS registries of IANA; a value without a name is written as 0x%04x (an alert or
/// a message type as a number).

/// "TLS 1.2" for 0x0303.
std::string tls_version_name(int version);

/// "TLS_RSA_WITH_AES_128_CBC_SHA" for 0x002f.
std::string cipher_suite_name(int suite);

/// "secp256r1" for 0x0017.
std::string group_name(int group);

/// "rsa_pss_rsae_sha256" for 0x0804.
std::string signature_algorithm_name(int algorithm);

/// "protocol_version" for 70; empty where it has no name.
std::string_view alert_name(int description);

/// "ClientHello" for 1.
std::string handshake_name(int type);

/// The names of many, at most `limit`.
std::vector<std::string> names_of(const std::vector<int>& values, std::string (*name)(int),
                                  std::size_t limit = 256);

}  // namespace preflight::wire
