// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>
#include <vector>

#include "cli/tables.hpp"
#include "diagnose/model.hpp"

namespace preflight::cli {

/// A code that was found.
struct Found {
    const Table* table = nullptr;
    std::string key;  ///< as the model has it
    const CodeRow* row = nullptr;

    const std::string& column(std::string_view name) const;
    std::string number() const { return written(*table, key); }
};

/// What somebody asked about, and what it may be.
struct Answer {
    std::string asked;
    const Entry* entry = nullptr;  ///< an explanation's id
    std::vector<Found> codes;      ///< several where a number stands in several tables
    bool pair = false;             ///< the two codes of Microsoft's dialog, which belong together
    bool known() const { return entry || !codes.empty(); }
};

/// Looks up all `words` of a command line: ids, codes by name or number. `only` limits numbers and
/// names to that table, unless it is empty. Words that say what a number is ("TLS alert 70", "exit
/// code 131", "extended error code: 0x7") limit the number after them.
std::vector<Answer> look_up(const Model& model, const std::vector<std::string>& words,
                            std::string_view only = {});

/// The codes called `name`, in any spelling that headers and logs use (FREERDP_ERROR_CONNECT_…,
/// SSL_R_TLSV1_ALERT_…, "protocol version").
std::vector<Found> find_name(const Model& model, std::string_view name, std::string_view only = {});

/// Codes of exactly this name, as logs print them. No other spelling counts.
std::vector<Found> find_exact_name(const Model& model, std::string_view name);

/// The codes with this number.
std::vector<Found> find_number(const Model& model, const Number& number,
                               std::string_view only = {});

/// The entry `id`, or nullptr.
const Entry* find_entry(const Model& model, std::string_view id);

/// The explanations to which a code leads: those its row names, then those whose rules ask for it.
std::vector<const Entry*> causes_of(const Model& model, const Found& found);

/// The codes that lead to the entry `id`.
std::vector<Found> codes_of(const Model& model, std::string_view id);

}  // namespace preflight::cli
