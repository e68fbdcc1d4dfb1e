// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <ctime>
#include <optional>
#include <string>
#include <vector>

#include "certificate_maker.hpp"

namespace preflight::test {

/// What `openssl x509` says of a certificate; the texts as it prints them.
struct ToolDescription {
    bool readable = false;
    std::string not_before;  ///< 2026-11-21 12:00:00Z, or "Bad time value"
    std::string not_after;
    std::string sha256;  ///< hex in lower case, with colons
    std::string algorithm;
    int bits = 0;  ///< 0: it does not say
};

/// What `openssl verify` says of a chain; code 0: all is well.
struct ToolVerdict {
    int code = 0;  ///< of the first error
    int depth = 0;
    bool expired = false;  ///< whether code 10 is among them
};

/// The command line tool openssl, in a folder of its own that goes away at the end.
class OpensslTool {
  public:
    OpensslTool();
    ~OpensslTool();
    OpensslTool(const OpensslTool&) = delete;
    OpensslTool& operator=(const OpensslTool&) = delete;

    ToolDescription describe(const Der& certificate) const;

    /// With the system's authorities, and `purpose` such as sslserver.
    ToolVerdict verify(const std::vector<Der>& chain, const std::string& purpose,
                       std::time_t now) const;

  private:
    std::string folder_;
};

}  // namespace preflight::test
