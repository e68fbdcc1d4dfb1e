// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "wire/proxy.hpp"

namespace preflight::wire {

/// What the head of an HTTP answer (RFC 9110, RFC 9112) says about a gateway or proxy. Of
/// authentication headers only the schemes are kept: their parameters can be tokens.
struct HttpResponse {
    HttpStatus status;
    std::vector<std::string> schemes;  ///< of WWW-Authenticate; printable, without repetition
    bool challenge = false;            ///< WWW-Authenticate carries a token: a sign-in is under way
    std::vector<std::string> proxy_schemes;  ///< of Proxy-Authenticate
    std::string server;                      ///< Server; printable
    std::string location;                    ///< Location; printable
    bool websocket = false;                  ///< Upgrade: websocket
    bool chunked = false;                    ///< Transfer-Encoding: chunked
    bool html = false;                       ///< Content-Type: text/html
    std::optional<std::uint64_t> content_length;
};

/// Reads a head as `http_head_frame` tells it; nothing where it is no HTTP answer.
std::optional<HttpResponse> parse_http_response(Bytes head);

/// The first line of text in an answer's body, of HTML its title or first words; printable, at most
/// 160 bytes and an ellipsis; empty where there is none.
std::string first_line_of_body(Bytes body);

}  // namespace preflight::wire
