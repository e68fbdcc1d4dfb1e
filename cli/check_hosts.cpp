// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli/check_hosts.hpp"

#include <algorithm>
#include <charconv>
#include <istream>

#include "wire/text.hpp"

namespace preflight::cli {
namespace {

constexpr std::size_t longest_name = 255;  // RFC 1035 section 2.3.4

std::optional<std::uint16_t> read_port(std::string_view digits) {
    std::uint16_t port = 0;
    const char* const end = digits.data() + digits.size();
    const auto result = std::from_chars(digits.data(), end, port);
    if (result.ec != std::errc{} || result.ptr != end || port == 0) return std::nullopt;
    return port;
}

bool is_host(std::string_view host) {
    const auto fits = [](char c) { return c > ' ' && c != 0x7f && c != '/' && c != '['; };
    return !host.empty() && host.size() <= longest_name && host.front() != '-' &&
           std::all_of(host.begin(), host.end(), fits);
}

std::string_view trimmed(std::string_view text) {
    const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

/// Where the host ends and the port begins; the port is empty where there is none.
struct Parts {
    std::string_view host;
    std::string_view port;
};

std::optional<Parts> split(std::string_view text) {
    if (!text.empty() && text.front() == '[') {
        const auto end = text.find(']');
        if (end == text.npos) return std::nullopt;
        const std::string_view rest = text.substr(end + 1);
        if (!rest.empty() && (rest.size() < 2 || rest.front() != ':')) return std::nullopt;
        return Parts{text.substr(1, end - 1), rest.empty() ? rest : rest.substr(1)};
    }
    const auto colon = text.find(':');
    if (colon == text.npos || text.find(':', colon + 1) != text.npos) return Parts{text, {}};
    if (colon + 1 == text.size()) return std::nullopt;
    return Parts{text.substr(0, colon), text.substr(colon + 1)};
}

}  // namespace

std::optional<HostToCheck> read_host(std::string_view text) {
    const auto parts = split(text);
    if (!parts || !is_host(parts->host)) return std::nullopt;
    HostToCheck host{std::string(parts->host)};
    if (parts->port.empty()) return host;
    const auto port = read_port(parts->port);
    if (!port) return std::nullopt;
    host.port = *port;
    return host;
}

std::vector<HostToCheck> read_hosts(std::istream& list, std::vector<std::string>& problems) {
    constexpr std::size_t most = 1'000'000;
    std::vector<HostToCheck> hosts;
    std::size_t number = 0;
    for (std::string line; hosts.size() < most && std::getline(list, line);) {
        ++number;
        const auto text = trimmed(std::string_view(line).substr(0, line.find('#')));
        if (text.empty()) continue;
        if (auto host = read_host(text))
            hosts.push_back(std::move(*host));
        else
            problems.push_back("line " + std::to_string(number) + ": " + wire::printable(text, 80));
    }
    return hosts;
}

}  // namespace preflight::cli
