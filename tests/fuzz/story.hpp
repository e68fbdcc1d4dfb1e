// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/facts.hpp"
#include "fuzz/oracle.hpp"
#include "observe/observation.hpp"

namespace preflight::fuzz {

/// The facts of a connection that `bytes` tell as events for the recorder, one behind the other: a
/// kind (one byte), a length (two, little endian), and as many bytes.
Facts told(Bytes bytes);

/// The event of bytes that were seen, as `told` reads it.
std::vector<std::uint8_t> event(Direction direction, Layer layer, Bytes bytes);

}  // namespace preflight::fuzz
