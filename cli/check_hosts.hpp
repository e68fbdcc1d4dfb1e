// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::cli {

struct HostToCheck {
    std::string host;
    std::uint16_t port = 3389;
};

/// Reads HOST, HOST:PORT, IPv6, [IPv6] or [IPv6]:PORT; nothing where it is none of these.
std::optional<HostToCheck> read_host(std::string_view text);

/// The hosts in a list: one in a line, what follows a # is a comment. At most a million. The lines
/// that are no host go to `problems` as "line N: TEXT".
std::vector<HostToCheck> read_hosts(std::istream& list, std::vector<std::string>& problems);

}  // namespace preflight::cli
