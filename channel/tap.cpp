// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "channel/tap.hpp"

namespace preflight {
namespace {

constinit thread_local Listener* thread_listener = nullptr;

}  // namespace

bool install_tap() noexcept {
    static const bool installed = tap::install_bio() && tap::install_tls();
    return installed;
}

void bind_thread(Listener* listener) noexcept { thread_listener = listener; }

Listener* bound_listener() noexcept {
    Listener* listener = thread_listener;
    return listener && listener->listening() ? listener : nullptr;
}

}  // namespace preflight
