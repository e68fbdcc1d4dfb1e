// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <openssl/ssl.h>

#include <map>
#include <mutex>

#include "identity.hpp"
#include "script.hpp"

namespace scripted {

/// What all connections of a server share: the scenario, and one identity for each of its TLS
/// set-ups, so that a client sees the same certificate however often it comes back.
class Stage {
  public:
    /// Makes every certificate of `scenario` now, before the first client waits for it.
    explicit Stage(const Scenario& scenario);

    const Scenario& scenario() const { return scenario_; }
    SSL_CTX* context(const Step& step) const { return contexts_.at(&step).get(); }
    int next_attempt();

  private:
    void prepare(const std::vector<Step>& steps);

    const Scenario& scenario_;
    std::map<const Step*, Context> contexts_;
    std::mutex mutex_;
    int attempts_ = 0;
};

/// Serves one accepted connection from start to end, and closes `fd`. Waits at most `seconds` for
/// each answer. `tell` prints to stderr what the client asked for.
void serve(Stage& stage, int fd, int seconds, bool tell);

}  // namespace scripted
