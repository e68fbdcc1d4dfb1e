// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <toml++/toml.h>

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diagnose/load.hpp"

namespace preflight {

/// Included by load.cpp alone: toml++ is large and slow to compile.

/// Reads values of the expected type out of a TOML table, and notes a problem for every other one.
class TomlReader {
  public:
    explicit TomlReader(const Loading& loading) : loading_(loading) {}

    Place place(const toml::node& node) const {
        return {loading_.file, static_cast<unsigned>(node.source().begin.line)};
    }

    void problem(const toml::node& node, const std::string& what) {
        loading_.problems.push_back(problem_at(place(node), what));
        failed_ = true;
    }

    /// Whether a problem arose since the last call.
    bool failed() { return std::exchange(failed_, false); }

    std::string text(const toml::node& node, std::string_view key) {
        if (const auto* value = node.as_string()) return value->get();
        problem(node, quoted(key) + " must be a text");
        return {};
    }

    Template text_template(const toml::node& node, std::string_view key) {
        return {text(node, key), place(node)};
    }

    std::int64_t number(const toml::node& node, std::string_view key) {
        if (const auto* value = node.as_integer()) return value->get();
        problem(node, quoted(key) + " must be a whole number");
        return 0;
    }

    bool flag(const toml::node& node, std::string_view key) {
        if (const auto* value = node.as_boolean()) return value->get();
        problem(node, quoted(key) + " must be true or false");
        return false;
    }

    /// A text, or an array of texts.
    std::vector<Template> lines(const toml::node& node, std::string_view key) {
        std::vector<Template> all;
        if (const auto* array = node.as_array())
            for (const auto& element : *array) all.push_back(text_template(element, key));
        else
            all.push_back(text_template(node, key));
        return all;
    }

    std::vector<std::string> texts(const toml::node& node, std::string_view key) {
        std::vector<std::string> all;
        for (auto& line : lines(node, key)) all.push_back(std::move(line.text));
        return all;
    }

    /// One of `allowed`; the problem names them.
    std::string word(const toml::node& node, std::string_view key,
                     std::initializer_list<std::string_view> allowed) {
        std::string value = text(node, key);
        if (!node.is_string() || std::find(allowed.begin(), allowed.end(), value) != allowed.end())
            return value;
        std::string list;
        for (const auto& each : allowed) list.append(list.empty() ? "" : ", ").append(each);
        problem(node, quoted(key) + " is " + quoted(value) + "; it may be " + list);
        return value;
    }

    /// Calls `read` for each table of an array of tables, or for one table alone.
    void tables(const toml::node& node, std::string_view key,
                const std::function<void(const toml::table&)>& read) {
        if (const auto* table = node.as_table()) return read(*table);
        const auto* array = node.as_array();
        if (!array) return problem(node, quoted(key) + " must be a table");
        for (const auto& element : *array) {
            if (const auto* table = element.as_table())
                read(*table);
            else
                problem(element, quoted(key) + " must hold tables only");
        }
    }

    static std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

  private:
    const Loading& loading_;
    bool failed_ = false;
};

}  // namespace preflight
