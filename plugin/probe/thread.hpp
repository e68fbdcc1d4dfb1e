// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <functional>

namespace preflight {

/// Runs `work` in a detached thread that takes none of the process's signals. Whatever `work`
/// throws ends that thread only. False when the system grants no thread.
bool start_thread(std::function<void()> work) noexcept;

}  // namespace preflight
