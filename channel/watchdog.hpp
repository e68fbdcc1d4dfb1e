// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

namespace preflight {

class Connection;

/// From now on a thread of ours says once what `connection` waits for, when it waits too long. A
/// silent server makes FreeRDP hang for ever without an event, so nobody else could.
void watch(Connection& connection) noexcept;

}  // namespace preflight
