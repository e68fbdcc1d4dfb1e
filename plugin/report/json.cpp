// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "facts/json.hpp"

#include "report/report.hpp"

namespace preflight {
namespace {

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += (text.empty() ? "" : "\n") + line;
    return text;
}

Json fix_json(const Fix& fix) {
    Json json = {{"who", fix.who}, {"kind", fix.kind}, {"text", fix.text}};
    if (!fix.shell.empty()) json["shell"] = fix.shell;
    if (!fix.command.empty()) json["command"] = joined(fix.command);
    if (!fix.source.empty()) json["source"] = fix.source;
    return json;
}

Json diagnosis_json(const Diagnosis& diagnosis) {
    Json json = {{"id", diagnosis.id}};
    if (!diagnosis.stage.empty()) json["stage"] = diagnosis.stage;
    json["title"] = diagnosis.title;
    json["why"] = diagnosis.why;
    json["confidence"] = name_of(diagnosis.confidence);
    json["evidence"] = diagnosis.evidence;
    json["fixes"] = Json::array();
    for (const auto& fix : diagnosis.fixes) json["fixes"].push_back(fix_json(fix));
    json["mstsc"] = diagnosis.mstsc;
    json["sources"] = diagnosis.sources;
    return json;
}

}  // namespace

std::string render_json(const Explanation& explanation, const Facts& facts, bool whole_line) {
    Json json = {{"schema", 1}};
    if (facts.outcome) json["outcome"] = *facts.outcome;
    if (facts.stage) json["stage"] = *facts.stage;
    if (!explanation.cause.id.empty()) json["diagnosis"] = diagnosis_json(explanation.cause);
    if (explanation.question) json["question"] = diagnosis_json(*explanation.question);
    json["also"] = Json::array();
    for (const auto& also : explanation.also) json["also"].push_back(diagnosis_json(also));
    json["facts"] = to_json(facts);
    // A byte that is no UTF-8 must not turn into an exception in somebody else's process.
    return json.dump(whole_line ? -1 : 2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace preflight
