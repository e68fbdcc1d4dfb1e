// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/ending.hpp"

#include <cerrno>

namespace preflight::record {

Maybe<std::string> ending_of(int error) {
    switch (error) {
        case 0:
        case EPIPE:
            return "closed";  // a write after the peer had ended the connection
        case ECONNRESET:
        case ECONNABORTED:
            return "reset";
        case ETIMEDOUT:
            return "silent";
        default:
            return std::nullopt;
    }
}

}  // namespace preflight::record
