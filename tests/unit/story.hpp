// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>
#include <vector>

#include "facts/facts.hpp"
#include "observe/observation.hpp"
#include "pdu_samples.hpp"
#include "record/recorder.hpp"

namespace preflight::test {

/// A connection told as observations, one line each; what it comes to is in `facts()`. Each
/// observation happens a millisecond after the one before; `after` lets more time pass.
///
///     Story().round().socket().request(3).failure(5).result(-1, 0x2000c, "…").facts()
class Story {
  public:
    Story();
    explicit Story(Facts known);

    Story& after(int milliseconds);
    Story& observe(decltype(Observation::what) what);

    Story& round();
    Story& redirected_round();

    /// A TCP connection, the next stream; the lines that follow belong to it. `beside`: the older
    /// one that is still held.
    Story& socket(const std::string& address = "10.0.0.5", std::uint32_t beside = 0);
    Story& refused_socket(int error = 0);

    /// The lines that follow belong to this older stream.
    Story& on_stream(std::uint32_t stream);

    Story& sent(const Octets& bytes, Layer layer = Layer::wire);
    Story& received(const Octets& bytes, Layer layer = Layer::wire);
    Story& received(std::string_view text);

    /// X.224: a connection request with these protocols and a cookie; its answers.
    Story& request(std::uint32_t protocols);
    Story& response(std::uint32_t protocol, std::uint8_t flags = 0x1f);
    Story& failure(std::uint32_t code);
    Story& plain_confirm();

    /// TLS, as OpenSSL tells it.
    Story& configured(int security_level = 2, int min_version = 0x0303);
    Story& client_hello(const std::vector<int>& versions = {0x0304, 0x0303});
    Story& server_hello(int version = 0x0303, int cipher = 0xc030, bool renegotiation_info = true);
    Story& certificate(const std::vector<Octets>& chain);
    Story& alert(Direction direction, int description, int level = 2);
    Story& established(const std::vector<Octets>& chain, int version = 0x0303);
    Story& tls_failed(unsigned long code = 0, const std::string& reason = "");

    /// The end of the stream: by a reset, in order, or by an errno of a write.
    Story& reset();
    Story& closed();
    Story& write_error(int error);

    Story& state(std::string_view name);
    Story& result(int result, std::uint32_t code = 0, const std::string& name = "");

    Facts facts() const;
    std::string waiting_for() const { return recorder_.waiting_for(); }
    const Recorder& recorder() const { return recorder_; }
    Observation::Clock::time_point now() const { return now_; }

  private:
    Story& tls_message(Direction direction, int content_type, const Octets& bytes);

    Observation::Clock::time_point now_{};
    std::uint32_t streams_ = 0;
    std::uint32_t stream_ = 0;
    Recorder recorder_;
};

/// What a source knows beforehand in most tests: xfreerdp to win-srv01.example.org.
Facts known_facts();

}  // namespace preflight::test
