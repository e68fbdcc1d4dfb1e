// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "facts/facts.hpp"

namespace preflight {

using Json = nlohmann::ordered_json;

/// The JSON form of the facts, under the names of docs/facts.md. What was not observed is absent.
Json to_json(const Facts& facts);

/// Reads the JSON form back. Unknown names and values of the wrong type are passed over; `unknown`,
/// where given, collects the dotted names of both.
Facts facts_from_json(const Json& json, std::vector<std::string>* unknown = nullptr);

/// One fact as rules and texts may name it.
struct FactName {
    std::string path;     ///< dotted, such as "tls.alert.name"; elements of a list end in "[]"
    std::string type;     ///< "text", "number", "flag", "texts", "list" or "group"
    std::string meaning;  ///< one line
};

/// Every fact, in order, groups before their members.
const std::vector<FactName>& all_fact_names();

/// The fact called `path`, or nullptr.
const FactName* find_fact_name(std::string_view path);

}  // namespace preflight
