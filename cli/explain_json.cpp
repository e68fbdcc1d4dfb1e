// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli/explain_json.hpp"

#include <algorithm>

namespace preflight::cli {
namespace {

void put_if_any(Json& json, const char* name, const std::string& value) {
    if (!value.empty()) json[name] = value;
}

Json to_json(const FixLesson& fix) {
    Json json = {{"who", fix.who}, {"kind", fix.kind}, {"text", fix.text}};
    for (const auto& each : fix.spelled) {
        Json spelled = Json::object();
        put_if_any(spelled, "client", each.client);
        put_if_any(spelled, "shell", each.shell);
        spelled[each.shell.empty() ? "words" : "command"] = each.lines;
        json["spellings"].push_back(std::move(spelled));
    }
    put_if_any(json, "source", fix.source);
    return json;
}

}  // namespace

Json to_json(const Lesson& lesson) {
    Json json = {
        {"id", lesson.id}, {"stage", lesson.stage}, {"role", lesson.role}, {"title", lesson.title}};
    put_if_any(json, "why", lesson.why);
    json["fixes"] = Json::array();
    for (const auto& fix : lesson.fixes) json["fixes"].push_back(to_json(fix));
    if (!lesson.mstsc.empty()) json["mstsc"] = lesson.mstsc;
    json["sources"] = lesson.sources;
    return json;
}

Json to_json(const Found& found, const Model& model) {
    Json json = {{"table", found.table->name},
                 {"what", found.table->what},
                 {"code", found.number()},
                 {"name", found.column("name")},
                 {"text", found.column("text")}};
    for (const auto* cause : causes_of(model, found)) json["leads-to"].push_back(cause->id);
    return json;
}

Json to_json(const Answer& answer, const Teacher& teacher) {
    Json json = {{"asked", answer.asked}, {"known", answer.known()}};
    std::vector<const Entry*> entries;
    if (answer.entry) entries.push_back(answer.entry);
    for (const auto& found : answer.codes) {
        json["codes"].push_back(to_json(found, teacher.model));
        for (const auto* cause : causes_of(teacher.model, found))
            if (std::find(entries.begin(), entries.end(), cause) == entries.end())
                entries.push_back(cause);
    }
    for (const auto* entry : entries)
        json["explanations"].push_back(to_json(lesson_of(*entry, teacher.model, teacher.client)));
    return json;
}

}  // namespace preflight::cli
