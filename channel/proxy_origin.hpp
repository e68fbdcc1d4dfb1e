// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <freerdp/freerdp.h>

#include "facts/network.hpp"

namespace preflight {

/// Whether the client was given a proxy as an option. Only true before it connects: FreeRDP then
/// takes one from the environment and notes it in the same setting.
bool proxy_given(const rdpContext* context);

/// The proxy that the client dials, and who named it. `given`: what proxy_given said beforehand.
void describe_proxy(const rdpContext* context, bool given, ProxyFacts& proxy);

}  // namespace preflight
