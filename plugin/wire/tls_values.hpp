// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>
#include <string_view>

namespace preflight::wire {

/// A value of a registry and its name.
struct NamedValue {
    int value;
    std::string_view name;
};

/// How a value without a name is written: 0x%04x.
std::string hexadecimal(int value);

}  // namespace preflight::wire
