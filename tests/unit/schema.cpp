// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "schema.hpp"

#include <algorithm>
#include <regex>

namespace preflight::test {
namespace {

class Checker {
  public:
    explicit Checker(const Json& root) : root_(root) {}

    void check(const Json& json, const Json& schema, const std::string& path) {
        for (const auto& [keyword, value] : schema.items())
            apply(keyword, value, json, schema, path);
    }

    std::vector<std::string> problems;

  private:
    void apply(const std::string& keyword, const Json& value, const Json& json, const Json& schema,
               const std::string& path) {
        if (keyword == "type")
            expect(has_type(json, value), path, "is no " + value.get<std::string>());
        else if (keyword == "const")
            expect(json == value, path, "is not " + value.dump());
        else if (keyword == "enum")
            expect(std::find(value.begin(), value.end(), json) != value.end(), path,
                   "is none of " + value.dump());
        else if (keyword == "pattern")
            expect(json.is_string() && std::regex_search(json.get<std::string>(),
                                                         std::regex(value.get<std::string>())),
                   path, "does not match " + value.dump());
        else if (keyword == "required")
            for (const auto& name : value)
                expect(json.contains(name), path, "lacks " + name.dump());
        else if (keyword == "properties")
            check_members(json, value, path);
        else if (keyword == "additionalProperties")
            expect_no_others(json, schema, path);
        else if (keyword == "items")
            for (std::size_t i = 0; json.is_array() && i < json.size(); ++i)
                check(json[i], value, path + "[" + std::to_string(i) + "]");
        else if (keyword == "$ref")
            check(json, root_["$defs"].at(value.get<std::string>().substr(8)), path);
        else if (keyword != "description" && keyword != "title" && keyword[0] != '$')
            expect(false, path, "unknown keyword " + keyword);
    }

    static bool has_type(const Json& json, const Json& type) {
        if (type == "object") return json.is_object();
        if (type == "array") return json.is_array();
        if (type == "string") return json.is_string();
        if (type == "boolean") return json.is_boolean();
        return type == "integer" && json.is_number_integer();
    }

    void check_members(const Json& json, const Json& properties, const std::string& path) {
        if (!json.is_object()) return;
        for (const auto& [name, child] : json.items())
            if (properties.contains(name)) check(child, properties[name], path + "." + name);
    }

    void expect_no_others(const Json& json, const Json& schema, const std::string& path) {
        if (!json.is_object()) return;
        for (const auto& [name, child] : json.items())
            expect(schema["properties"].contains(name), path, "has the unknown member " + name);
    }

    void expect(bool good, const std::string& path, const std::string& what) {
        if (!good) problems.push_back(path + ": " + what);
    }

    const Json& root_;
};

}  // namespace

std::vector<std::string> schema_problems(const Json& json, const Json& schema) {
    Checker checker(schema);
    checker.check(json, schema, "$");
    return checker.problems;
}

}  // namespace preflight::test
