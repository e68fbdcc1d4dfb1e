// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace preflight::cli {

/// Does `work` for 0 to `count`-1 in `jobs` threads, and hands each result to `take` in that order,
/// one at a time and as early as it can. No thread runs far ahead of what was handed over, so that
/// memory does not grow with `count`.
void in_order(std::size_t count, std::size_t jobs,
              const std::function<std::string(std::size_t)>& work,
              const std::function<void(std::size_t, const std::string&)>& take);

}  // namespace preflight::cli
