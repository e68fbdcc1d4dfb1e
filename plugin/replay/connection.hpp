// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "replay/attempts.hpp"
#include "replay/content.hpp"
#include "replay/half_stream.hpp"

namespace preflight::replay {

/// Gives the try that a connection belongs to, with the number that it has there.
class TryDirectory {
  public:
    struct Place {
        std::shared_ptr<OpenTry> of;
        std::uint32_t stream = 0;
    };
    virtual ~TryDirectory() = default;
    virtual Place place(const Link& link, bool from_start) = 0;

    /// Whether RDP was seen at this server.
    virtual bool is_known_server(const Endpoint& server) const = 0;
};

/// One TCP connection in the capture. Until its first bytes tell whether it is RDP it keeps them;
/// then what happens on it goes to its try.
class Connection {
  public:
    /// `first` is the first segment seen of it.
    Connection(const Segment& first, TryDirectory& tries);

    void take(const Segment& segment);

    /// Nothing more of it is in the capture, which goes on till `now`.
    void finish(Time now);

    bool is_over() const { return over_; }
    Time last() const { return last_; }
    bool is_rdp() const { return rdp_; }

    /// Whether a SYN now begins another connection between the same ends.
    bool can_begin_again() const { return over_ || first_data_; }

    /// Whether it looks like RDP by its port alone, and began before the capture.
    bool began_before() const { return !from_start_ && !rdp_ && server().port == rdp_port; }

  private:
    /// Bytes and ends that wait for the decision.
    struct Early {
        Time at;
        decltype(Observation::what) what;
        std::vector<std::uint8_t> bytes;
    };

    const Endpoint& server() const { return link_.server; }
    HalfStream& half(Direction direction) {
        return direction == Direction::sent ? sent_ : received_;
    }
    void take_syn(const Segment& segment, Direction direction);
    void take_data(const Segment& segment, Direction direction);
    void take_end(const Segment& segment, Direction direction);
    void take_acknowledged(const Segment& segment, Direction direction);
    void refused(Time at, int error);
    void join(Time at, SocketOpened socket);
    void deliver(Time at, Direction direction, std::vector<std::uint8_t> bytes);
    void close_holes(Time at, bool all);
    void check_fin(Time at);
    void ended(Time at, Direction direction, bool reset);
    void decide(Direction direction);
    void settle(bool rdp);
    void tell(Time at, decltype(Observation::what) what);
    void finish_link(Time at);

    static constexpr std::size_t most_early_bytes = 16 * 1024;
    static constexpr std::size_t most_early_events = 64;

    TryDirectory& tries_;
    Link link_;
    bool from_start_ = false;
    std::optional<Time> answered_;  ///< the SYN was
    std::optional<Time> first_data_;
    Time last_{};
    HalfStream sent_;
    HalfStream received_;

    std::vector<Early> early_;
    std::size_t early_bytes_ = 0;
    std::vector<std::uint8_t> first_sent_;
    std::vector<std::uint8_t> first_received_;
    bool decided_ = false;
    bool over_ = false;
    bool rdp_ = false;
    std::shared_ptr<OpenTry> try_;
    std::uint32_t stream_ = 0;
};

}  // namespace preflight::replay
