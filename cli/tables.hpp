// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diagnose/model.hpp"

namespace preflight::cli {

/// How a table's codes are written: as 0x00020008, 0x904, 70, or as a text.
enum class Writing { hex8, hex, decimal, text };

/// A code table of the catalogue that a user can ask about.
struct Table {
    std::string_view name;     ///< of its file, such as tls-alert
    std::string_view what;     ///< what its codes are: "TLS alert"
    std::string_view article;  ///< "a", "an", or "" before "FreeRDP's …"
    Writing writing;
    std::string_view facts;  ///< the facts that hold its code or name, with spaces between
};

/// All of them; those in which a user most often finds a number come first.
const std::vector<Table>& tables();

/// The table called `name`, or nullptr.
const Table* find_table(std::string_view name);

/// The table of lines that have no code (codes/log.toml); not one of `tables`.
const Table& log_table();

/// The code with the key `key` (code_key's form) as `table` writes it.
std::string written(const Table& table, std::string_view key);

/// The number that `text` stands for: decimal, 0x…, negative as 32 bits ("-2146893044"), eight
/// hexadecimal digits with a letter among them, with a trailing L or U. Nothing for other texts.
struct Number {
    std::int64_t value = 0;
    bool hex = false;
    std::string as_written;
};
std::optional<Number> read_number(std::string_view text);

}  // namespace preflight::cli
