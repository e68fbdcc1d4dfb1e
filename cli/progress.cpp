// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli/progress.hpp"

#include <ostream>
#include <utility>

namespace preflight::cli {

void Progress::clear() {
    if (std::exchange(drawn_, false)) out_ << "\r\x1b[K" << std::flush;
}

void Progress::show(std::size_t done, const std::string& note) {
    constexpr std::size_t width = 30;
    if (!shown_) return;
    const std::size_t filled = width * done / count_;
    out_ << "\r\x1b[K[" << std::string(filled, '#') << std::string(width - filled, ' ') << "] "
         << done << "/" << count_ << note << std::flush;
    drawn_ = true;
}

}  // namespace preflight::cli
