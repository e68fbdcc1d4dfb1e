// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors

// docs/facts.md and the facts in docs/report.schema.json are made from the facts' own listing.
#include "cmocka.hpp"
#include "facts/json.hpp"
#include "golden.hpp"

using namespace preflight;
using namespace preflight::test;

namespace {

const std::string facts_page = "docs/facts.md";
const std::string schema_file = "docs/report.schema.json";

std::string heading(const std::string& path, const std::string& meaning) {
    return "\n## `" + path + "`\n\n" + meaning + "\n\n| fact | type | meaning |\n|---|---|---|\n";
}

std::string row(const FactName& fact) {
    return "| `" + fact.path + "` | " + fact.type + " | " + fact.meaning + " |\n";
}

/// Whether `path` names something inside `attempts`, or inside what is kept of a gateway: that
/// repeats the members of the steps.
bool repeats(const std::string& path) {
    const std::string prefix = "attempts[].";
    return (path.rfind(prefix, 0) == 0 && path.find('.', prefix.size()) != std::string::npos) ||
           path.rfind("gateway.tls.", 0) == 0 || path.rfind("gateway.certificate.", 0) == 0;
}

std::string page() {
    std::string top =
        "# Facts\n\n"
        "Everything that preflight can know of one connection, under the names that rules and "
        "texts "
        "of the catalogue\nuse and that the member `facts` of the JSON report has. What was not "
        "observed is absent. Made from\n`plugin/facts/` by `scripts/snapshots`.\n\n"
        "Types: text; number (whole); flag (true or false); texts (a list of texts); list (a list "
        "of "
        "groups: its members are\nnamed with `[]`; as a number it is the list's length).\n\n"
        "| fact | type | meaning |\n|---|---|---|\n";
    std::string groups;
    for (const auto& fact : all_fact_names()) {
        if (repeats(fact.path)) continue;
        const bool top_level = fact.path.find('.') == std::string::npos;
        const bool has_members = fact.type == "group" || fact.type == "list";
        if (top_level && has_members)
            groups += heading(fact.path, fact.meaning);
        else
            (top_level ? top : groups) += row(fact);
    }
    return top + groups;
}

/// The JSON schema of one fact without members.
Json schema_of(const FactName& fact) {
    Json schema;
    if (fact.type == "text") schema["type"] = "string";
    if (fact.type == "number") schema["type"] = "integer";
    if (fact.type == "flag") schema["type"] = "boolean";
    if (fact.type == "texts") schema = {{"type", "array"}, {"items", {{"type", "string"}}}};
    if (fact.type == "group") schema = {{"type", "object"}, {"additionalProperties", false}};
    if (fact.type == "list")
        schema = {{"type", "array"},
                  {"items", {{"type", "object"}, {"additionalProperties", false}}}};
    schema["description"] = fact.meaning;
    return schema;
}

/// The schema of the object that holds `path`, whose last name is left in `path`.
Json& holder(Json& root, std::string& path) {
    Json* object = &root;
    for (auto dot = path.find('.'); dot != std::string::npos; dot = path.find('.')) {
        std::string name = path.substr(0, dot);
        path.erase(0, dot + 1);
        const bool in_list = name.size() > 2 && name.substr(name.size() - 2) == "[]";
        if (in_list) name.resize(name.size() - 2);
        object = &(*object)["properties"][name];
        if (in_list) object = &(*object)["items"];
    }
    return *object;
}

Json facts_schema() {
    Json root = {{"type", "object"}, {"additionalProperties", false}};
    for (const auto& fact : all_fact_names()) {
        std::string name = fact.path;
        Json& object = holder(root, name);
        object["properties"][name] = schema_of(fact);
    }
    return root;
}

void the_page_of_facts_is_up_to_date(void**) { assert_true(same_as_file(facts_page, page())); }

void the_schema_is_up_to_date(void**) {
    Json schema = Json::parse(read_file(schema_file), nullptr, false);
    assert_true(schema.is_object());
    schema["$defs"]["facts"] = facts_schema();
    assert_true(same_as_file(schema_file, schema.dump(2) + "\n"));
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(the_page_of_facts_is_up_to_date),
        cmocka_unit_test(the_schema_is_up_to_date),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
