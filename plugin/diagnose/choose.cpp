// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "diagnose/choose.hpp"

#include <algorithm>
#include <tuple>

#include "diagnose/command.hpp"
#include "diagnose/rules.hpp"

namespace preflight {
namespace {

struct Match {
    const Entry* entry;
    Confidence confidence;
    bool elsewhere;  ///< the entry speaks of another step than the one that stopped the connection
};

std::string stage_of(const FactView& facts) {
    const Value* stage = facts.find("stage");
    return stage ? text_of(*stage) : "";
}

std::vector<Match> matches(const Model& model, const FactView& facts) {
    const std::string stopped_at = stage_of(facts);
    std::vector<Match> found;
    for (const auto& entry : model.entries) {
        const Rule* rule = first_match(entry.when, facts);
        if (!rule && !(entry.when.empty() && entry.role == Role::fallback)) continue;
        const auto confidence = rule && rule->confidence ? rule->confidence : entry.confidence;
        const bool elsewhere = entry.stage != any_stage && entry.stage != stopped_at;
        found.push_back({&entry, confidence.value_or(Confidence::possible), elsewhere});
    }
    return found;
}

/// Causes before fallbacks before notices; then those of the step that stopped the connection; then
/// by rank; then as in the files.
void sort_by_weight(std::vector<Match>& all) {
    const auto weight = [](const Match& match) {
        return std::tuple(static_cast<int>(match.entry->role), match.elsewhere, match.entry->rank);
    };
    std::stable_sort(all.begin(), all.end(), [&](const Match& left, const Match& right) {
        return weight(left) < weight(right);
    });
}

bool hides(const Match& match, const std::string& id) {
    const auto& ids = match.entry->hides;
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

/// Takes out what follows from another match. Of two that hide each other the weightier stays.
std::vector<Match> without_hidden(const std::vector<Match>& all) {
    std::vector<Match> kept;
    for (std::size_t i = 0; i < all.size(); ++i) {
        bool hidden = false;
        for (std::size_t j = 0; j < all.size() && !hidden; ++j)
            hidden = i != j && hides(all[j], all[i].entry->id) &&
                     !(i < j && hides(all[i], all[j].entry->id));
        if (!hidden) kept.push_back(all[i]);
    }
    return kept;
}

int safety(const Fix& fix) { return fix.kind == "lasting" ? 0 : fix.kind == "workaround" ? 1 : 2; }

Diagnosis fill_in(const Match& match, const FixContext& context) {
    const Entry& entry = *match.entry;
    const auto words = [&](const Template& text) {
        return fill(text.text, context.facts, context.codes);
    };
    Diagnosis diagnosis;
    diagnosis.id = entry.id;
    diagnosis.stage = entry.stage == any_stage ? stage_of(context.facts) : entry.stage;
    diagnosis.confidence = match.confidence;
    diagnosis.title = words(entry.title).text;
    diagnosis.why = words(entry.why).text;
    for (const auto& line : entry.evidence)
        if (Filled filled = words(line); filled.complete)
            diagnosis.evidence.push_back(std::move(filled.text));
    for (const auto& fix : entry.fixes)
        if (auto made = make_fix(fix, context)) diagnosis.fixes.push_back(std::move(*made));
    std::stable_sort(
        diagnosis.fixes.begin(), diagnosis.fixes.end(),
        [](const Fix& left, const Fix& right) { return safety(left) < safety(right); });
    diagnosis.mstsc = entry.mstsc;
    diagnosis.sources = entry.sources;
    return diagnosis;
}

/// For what no entry matches: nothing is claimed.
Diagnosis unknown(const FactView& facts) {
    const std::string stage = stage_of(facts);
    const std::string step = stage.empty() ? "a step that is not known" : "the step " + stage;
    Diagnosis diagnosis;
    diagnosis.id = "unknown";
    diagnosis.stage = stage;
    diagnosis.title = "The connection stopped at " + step + "; the reason is not known.";
    diagnosis.why =
        "Nothing that was observed fits an explanation in the catalogue. A report with all facts "
        "helps to add one.";
    Fix fix{"you",
            "lasting",
            "Report it with the output of this option added to the command line",
            "sh",
            {"/vc:preflight,verbose,json:report.json"},
            ""};
    diagnosis.fixes.push_back(std::move(fix));
    return diagnosis;
}

}  // namespace

Explanation explain(const Model& model, const FactView& facts, const CodeLookup& codes) {
    std::vector<Match> found = matches(model, facts);
    sort_by_weight(found);
    found = without_hidden(found);

    const FixContext context{facts, model, codes};
    Explanation explanation;
    const bool explained = !found.empty() && found.front().entry->role != Role::notice;
    explanation.cause = explained ? fill_in(found.front(), context) : unknown(facts);
    for (std::size_t i = explained ? 1 : 0; i < found.size(); ++i)
        if (found[i].entry->role != Role::fallback)
            explanation.also.push_back(fill_in(found[i], context));
    return explanation;
}

}  // namespace preflight
