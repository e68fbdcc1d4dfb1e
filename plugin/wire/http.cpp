// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/http.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "wire/text.hpp"

namespace preflight::wire {
namespace {

constexpr std::size_t most_schemes = 8;
constexpr std::size_t most_body_bytes = 4096;
constexpr std::size_t most_line_bytes = 160;
constexpr std::string_view space = " \t\r\n";

std::string_view as_text(Bytes bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_word(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

bool contains_word(std::string_view text, std::string_view word) {
    return std::search(text.begin(), text.end(), word.begin(), word.end(),
                       [](char x, char y) { return lower(x) == lower(y); }) != text.end();
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(space);
    if (begin == text.npos) return {};
    return text.substr(begin, text.find_last_not_of(space) - begin + 1);
}

/// Takes the next line off the front.
std::string_view take_line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

/// Takes what stands before the next comma off the front; a quoted string may hold commas.
std::string_view take_element(std::string_view& text) {
    bool quoted = false;
    std::size_t end = 0;
    for (; end < text.size() && (quoted || text[end] != ','); ++end) {
        if (quoted && text[end] == '\\') {
            ++end;
            if (end == text.size()) break;
        } else if (text[end] == '"') {
            quoted = !quoted;
        }
    }
    const std::string_view element = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return trimmed(element);
}

/// The schemes of a list of challenges, RFC 9110 section 11.6.1. An element whose first word has an
/// equals sign is a parameter of the challenge before it.
void read_schemes(std::string_view value, std::vector<std::string>& schemes) {
    while (!value.empty() && schemes.size() < most_schemes) {
        const std::string_view element = take_element(value);
        const std::string_view word = element.substr(0, element.find_first_of(space));
        if (word.empty() || word.find('=') != word.npos) continue;
        std::string scheme = printable(word, 40);
        if (std::find(schemes.begin(), schemes.end(), scheme) == schemes.end())
            schemes.push_back(std::move(scheme));
    }
}

/// Whether a challenge is a token, as Negotiate and NTLM have from the second step on (RFC 4559),
/// and not a list of parameters.
bool carries_token(std::string_view value) {
    const std::size_t end = value.find_first_of(space);
    if (end == value.npos || end == 0 || value[end - 1] == ',') return false;
    const std::string_view rest = trimmed(value.substr(end));
    const std::string_view token = rest.substr(0, rest.find_last_not_of('=') + 1);
    return !token.empty() && token.find_first_of("=, \t\"") == token.npos;
}

std::optional<std::uint64_t> read_length(std::string_view value) {
    std::uint64_t length = 0;
    const char* const last = value.data() + value.size();
    const auto [end, error] = std::from_chars(value.data(), last, length);
    if (error != std::errc() || end != last) return std::nullopt;
    return length;
}

void read_header(std::string_view name, std::string_view value, HttpResponse& response) {
    if (same_word(name, "WWW-Authenticate")) {
        read_schemes(value, response.schemes);
        response.challenge = response.challenge || carries_token(value);
    }
    if (same_word(name, "Proxy-Authenticate")) read_schemes(value, response.proxy_schemes);
    if (same_word(name, "Server")) response.server = printable(value, 80);
    if (same_word(name, "Location")) response.location = printable(value, 160);
    if (same_word(name, "Upgrade")) response.websocket = contains_word(value, "websocket");
    if (same_word(name, "Transfer-Encoding")) response.chunked = contains_word(value, "chunked");
    if (same_word(name, "Content-Type")) response.html = contains_word(value, "text/html");
    if (same_word(name, "Content-Length")) response.content_length = read_length(value);
}

/// What stands between <title> and its end, if anything does.
std::string_view title_of(std::string_view html) {
    constexpr std::string_view begin = "<title>";
    const auto found = std::search(html.begin(), html.end(), begin.begin(), begin.end(),
                                   [](char x, char y) { return lower(x) == y; });
    if (found == html.end()) return {};
    html.remove_prefix(static_cast<std::size_t>(found - html.begin()) + begin.size());
    return trimmed(html.substr(0, html.find('<')));
}

std::string without_tags(std::string_view line) {
    std::string text;
    bool tag = false;
    for (const char c : line) {
        if (c == '<') tag = true;
        if (!tag) text += c;
        if (c == '>') tag = false;
    }
    return text;
}

}  // namespace

std::optional<HttpResponse> parse_http_response(Bytes head) {
    const auto status = parse_http_status(head);
    if (!status) return std::nullopt;
    HttpResponse response;
    response.status = *status;
    std::string_view text = as_text(head);
    take_line(text);
    while (!text.empty()) {
        const std::string_view line = trimmed(take_line(text));
        if (line.empty()) break;
        const std::size_t colon = line.find(':');
        if (colon == line.npos) continue;
        read_header(line.substr(0, colon), trimmed(line.substr(colon + 1)), response);
    }
    return response;
}

std::string first_line_of_body(Bytes body) {
    std::string_view text = as_text(body.first(std::min(body.size(), most_body_bytes)));
    if (const std::string_view title = title_of(text); !title.empty())
        return printable(title, most_line_bytes);
    while (!text.empty()) {
        const std::string line = without_tags(take_line(text));
        if (const std::string_view words = trimmed(line); !words.empty())
            return printable(words, most_line_bytes);
    }
    return {};
}

}  // namespace preflight::wire
