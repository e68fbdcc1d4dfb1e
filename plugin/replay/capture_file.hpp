// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <cstdio>
#include <memory>
#include <string>

#include "replay/segment.hpp"

namespace preflight::replay {

/// A pcap or pcapng file, read with libpcap; its packets are taken apart with libtins. Whatever is
/// no TCP, or is damaged, is passed over.
class CaptureFile {
  public:
    /// Reads from `stream`, which it closes. `problem()` tells when that is no capture file.
    explicit CaptureFile(std::FILE* stream);
    ~CaptureFile();
    CaptureFile(CaptureFile&&) noexcept;
    CaptureFile& operator=(CaptureFile&&) noexcept;

    /// The next TCP segment; false at the end of the file.
    bool next(Segment& segment);

    /// Why it cannot be read (any further); empty when all is well.
    const std::string& problem() const;

    /// Whether it is a capture file at all.
    bool opened() const;

    /// Packets read, and those among them that are damaged.
    std::uint64_t packets() const;
    std::uint64_t damaged() const;

    /// When the last packet was captured.
    Time last() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace preflight::replay
