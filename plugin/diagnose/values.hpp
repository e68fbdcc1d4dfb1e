// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>

#include "facts/facts.hpp"

namespace preflight {

/// An observed fact.
using Value = std::variant<bool, std::int64_t, std::string, Texts>;

/// The observed facts by their dotted names. A list of groups has its length under its own name and
/// each member under "list[].member" as a list of texts. The ladder of events is left out.
class FactView {
  public:
    explicit FactView(const Facts& facts);

    /// The value of `path`, or nullptr when it was not observed.
    const Value* find(std::string_view path) const;

  private:
    std::map<std::string, Value, std::less<>> values_;
};

/// A value as text: flags are "yes" and "no", lists are joined with ", ".
std::string text_of(const Value& value);

}  // namespace preflight
