// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string_view>

namespace preflight {

/// FreeRDP's own name of a connection state, or an empty text. FreeRDP's function for it came only
/// with 2.11.
std::string_view state_name(int state) noexcept;

/// The states that matter to the tap. Numbers of the major that we are built for.
enum class Phase { idle, connecting, settings, active };

/// idle: nothing under way. connecting: up to the sign-in. settings: the basic settings exchange
/// and what follows, where the client tells its password. active: the desktop.
Phase phase_of(int state) noexcept;

}  // namespace preflight
