// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <functional>
#include <vector>

#include "facts/facts.hpp"
#include "record/recorder.hpp"
#include "replay/segment.hpp"

namespace preflight::replay {

/// A time of the capture on the recorder's clock.
Observation::Clock::time_point moment(Time at);

/// One TCP connection of a try, as the capture has it.
struct Link {
    Endpoint client;
    Endpoint server;
    Time began{};
    Time ended{};
};

/// A client's try to connect: the TCP connections that it made for it, one after the other, and
/// what they come to. `facts.attempts` has the same order as the first links.
struct Try {
    std::vector<Link> links;
    Facts facts;
};

/// Takes each try as it is finished.
using TryHandler = std::function<void(Try&&)>;

/// A try under way.
class OpenTry {
  public:
    /// `known` is what is known of the client; `first` the first of its connections.
    OpenTry(const Facts& known, const Link& first, bool from_start);

    /// Another connection of the same client to the same server, which began after the last one
    /// ended. Gives its number, from 1.
    std::uint32_t add(const Link& link);

    /// Hands `what` happened on connection `stream` to the recorder.
    void observe(Time at, std::uint32_t stream, decltype(Observation::what) what);

    /// Connection `stream` is over.
    void link_ended(std::uint32_t stream, Time at);

    /// Whether a session ran, as far as can be seen by now.
    bool ran_session() const { return recorder_.facts(moment(last_)).outcome == "connected"; }

    /// Whether all of its connections are over.
    bool is_over() const { return open_ == 0; }
    Time last() const { return last_; }

    /// What it came to, at `now`.
    Try finish(Time now) const;

  private:
    static constexpr std::size_t most_links = 64;
    Recorder recorder_;
    Try result_;
    Time last_{};
    std::uint32_t count_ = 0;
    std::uint32_t open_ = 0;
    bool from_start_;
};

}  // namespace preflight::replay
