// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "diagnose/rules.hpp"

#include <algorithm>

namespace preflight {
namespace {

std::string text_of_literal(const Literal& literal) {
    return std::visit([](const auto& value) { return text_of(Value(value)); }, literal);
}

bool equals(const Value& value, const Literal& literal) {
    if (const auto* texts = std::get_if<Texts>(&value)) {
        // A member of a list of groups stands here as text whatever its type.
        return std::find(texts->begin(), texts->end(), text_of_literal(literal)) != texts->end();
    }
    return std::visit(
        [&](const auto& wanted) {
            const auto* have = std::get_if<std::decay_t<decltype(wanted)>>(&value);
            return have && *have == wanted;
        },
        literal);
}

bool equals_any(const Value& value, const std::vector<Literal>& literals) {
    return std::any_of(literals.begin(), literals.end(),
                       [&](const Literal& literal) { return equals(value, literal); });
}

bool contains(const Value& value, const std::string& part) {
    auto has = [&](const std::string& text) { return text.find(part) != std::string::npos; };
    if (const auto* texts = std::get_if<Texts>(&value))
        return std::any_of(texts->begin(), texts->end(), has);
    return has(text_of(value));
}

bool in_bounds(const Condition& condition, const Value& value) {
    if (!condition.below && !condition.above) return true;
    const auto* number = std::get_if<std::int64_t>(&value);
    return number && (!condition.below || *number < *condition.below) &&
           (!condition.above || *number > *condition.above);
}

bool same(const Value& left, const Value& right) {
    if (const auto* texts = std::get_if<Texts>(&left); texts && !std::get_if<Texts>(&right))
        return equals(left, text_of(right));
    return left == right;
}

bool compares(const Condition& condition, const Value& value, const FactView& facts) {
    if (!condition.same_as.empty()) {
        const Value* other = facts.find(condition.same_as);
        if (!other || !same(value, *other)) return false;
    }
    if (!condition.differs_from.empty()) {
        const Value* other = facts.find(condition.differs_from);
        if (!other || same(value, *other)) return false;
    }
    return true;
}

bool needs_value(const Condition& condition) {
    return !condition.any.empty() || condition.below || condition.above || condition.contains ||
           !condition.same_as.empty() || !condition.differs_from.empty();
}

}  // namespace

bool holds(const Condition& condition, const FactView& facts) {
    const Value* value = facts.find(condition.fact);
    if (condition.known && *condition.known != (value != nullptr)) return false;
    if (!value) return !needs_value(condition);
    return (condition.any.empty() || equals_any(*value, condition.any)) &&
           !equals_any(*value, condition.none) && in_bounds(condition, *value) &&
           (!condition.contains || contains(*value, *condition.contains)) &&
           compares(condition, *value, facts);
}

bool holds(const Rule& rule, const FactView& facts) {
    return std::all_of(rule.all.begin(), rule.all.end(),
                       [&](const Condition& condition) { return holds(condition, facts); });
}

const Rule* first_match(const std::vector<Rule>& rules, const FactView& facts) {
    for (const auto& rule : rules)
        if (holds(rule, facts)) return &rule;
    return nullptr;
}

}  // namespace preflight
