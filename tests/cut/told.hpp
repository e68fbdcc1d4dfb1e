// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "observe/observation.hpp"

namespace preflight::test {

/// An observation that owns what it was told, so that it can be kept, written down, read back,
/// shortened and damaged. One line of a recording.
struct Told {
    decltype(Observation::what) what;
    std::vector<std::uint8_t> bytes;  ///< of Transferred and TlsMessage, whose views stay empty
    std::string name;                 ///< of StateChanged, whose view stays empty
    std::string step;  ///< bytes on the wire: the step they belong to, as tests/cut/steps.py says

    /// The observation, with views of this object.
    decltype(Observation::what) view() const;

    bool is_on_wire(Direction direction) const;
    bool is_plain_received() const;
    bool is_tls_received() const;
};

/// What a source told, kept.
Told told(const decltype(Observation::what)& what);

/// One line of JSON without its end; bytes in base64. `line` of a kind that no recording needs (a
/// question about a certificate, say) is empty.
std::string line_of(const Told& told);

/// The opposite. Throws std::runtime_error where the line is none of ours.
Told told_by(const std::string& line);

/// A whole recording: a file of such lines. Throws as above.
std::vector<Told> read_recording(const std::string& path);

}  // namespace preflight::test
