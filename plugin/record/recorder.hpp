// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <memory>

#include "facts/facts.hpp"
#include "observe/observation.hpp"

namespace preflight {

/// Turns observations into facts. Not thread-safe: the caller serialises. Memory is bounded
/// whatever arrives: at most 64 KiB per stream and direction and 256 events are kept.
class Recorder {
  public:
    /// `known` holds what the source knows before anything happens: client, target, proxy, gateway.
    Recorder(Facts known, Observation::Clock::time_point start);
    ~Recorder();
    Recorder(Recorder&&) noexcept;
    Recorder& operator=(Recorder&&) noexcept;

    /// Takes in one observation. May throw std::bad_alloc; nothing else.
    void observe(const Observation& observation);

    /// The facts so far. Costly parts (the certificate's verification against this computer's
    /// authorities) are done here, not while observing.
    Facts facts(Observation::Clock::time_point now) const;

    /// What the peer is being waited for, in words for a person ("an answer to the connection
    /// request"), or empty when nothing is.
    std::string waiting_for() const;

    /// When something last moved.
    Observation::Clock::time_point last_progress() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace preflight
