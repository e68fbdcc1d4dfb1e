// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>
#include <vector>

#include "wire/http.hpp"

namespace preflight::wire {

/// The body of an HTTP answer, RFC 9112 section 6: of a known length, in chunks, or until the end
/// of the connection.
class HttpBody {
  public:
    explicit HttpBody(const HttpResponse& response);

    /// Takes what belongs to the body off the front of `reader` and appends its content, without
    /// chunk sizes, to `content`.
    void take(Reader& reader, std::vector<std::uint8_t>& content);

    /// Whether nothing more belongs to it.
    bool done() const { return state_ == State::done; }

  private:
    enum class State { size, data, end_of_data, trailer, until_end, done };

    void take_data(Reader& reader, std::vector<std::uint8_t>& content);
    void take_line(Reader& reader);
    void line_complete();

    State state_ = State::done;
    bool chunked_ = false;
    std::uint64_t left_ = 0;  ///< of the body, or of the chunk
    std::string line_;        ///< of a chunk's size or the trailer
};

}  // namespace preflight::wire
