// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/http_body.hpp"

#include <algorithm>
#include <charconv>

namespace preflight::wire {
namespace {

constexpr std::size_t longest_line = 256;

bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

}  // namespace

HttpBody::HttpBody(const HttpResponse& response) : chunked_(response.chunked) {
    if (!has_body(response.status.code)) return;
    left_ = response.content_length.value_or(0);
    if (chunked_)
        state_ = State::size;
    else if (!response.content_length)
        state_ = State::until_end;
    else if (left_ > 0)
        state_ = State::data;
}

void HttpBody::take(Reader& reader, std::vector<std::uint8_t>& content) {
    while (!reader.empty() && !done()) {
        if (state_ == State::data || state_ == State::until_end)
            take_data(reader, content);
        else
            take_line(reader);
    }
}

void HttpBody::take_data(Reader& reader, std::vector<std::uint8_t>& content) {
    const bool endless = state_ == State::until_end;
    const std::uint64_t wanted =
        endless ? reader.size() : std::min<std::uint64_t>(left_, reader.size());
    Bytes data;
    if (!reader.bytes(static_cast<std::size_t>(wanted), data)) return;
    content.insert(content.end(), data.begin(), data.end());
    if (endless) return;
    left_ -= wanted;
    if (left_ == 0) state_ = chunked_ ? State::end_of_data : State::done;
}

void HttpBody::take_line(Reader& reader) {
    std::uint8_t octet = 0;
    if (!reader.u8(octet)) return;
    if (octet != '\n') {
        line_ += static_cast<char>(octet);
        if (line_.size() > longest_line) state_ = State::done;
        return;
    }
    if (!line_.empty() && line_.back() == '\r') line_.pop_back();
    line_complete();
    line_.clear();
}

/// RFC 9112 section 7.1: a size in sixteens before each chunk; the last is 0, then comes a trailer.
void HttpBody::line_complete() {
    if (state_ == State::end_of_data) {
        state_ = State::size;
    } else if (state_ == State::trailer) {
        if (line_.empty()) state_ = State::done;
    } else {
        const char* const begin = line_.data();
        const auto [end, error] = std::from_chars(begin, begin + line_.size(), left_, 16);
        if (error != std::errc() || end == begin)
            state_ = State::done;
        else
            state_ = left_ == 0 ? State::trailer : State::data;
    }
}

}  // namespace preflight::wire
