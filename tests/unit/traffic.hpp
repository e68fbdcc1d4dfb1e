// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <vector>

#include "pdu_samples.hpp"
#include "replay/replayer.hpp"

namespace preflight::test {

/// A TCP connection told as segments, one line each, in the order in which a capture has them; each
/// a millisecond after the one before.
///
///     Traffic().open().sent(request).received(confirm).server_resets().tries()
class Traffic {
  public:
    Traffic();

    /// Another connection, from the client's port `port` to the server's port `to`.
    Traffic& connection(std::uint16_t port, std::uint16_t to = 3389);
    Traffic& ipv6();
    Traffic& after(std::int64_t milliseconds);

    Traffic& syn();
    Traffic& open();  ///< the three segments that begin a connection
    Traffic& sent(const Octets& bytes) { return data(true, bytes); }
    Traffic& received(const Octets& bytes) { return data(false, bytes); }

    /// Bytes that go by without being captured.
    Traffic& lost(bool from_client, std::size_t count);

    Traffic& client_closes() { return end(true, false); }
    Traffic& server_closes() { return end(false, false); }
    Traffic& client_resets() { return end(true, true); }
    Traffic& server_resets() { return end(false, true); }
    Traffic& unreachable(int error);

    /// The last segment comes before the one in front of it; comes twice; never comes.
    Traffic& swapped();
    Traffic& twice();
    Traffic& dropped();

    /// What a replay of all of it gives.
    std::vector<replay::Try> tries();

    /// The facts of the only try.
    Facts facts();

  private:
    struct Captured {
        replay::Segment segment;
        Octets payload;
    };

    Traffic& data(bool from_client, const Octets& bytes);
    Traffic& end(bool from_client, bool reset);
    replay::Segment segment(bool from_client);
    Traffic& put(const replay::Segment& segment, Octets payload = {});

    std::vector<Captured> segments_;
    replay::Endpoint client_;
    replay::Endpoint server_;
    replay::Time now_ = std::chrono::seconds(1'700'000'000);
    std::uint32_t client_next_ = 0;
    std::uint32_t server_next_ = 0;
};

}  // namespace preflight::test
