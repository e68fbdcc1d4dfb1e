// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli/lesson.hpp"

#include <algorithm>
#include <sstream>

#include "cli/stand_ins.hpp"
#include "diagnose/command.hpp"
#include "diagnose/version.hpp"

namespace preflight::cli {
namespace {

/// The bound of `range` that begins with `comparison`, as major.minor.
struct Bound {
    int major = 0;
    int minor = 0;
    bool given = false;
};

Bound bound(const std::string& range, const std::string& comparison) {
    std::istringstream words(range);
    for (std::string word; words >> word;) {
        if (word.rfind(comparison, 0) != 0) continue;
        Bound found;
        found.given = true;
        char dot = 0;
        std::istringstream(word.substr(comparison.size())) >> found.major >> dot >> found.minor;
        return found;
    }
    return {};
}

std::string number(const Bound& bound) {
    return std::to_string(bound.major) + "." + std::to_string(bound.minor);
}

bool names_host(const std::vector<std::string>& args) {
    return std::any_of(args.begin(), args.end(),
                       [](const std::string& arg) { return arg.rfind("/v:", 0) == 0; });
}

/// xfreerdp is called xfreerdp3 where both majors can be installed side by side.
std::string program_for(const Spelling& spelling, const ClientFacts* client) {
    if (client) return client->program.value_or("xfreerdp");
    return bound(spelling.versions, ">=").major >= 3 ? "xfreerdp3" : "xfreerdp";
}

std::vector<std::string> texts(const std::vector<Template>& templates, const std::string& program) {
    std::vector<std::string> lines;
    for (const auto& each : templates) lines.push_back(for_command(each.text, program));
    return lines;
}

std::string command_line(const Spelling& spelling, const std::string& program) {
    const auto args = texts(spelling.args, program);
    std::string line = spelling.env.empty() ? "" : spelling.env + " ";
    line += shell_quoted(program);
    if (!names_host(args)) line += " /v:HOST";
    for (const auto& arg : args) line += " " + shell_quoted(arg);
    return line;
}

Spelled spelled(const Spelling& spelling, const ClientFacts* client) {
    Spelled result;
    result.client = spelling.client == "freerdp" ? versions_in_words(spelling.versions) : "Remmina";
    if (!spelling.words.text.empty()) {
        result.lines = {without_values(spelling.words.text)};
        return result;
    }
    result.shell = "sh";
    const std::string program = program_for(spelling, client);
    result.lines = spelling.shell.empty() ? std::vector{command_line(spelling, program)}
                                          : texts(spelling.shell, program);
    return result;
}

/// As the report of a failure chooses: the client's own spelling, else FreeRDP's for its version.
const Spelling* spelling_for(const Action& action, const ClientFacts& client) {
    for (const std::string& family : {client.family.value_or("freerdp"), std::string("freerdp")})
        for (const auto& spelling : action.spellings)
            if (spelling.client == family &&
                in_range(client.freerdp_version.value_or(""), spelling.versions))
                return &spelling;
    return nullptr;
}

/// The newest first: who asks without a client most likely has that.
std::vector<Spelled> all_spellings(const Action& action, const ClientFacts* client) {
    std::vector<Spelled> all;
    if (client) {
        if (const Spelling* own = spelling_for(action, *client)) all = {spelled(*own, client)};
        if (!all.empty()) all.front().client.clear();
        return all;
    }
    for (auto spelling = action.spellings.rbegin(); spelling != action.spellings.rend(); ++spelling)
        if (spelling->client == "freerdp") all.push_back(spelled(*spelling, nullptr));
    for (const auto& spelling : action.spellings)
        if (spelling.client != "freerdp") all.push_back(spelled(spelling, nullptr));
    if (all.size() == 1 && action.spellings.front().client == "freerdp" &&
        bound(action.spellings.front().versions, ">=").major <= 2)
        all.front().client.clear();
    return all;
}

FixLesson lesson_of_fix(const FixEntry& entry, const Model& model, const ClientFacts* client) {
    const auto found = model.actions.find(entry.action);
    const Action* action = found == model.actions.end() ? nullptr : &found->second;
    const bool own_text = !entry.text.text.empty() || !action;
    FixLesson fix;
    fix.who = entry.who.empty() ? "you" : entry.who;
    fix.kind = !entry.kind.empty() ? entry.kind : action ? action->kind : "lasting";
    fix.text = without_values(own_text ? entry.text.text : action->text.text);
    fix.source = entry.source;
    if (action) fix.spelled = all_spellings(*action, client);
    if (!entry.command.empty())
        fix.spelled.push_back(
            {"", entry.shell,
             texts(entry.command, client ? client->program.value_or("xfreerdp") : "xfreerdp")});
    return fix;
}

int safety(const FixLesson& fix) {
    return fix.kind == "lasting" ? 0 : fix.kind == "workaround" ? 1 : 2;
}

bool same(const FixLesson& left, const FixLesson& right) {
    return left.who == right.who && left.kind == right.kind && left.text == right.text;
}

}  // namespace

std::string versions_in_words(const std::string& range) {
    const Bound from = bound(range, ">=");
    const Bound below = bound(range, "<");
    const bool from_start = !from.given || (from.major <= 2 && from.minor == 0);
    if (from_start && !below.given) return "FreeRDP";
    if (from_start && below.minor == 0) return "FreeRDP " + std::to_string(below.major - 1);
    if (from_start) return "FreeRDP < " + number(below);
    if (!below.given && from.minor == 0) return "FreeRDP " + std::to_string(from.major);
    if (!below.given || (below.minor == 0 && below.major == from.major + 1))
        return "FreeRDP " + number(from) + "+";
    return "FreeRDP " + number(from) + "-" + std::to_string(below.major) + "." +
           std::to_string(below.minor - 1);
}

Lesson lesson_of(const Entry& entry, const Model& model, const ClientFacts* client) {
    Lesson lesson;
    lesson.id = entry.id;
    lesson.stage = entry.stage;
    lesson.role = name_of(entry.role);
    lesson.title = without_values(entry.title.text);
    lesson.why = without_values(entry.why.text);
    for (const auto& each : entry.fixes) {
        FixLesson fix = lesson_of_fix(each, model, client);
        // The running client may have no spelling; variants for several situations read alike here.
        if (!each.action.empty() && fix.spelled.empty()) continue;
        const auto equal = [&](const FixLesson& other) { return same(fix, other); };
        if (std::none_of(lesson.fixes.begin(), lesson.fixes.end(), equal))
            lesson.fixes.push_back(std::move(fix));
    }
    std::stable_sort(
        lesson.fixes.begin(), lesson.fixes.end(),
        [](const FixLesson& left, const FixLesson& right) { return safety(left) < safety(right); });
    lesson.mstsc = entry.mstsc;
    lesson.sources = entry.sources;
    return lesson;
}

}  // namespace preflight::cli
