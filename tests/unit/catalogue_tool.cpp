// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors

// catalogue-tool check [EXAMPLES]: what is wrong with the catalogue.
// catalogue-tool render [--width=N] [--ascii] [--colour] [--line|--verbose|--json] FILE...: the
// reports of facts or JSON reports.
#include <cstdio>
#include <fstream>
#include <string_view>

#include "diagnose/catalogue.hpp"
#include "facts/json.hpp"
#include "report/report.hpp"

namespace {

using namespace preflight;

struct Options {
    TextStyle style;
    bool json = false;
};

int check(const std::string& examples) {
    const auto problems = Catalogue::builtin().validate(examples);
    for (const auto& problem : problems) std::printf("%s\n", problem.c_str());
    std::printf("%zu problems\n", problems.size());
    return problems.empty() ? 0 : 1;
}

int render(const char* path, const Options& options) {
    std::ifstream stream(path);
    Json json = Json::parse(stream, nullptr, false);
    if (!json.is_object()) return std::printf("%s: no JSON object\n", path), 1;
    std::vector<std::string> unknown;
    const Facts facts = facts_from_json(json.contains("facts") ? json["facts"] : json, &unknown);
    for (const auto& name : unknown) std::printf("%s: unknown fact %s\n", path, name.c_str());
    const auto explanation = Catalogue::builtin().explain(facts);
    const auto text = options.json ? render_json(explanation, facts)
                                   : render_text(explanation, facts, options.style);
    std::printf("---- %s\n%s", path, text.c_str());
    return 0;
}

bool take_option(std::string_view argument, Options& options) {
    if (argument == "--ascii")
        options.style.unicode = false;
    else if (argument == "--colour")
        options.style.colour = true;
    else if (argument == "--line")
        options.style.detail = Detail::line;
    else if (argument == "--verbose")
        options.style.detail = Detail::verbose;
    else if (argument == "--json")
        options.json = true;
    else if (argument.substr(0, 8) == "--width=")
        options.style.width = std::atoi(argument.data() + 8);
    else
        return false;
    return true;
}

}  // namespace

int main(int count, char** arguments) {
    const std::string_view verb = count > 1 ? arguments[1] : "";
    if (verb == "check") return check(count > 2 ? arguments[2] : "");
    if (verb != "render") return std::printf("usage: catalogue-tool check|render …\n"), 2;
    Options options;
    int result = 0;
    for (int i = 2; i < count; ++i)
        if (!take_option(arguments[i], options)) result |= render(arguments[i], options);
    return result;
}
