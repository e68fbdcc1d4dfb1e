// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

namespace preflight {

/// Keeps our code in memory until the process ends: OpenSSL and the client hold pointers to it. The
/// linker's -z nodelete does so where there is one.
void pin_code() noexcept;

}  // namespace preflight
