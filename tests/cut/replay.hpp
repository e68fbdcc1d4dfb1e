// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <span>
#include <string>
#include <vector>

#include "facts/facts.hpp"
#include "record/recorder.hpp"
#include "told.hpp"

namespace preflight::test {

using Lines = std::span<const Told>;

/// How a connection that is cut comes to its end.
enum class End {
    close,   ///< the server, or something before it, closes in order
    reset,   ///< a TCP reset
    silent,  ///< nothing comes any more; the client still waits
};
constexpr std::string_view name_of(End end) {
    constexpr std::string_view names[] = {"close", "reset", "silent"};
    return names[static_cast<int>(end)];
}

/// Plays a recording to the recorder, whole or in part. Each line takes a millisecond.
class Replay {
  public:
    Replay();

    void play(const Told& line);
    void play(Lines lines);

    /// The first `size` bytes of a line that tells of bytes; nothing where that is 0.
    void play_beginning(const Told& line, std::size_t size);

    /// A line that tells of bytes, each of them on its own.
    void play_single_bytes(const Told& line);

    /// As FreeRDP and the tap tell of it: the stream's end, a handshake that failed, the result.
    void end(End how, Direction noticed = Direction::received);

    Facts facts() const { return recorder_.facts(now_); }
    std::string waiting_for() const { return recorder_.waiting_for(); }

  private:
    void tell(const decltype(Observation::what)& what);

    Observation::Clock::time_point now_{};
    std::uint32_t stream_ = 0;
    bool handshake_ = false;
    Recorder recorder_;
};

/// All that is wrong with what the report would be: not UTF-8, a control character, a line that is
/// too long, JSON that cannot be read. Empty when it is sound. `step`: where it says it stopped.
struct Report {
    std::string problem;
    std::string outcome;
    std::string step;  ///< of the progress line
    std::string id;
    std::string text;
};
Report report_on(const Facts& facts);

}  // namespace preflight::test
