// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/system_errors.hpp"

#include <netdb.h>

#include <cerrno>
#include <string_view>
#include <system_error>

#include "wire/text.hpp"

namespace preflight::record {
namespace {

std::string_view known_errno(int error) {
    switch (error) {
        case ECONNREFUSED:
            return "ECONNREFUSED";
        case ECONNRESET:
            return "ECONNRESET";
        case ECONNABORTED:
            return "ECONNABORTED";
        case EHOSTUNREACH:
            return "EHOSTUNREACH";
        case EHOSTDOWN:
            return "EHOSTDOWN";
        case ENETUNREACH:
            return "ENETUNREACH";
        case ENETDOWN:
            return "ENETDOWN";
        case ETIMEDOUT:
            return "ETIMEDOUT";
        case EPIPE:
            return "EPIPE";
        case EACCES:
            return "EACCES";
        case EPERM:
            return "EPERM";
        case EADDRNOTAVAIL:
            return "EADDRNOTAVAIL";
        case EAFNOSUPPORT:
            return "EAFNOSUPPORT";
        case EPROTONOSUPPORT:
            return "EPROTONOSUPPORT";
        case EMFILE:
            return "EMFILE";
        case ENFILE:
            return "ENFILE";
        case ENOBUFS:
            return "ENOBUFS";
        case ENOMEM:
            return "ENOMEM";
        case ENOTCONN:
            return "ENOTCONN";
        case EINTR:
            return "EINTR";
        case EINVAL:
            return "EINVAL";
        case EIO:
            return "EIO";
        default:
            return {};
    }
}

std::string_view known_lookup_error(int error) {
    switch (error) {
        case EAI_AGAIN:
            return "EAI_AGAIN";
        case EAI_BADFLAGS:
            return "EAI_BADFLAGS";
        case EAI_FAIL:
            return "EAI_FAIL";
        case EAI_FAMILY:
            return "EAI_FAMILY";
        case EAI_MEMORY:
            return "EAI_MEMORY";
        case EAI_NONAME:
            return "EAI_NONAME";
        case EAI_SERVICE:
            return "EAI_SERVICE";
        case EAI_SOCKTYPE:
            return "EAI_SOCKTYPE";
        case EAI_SYSTEM:
            return "EAI_SYSTEM";
#ifdef EAI_NODATA
        case EAI_NODATA:
            return "EAI_NODATA";
#endif
#ifdef EAI_ADDRFAMILY
        case EAI_ADDRFAMILY:
            return "EAI_ADDRFAMILY";
#endif
        default:
            return {};
    }
}

}  // namespace

std::string errno_name(int error) {
    const std::string_view name = known_errno(error);
    return name.empty() ? "errno " + std::to_string(error) : std::string(name);
}

// The system speaks the user's language, in an encoding that need not be UTF-8.
std::string errno_text(int error) { return wire::printable(std::system_category().message(error)); }

std::string lookup_error_name(int error) {
    const std::string_view name = known_lookup_error(error);
    return name.empty() ? "EAI " + std::to_string(error) : std::string(name);
}

std::string lookup_error_text(int error) { return wire::printable(gai_strerror(error)); }

std::string lookup_result(int error) {
    const std::string_view name = known_lookup_error(error);
    if (error == 0) return "found";
    if (name == "EAI_NONAME" || name == "EAI_NODATA" || name == "EAI_ADDRFAMILY")
        return "unknown-name";
    // glibc says so where no resolver answers, and where the answer is "server failure".
    if (name == "EAI_AGAIN") return "resolver-down";
    return "other-error";
}

}  // namespace preflight::record
