// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/foreign.hpp"

#include <algorithm>
#include <array>

#include "wire/text.hpp"

namespace preflight::wire {
namespace {

constexpr std::size_t banner_limit = 80;

struct Opening {
    std::string_view text;
    std::string_view protocol;
};

// RFC 4253 4.2, RFC 9112 4, RFC 6143 7.1.1
constexpr std::array<Opening, 3> openings = {{{"SSH-", "SSH"}, {"HTTP/", "HTTP"}, {"RFB ", "VNC"}}};

std::string_view as_text(Bytes bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// An answer to nothing, as mail and file servers greet: "220 ", RFC 5321 4.2, RFC 959 4.2. Which
/// of the two it is they mostly say in the text.
std::string_view greeting_of(std::string_view text) {
    if (text.substr(0, 4) != "220 " && text.substr(0, 4) != "220-") return {};
    if (text.find("SMTP") != text.npos) return "SMTP";
    if (text.find("FTP") != text.npos) return "FTP";
    return {};
}

/// ContentType of a record and the version's upper byte, RFC 8446 5.1.
bool is_tls_record(Bytes bytes) {
    return bytes.size() >= 2 && bytes[0] >= 20 && bytes[0] <= 23 && bytes[1] == 3;
}

}  // namespace

std::string_view protocol_of(Bytes first) {
    if (first.size() < 2) return {};
    if (first[0] == 3 && first[1] == 0) return "RDP";
    if (is_tls_record(first)) return "TLS";
    const std::string_view text = as_text(first);
    for (const auto& [opening, protocol] : openings) {
        const std::size_t length = std::min(opening.size(), text.size());
        if (text.substr(0, length) == opening.substr(0, length)) return protocol;
    }
    const std::string_view greeting = greeting_of(text);
    return greeting.empty() ? "unknown" : greeting;
}

std::string banner_of(Bytes first) {
    std::string_view text = as_text(first);
    const std::size_t end = text.find_first_of("\r\n");
    if (end != text.npos && end > 0) text = text.substr(0, end);
    return printable(text, banner_limit);
}

}  // namespace preflight::wire
