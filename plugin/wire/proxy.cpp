// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/proxy.hpp"

#include <array>

#include "wire/text.hpp"

namespace preflight::wire {
namespace {

constexpr std::uint8_t socks_version = 5;
constexpr std::uint8_t socks_domain_name = 3;

std::string_view as_text(Bytes bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool digit(char c) { return c >= '0' && c <= '9'; }

/// Length of BND.ADDR by its type, RFC 1928 section 5; 0 where it is not yet known, or never will
/// be.
std::size_t socks_address_length(std::uint8_t type, Reader reader) {
    std::uint8_t length = 0;
    switch (type) {
        case 1:
            return 4;
        case 4:
            return 16;
        case socks_domain_name:
            return reader.u8(length) ? std::size_t{1} + length : 0;
        default:
            return 0;
    }
}

}  // namespace

std::string_view proxy_kind(Bytes first_sent) {
    if (as_text(first_sent).substr(0, 8) == "CONNECT ") return "HTTP";
    Reader reader(first_sent);
    std::uint8_t version = 0;
    Reader methods;
    const bool greeting = reader.u8(version) && version == socks_version &&
                          reader.vector8(methods) && !methods.empty() && reader.empty();
    return greeting ? "SOCKS" : "";
}

Frame http_head_frame(Bytes bytes) {
    constexpr std::string_view magic = "HTTP/";
    const std::string_view text = as_text(bytes);
    const std::string_view start = text.substr(0, magic.size());
    if (start != magic.substr(0, start.size())) return {Frame::State::broken, 0};
    const std::size_t end = text.find("\r\n\r\n");
    if (end == text.npos) return {};
    return {Frame::State::known, end + 4};
}

std::optional<HttpStatus> parse_http_status(Bytes head) {
    std::string_view line = as_text(head);
    line = line.substr(0, line.find_first_of("\r\n"));
    const std::size_t space = line.find(' ');
    if (line.substr(0, 5) != "HTTP/" || space == line.npos) return std::nullopt;
    line.remove_prefix(space + 1);
    if (line.size() < 3 || !digit(line[0]) || !digit(line[1]) || !digit(line[2]))
        return std::nullopt;
    HttpStatus status;
    status.code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    line.remove_prefix(3);
    if (!line.empty() && line.front() == ' ') line.remove_prefix(1);
    status.reason = printable(line, 80);
    return status;
}

Frame socks_choice_frame(Bytes bytes) {
    if (!bytes.empty() && bytes[0] != socks_version && bytes[0] != 1)
        return {Frame::State::broken, 0};
    return {Frame::State::known, 2};
}

Frame socks_reply_frame(Bytes bytes) {
    Reader reader(bytes);
    std::uint8_t version = 0;
    std::uint8_t reply = 0;
    std::uint8_t type = 0;
    if (!reader.u8(version)) return {};
    if (version != socks_version) return {Frame::State::broken, 0};
    if (!reader.u8(reply)) return {};
    // A refusal ends the conversation: some proxies send no address behind it.
    if (reply != 0) return {Frame::State::known, 2};
    if (!reader.skip(1) || !reader.u8(type)) return {};
    const std::size_t address = socks_address_length(type, reader);
    if (address == 0 && type != socks_domain_name) return {Frame::State::broken, 0};
    if (address == 0) return {};
    return {Frame::State::known, 4 + address + 2};
}

std::string_view socks_reply_text(std::uint8_t reply) {
    constexpr std::array<std::string_view, 9> texts = {"",
                                                       "general SOCKS server failure",
                                                       "connection not allowed by ruleset",
                                                       "Network unreachable",
                                                       "Host unreachable",
                                                       "Connection refused",
                                                       "TTL expired",
                                                       "Command not supported",
                                                       "Address type not supported"};
    return reply < texts.size() ? texts[reply] : "unassigned";
}

}  // namespace preflight::wire
