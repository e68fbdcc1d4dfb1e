// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli/log_text.hpp"

#include <algorithm>

namespace preflight::cli {
namespace {

constexpr int margin = 2;
constexpr int text_at = 12;
constexpr std::size_t most_shown = 6;

std::vector<const Entry*> causes_of(const LogFinding& finding, const Model& model) {
    if (finding.entry) return {finding.entry};
    if (!finding.leads) return {};
    return causes_of(model, finding.code);
}

/// Lines that tell nothing are shown only where there is nothing else.
std::vector<LogFinding> worth_showing(const LogReading& reading) {
    std::vector<LogFinding> shown;
    for (const auto& finding : reading.findings) {
        const bool noise = finding.weight == Weight::noise && !shown.empty();
        if (!noise && shown.size() < most_shown) shown.push_back(finding);
    }
    return shown;
}

std::string count_of(const LogReading& reading) {
    return std::to_string(reading.lines) + (reading.lines == 1 ? " line" : " lines");
}

std::string head(const LogReading& reading) {
    if (reading.lines == 1) return "What this line says:";
    std::string text = reading.major > 0 ? "A log of FreeRDP " + std::to_string(reading.major)
                                         : std::string("What was given");
    text += " (" + count_of(reading);
    if (reading.cut) text += ", the first 4 MiB";
    return text + "). It says, the most telling first:";
}

std::string said(const LogFinding& finding) {
    if (finding.entry) return "preflight's report names the cause: " + finding.entry->id;
    if (finding.code.table->name == "log")
        return "\"" + finding.code.key + "\": " + finding.code.column("text");
    return headline_of(finding.code) + ". " + finding.code.column("text");
}

/// What the log can tell and what it cannot.
std::string verdict_on(Weight weight, std::size_t causes) {
    if (weight == Weight::verdict) return "preflight was there, and says what happened.";
    if (weight == Weight::cause && causes == 1) return "The log names the cause.";
    if (weight == Weight::noise) return "None of these lines says why a connection fails.";
    if (weight == Weight::symptom)
        return "The log says that the connection failed, not why: each of these causes prints the "
               "same lines.";
    return "The log narrows it down; it does not say more.";
}

const char* name_of(Weight weight) {
    constexpr const char* names[] = {"verdict", "cause", "hint", "symptom", "noise"};
    return names[static_cast<int>(weight)];
}

void put_nothing(Page& page, const LogReading& reading, const Teacher& teacher) {
    page.paragraph({0, margin, ""},
                   "Nothing is known in " + count_of(reading) +
                       ": no code, and no line that FreeRDP prints for a failure.",
                   Paint::bold);
    page.blank();
    put_find_out(page, "The connection itself tells more than its log.", {}, teacher);
}

}  // namespace

std::vector<const Entry*> causes_in(const LogReading& reading, const Model& model) {
    std::vector<const Entry*> all;
    if (reading.findings.empty()) return all;
    const Weight best = reading.findings.front().weight;
    for (const auto& finding : reading.findings) {
        if (finding.weight != best) break;
        for (const auto* cause : causes_of(finding, model))
            if (std::find(all.begin(), all.end(), cause) == all.end()) all.push_back(cause);
        // What names the cause, or narrows it down, needs no second witness.
        if (best != Weight::symptom && !all.empty()) break;
    }
    return all;
}

void put_log(Page& page, const LogReading& reading, const Teacher& teacher) {
    if (reading.findings.empty()) return put_nothing(page, reading, teacher);
    page.paragraph({0, margin, ""}, head(reading), Paint::bold);
    page.blank();
    for (const auto& finding : worth_showing(reading)) {
        const std::string where = "line " + std::to_string(finding.line);
        page.paragraph({text_at, text_at, where}, said(finding));
    }
    page.blank();
    const auto causes = causes_in(reading, teacher.model);
    const Weight best = reading.findings.front().weight;
    if (reading.twice)
        page.paragraph({margin, margin, ""},
                       "Lines that stand there twice are one failure: FreeRDP tries a second time "
                       "by itself.");
    page.paragraph({margin, margin, ""}, verdict_on(best, causes.size()), Paint::bold);
    page.blank();
    if (causes.size() == 1 && best <= Weight::cause) {
        put_short_lesson(page, *causes.front(), teacher);
        return;
    }
    if (!causes.empty()) put_causes(page, "May be", causes);
    put_find_out(page, "", causes, teacher);
}

Json to_json(const LogReading& reading, const Teacher& teacher) {
    Json json = {{"lines", reading.lines}};
    if (reading.major > 0) json["freerdp"] = reading.major;
    json["findings"] = Json::array();
    for (const auto& finding : reading.findings) {
        Json one = {
            {"line", finding.line}, {"count", finding.count}, {"weight", name_of(finding.weight)}};
        if (finding.entry)
            one["id"] = finding.entry->id;
        else
            one["code"] = to_json(finding.code, teacher.model);
        json["findings"].push_back(std::move(one));
    }
    json["causes"] = Json::array();
    for (const auto* cause : causes_in(reading, teacher.model)) json["causes"].push_back(cause->id);
    return json;
}

}  // namespace preflight::cli
