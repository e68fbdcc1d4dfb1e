// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>
#include <string_view>

#include "wire/reader.hpp"

namespace preflight::wire {

/// The protocol that a server's first bytes belong to: RDP (a TPKT), TLS, SSH, HTTP, VNC, SMTP,
/// FTP, or unknown. Two bytes or more that begin one of the texts are enough: a client often reads
/// no further. Empty for no bytes, and where a single byte does not tell.
std::string_view protocol_of(Bytes first);

/// Those bytes as one line of printable text: the first line of a text protocol, else the first
/// bytes.
std::string banner_of(Bytes first);

}  // namespace preflight::wire
