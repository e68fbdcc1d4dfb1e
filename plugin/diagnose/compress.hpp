// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>
#include <string_view>

namespace preflight {

/// `text` as one LZ4 block (lz4_Block_format.md of the LZ4 project). Takes its time for a small
/// result: it runs at build time.
std::string compress(std::string_view text);

/// The text of an LZ4 block. Reads and writes within bounds whatever `block` is; what is no LZ4
/// gives less than `size` bytes. The format needs no library: the add-on may link none that the
/// client does not have.
std::string decompress(std::string_view block, std::size_t size);

}  // namespace preflight
