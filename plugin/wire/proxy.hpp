// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "wire/reassembler.hpp"

namespace preflight::wire {

/// The kind of proxy that a client's first bytes speak to: "HTTP" (CONNECT, RFC 9110 9.3.6),
/// "SOCKS" (version 5, RFC 1928 3), or empty.
std::string_view proxy_kind(Bytes first_sent);

/// The head of an HTTP answer, up to and with the empty line.
Frame http_head_frame(Bytes bytes);

/// The status line of an HTTP answer, RFC 9112 section 4.
struct HttpStatus {
    int code = 0;
    std::string reason;  ///< printable; may be empty
};
std::optional<HttpStatus> parse_http_status(Bytes head);

/// The answers of a SOCKS proxy: the choice of a method, RFC 1928 section 3; the result of a
/// password, RFC 1929 section 2; the reply to the request, RFC 1928 section 6.
Frame socks_choice_frame(Bytes bytes);
Frame socks_reply_frame(Bytes bytes);

/// The meaning of the REP field, such as "Connection refused", RFC 1928 section 6; empty for
/// success, "unassigned" where it has none.
std::string_view socks_reply_text(std::uint8_t reply);

}  // namespace preflight::wire
