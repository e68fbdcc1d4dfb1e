// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

// CMocka needs these before it, has no extern "C" of its own, and defines macros with names of
// everyday words.
#include <csetjmp>
#include <cstdarg>
#include <cstddef>
#include <cstdint>

extern "C" {
#include <cmocka.h>
}
#undef fail
#undef skip
