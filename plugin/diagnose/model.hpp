// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "diagnose/diagnosis.hpp"

namespace preflight {

/// The catalogue as it stands in its files, read but not yet applied to anything.

/// Where something is written: for messages only. `file` lives as long as the catalogue.
struct Place {
    const std::string* file = nullptr;
    unsigned line = 0;
};

/// A text with facts in braces.
struct Template {
    std::string text;
    Place place;
};

/// A value that a fact is compared with.
using Literal = std::variant<bool, std::int64_t, std::string>;

/// One condition: what is set must hold.
struct Condition {
    std::string fact;
    Place place;
    std::vector<Literal> any;   ///< equal to one of these
    std::vector<Literal> none;  ///< equal to none of these
    std::optional<std::int64_t> below;
    std::optional<std::int64_t> above;
    std::optional<std::string> contains;
    std::optional<bool> known;
    std::string same_as;
    std::string differs_from;
};

/// Conditions that must all hold.
struct Rule {
    std::vector<Condition> all;
    std::optional<Confidence> confidence;
    Place place;
};

/// A fix as the catalogue has it.
struct FixEntry {
    Template text;
    std::string who;
    std::string kind;
    std::string action;  ///< id in actions.toml, or empty
    std::string shell;   ///< sh, powershell, cmd, or empty
    std::vector<Template> command;
    std::string source;
    std::vector<Rule> when;  ///< empty: always
    Place place;
};

enum class Role { cause, fallback, notice };

constexpr std::string_view name_of(Role role) {
    constexpr std::string_view names[] = {"cause", "fallback", "notice"};
    return names[static_cast<int>(role)];
}

/// The stage of an entry that may arise at every step: it speaks of the one that stopped.
inline constexpr std::string_view any_stage = "any";

/// One explained situation as the catalogue has it.
struct Entry {
    std::string id;
    Place place;
    std::string stage;
    Role role = Role::cause;
    std::int64_t rank = 50;
    std::optional<Confidence> confidence;
    std::vector<Rule> when;
    std::vector<std::string> hides;
    Template title;
    Template why;
    std::vector<Template> evidence;
    std::vector<FixEntry> fixes;
    std::vector<std::string> mstsc;
    std::vector<std::string> sources;
};

/// One way to spell an action. Exactly one of args, shell and words is set, or env alone.
struct Spelling {
    std::string versions;  ///< range such as ">=3.0.0 <3.27.0"; empty: any
    std::string client = "freerdp";
    std::vector<Template> args;
    std::string env;
    std::vector<Template> shell;
    Template words;
    Place place;
};

/// Something that a user can change in the client.
struct Action {
    std::string id;
    Template text;
    std::string kind;
    std::vector<Spelling> spellings;
    Place place;
};

/// One code: its columns by name, and the entries that explain it.
struct CodeRow {
    std::map<std::string, std::string, std::less<>> columns;
    std::vector<std::string> leads_to;
    Place place;
};

/// The codes of one table, by their key in `code_key` form.
using CodeTable = std::map<std::string, CodeRow, std::less<>>;

/// Everything.
struct Model {
    std::vector<Entry> entries;  ///< in the order of the files
    std::map<std::string, Action, std::less<>> actions;
    std::map<std::string, CodeTable, std::less<>> codes;
};

}  // namespace preflight
