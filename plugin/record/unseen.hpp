// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/capture.hpp"
#include "observe/observation.hpp"

namespace preflight::record {

/// What goes by encrypted where nobody can look inside: how much of it, and who broke off.
class UnseenStep {
  public:
    void message(Direction direction, std::size_t bytes);
    void alert(Direction direction);

    /// Whether the client went on encrypted.
    bool began() const { return sent_ > 0; }

    /// Whether so much went by that it can only be a session: more exchanges than sign-in, settings
    /// and licence need, and more bytes than they have.
    bool is_session() const { return exchanges_ >= 7 && bytes_received_ >= 16 * 1024; }

    /// Whether it is too little for a session: even the shortest way to one, [MS-RDPBCGR] 1.3.1.1,
    /// has five exchanges, and a sign-in two more.
    bool is_less_than_session(bool signs_in) const { return exchanges_ < (signs_in ? 5 : 4); }

    /// Who sent the first alert, where somebody did.
    const Maybe<Direction>& alert_from() const { return alert_; }

    void fill(CaptureFacts& facts) const;

  private:
    std::int64_t sent_ = 0;
    std::int64_t received_ = 0;
    std::int64_t bytes_received_ = 0;
    std::int64_t exchanges_ = 0;
    bool awaits_host_ = false;
    Maybe<Direction> alert_;
};

}  // namespace preflight::record
