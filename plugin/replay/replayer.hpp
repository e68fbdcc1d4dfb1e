// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <list>
#include <map>

#include "replay/connection.hpp"

namespace preflight::replay {

/// Finds the RDP connections among the TCP segments of a capture, by what they carry and on any
/// port, and gives each try as soon as it is over. Memory is bounded however long the capture is.
class Replayer : private TryDirectory {
  public:
    /// `known` is what is known of the client beforehand.
    Replayer(Facts known, TryHandler handler);
    ~Replayer() override;

    void take(const Segment& segment);

    /// The capture ends at `now`.
    void finish(Time now);

    /// TCP connections seen, and those on RDP's port that began before the capture.
    std::uint64_t connections() const { return connections_; }
    std::uint64_t began_before() const { return began_before_; }

  private:
    using Key = std::pair<Endpoint, Endpoint>;  ///< the lower one first
    struct Entry {
        Endpoint client;  ///< without its port
        Endpoint server;
        std::shared_ptr<OpenTry> open;
    };

    Place place(const Link& link, bool from_start) override;
    bool is_known_server(const Endpoint& server) const override;
    Connection& connection_of(const Segment& segment);
    void leave(Connection& connection, Time now);
    void sweep(Time now);
    void hand_over(Time now, bool all);
    void make_room(Time now);

    static constexpr std::size_t most_connections = 16 * 1024;
    static constexpr std::size_t most_tries = 1024;
    static constexpr std::size_t most_servers = 4096;

    Facts known_;
    TryHandler handler_;
    std::map<Key, Connection> open_;
    std::list<Entry> tries_;
    std::vector<Endpoint> servers_;
    std::uint64_t connections_ = 0;
    std::uint64_t began_before_ = 0;
    std::uint64_t segments_ = 0;
};

}  // namespace preflight::replay
