// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "diagnose/check.hpp"

#include <algorithm>

#include "diagnose/load.hpp"
#include "diagnose/template.hpp"
#include "diagnose/version.hpp"
#include "facts/json.hpp"

namespace preflight {
namespace {

class Checker {
  public:
    explicit Checker(const Model& model) : model_(model) {}

    void entry(const Entry& entry) {
        required_keys(entry);
        for (const auto& rule : entry.when) check_rule(rule);
        for (const auto& id : entry.hides)
            if (!has_entry(id)) add(entry.place, "'hides' names '" + id + "', which is no entry");
        text(entry.title);
        text(entry.why);
        for (const auto& line : entry.evidence) text(line);
        for (const auto& each : entry.fixes) fix(each);
    }

    void action(const Action& action) {
        if (action.text.text.empty()) add(action.place, "the action has no text");
        if (action.kind.empty()) add(action.place, "the action has no kind");
        if (action.spellings.empty()) add(action.place, "the action has no spelling");
        text(action.text);
        for (const auto& each : action.spellings) spelling(each);
    }

    void codes() {
        for (const auto& [name, table] : model_.codes)
            for (const auto& [code, row] : table) code_row(name + " " + code, row);
    }

    std::vector<std::string> problems;

  private:
    void add(const Place& place, const std::string& what) {
        problems.push_back(problem_at(place, what));
    }

    bool has_entry(const std::string& id) const {
        return std::any_of(model_.entries.begin(), model_.entries.end(),
                           [&](const Entry& entry) { return entry.id == id; });
    }

    void required_keys(const Entry& entry) {
        const auto missing = [&](bool is, const char* key) {
            if (is) add(entry.place, "'" + entry.id + "' has no '" + key + "'");
        };
        missing(entry.stage.empty(), "stage");
        missing(entry.title.text.empty(), "title");
        missing(entry.why.text.empty(), "why");
        missing(entry.sources.empty(), "sources");
        missing(entry.when.empty() && entry.role != Role::fallback, "when");
        const bool every_rule =
            !entry.when.empty() && std::all_of(entry.when.begin(), entry.when.end(),
                                               [](const Rule& rule) { return rule.confidence; });
        missing(!entry.confidence && !every_rule && entry.role != Role::notice, "confidence");
    }

    void check_rule(const Rule& rule) {
        for (const auto& condition : rule.all) {
            const FactName* fact = known_fact(condition.fact, condition.place);
            if (fact) types(condition, *fact);
            for (const auto* other : {&condition.same_as, &condition.differs_from})
                if (!other->empty()) known_fact(*other, condition.place);
        }
    }

    const FactName* known_fact(std::string_view path, const Place& place) {
        const FactName* fact = find_fact_name(path);
        if (!fact)
            add(place, "unknown fact '" + std::string(path) + "' (docs/facts.md lists them)");
        else if (fact->type == "group")
            add(place, "'" + fact->path + "' is a group of facts; name one, in quotes");
        return fact && fact->type != "group" ? fact : nullptr;
    }

    void types(const Condition& condition, const FactName& fact) {
        const bool number = fact.type == "number" || fact.type == "list";
        if ((condition.below || condition.above) && !number)
            add(condition.place, "'" + fact.path + "' is no number");
        if (condition.contains && fact.type != "text" && fact.type != "texts")
            add(condition.place, "'" + fact.path + "' is no text");
        if (fact.path.find("[]") != std::string::npos) return;
        for (const auto* literals : {&condition.any, &condition.none})
            for (const auto& literal : *literals)
                if (!fits(literal, fact))
                    add(condition.place, "'" + fact.path + "' is a " + fact.type +
                                             "; it is compared with something else");
    }

    static bool fits(const Literal& literal, const FactName& fact) {
        if (std::holds_alternative<bool>(literal)) return fact.type == "flag";
        if (std::holds_alternative<std::int64_t>(literal))
            return fact.type == "number" || fact.type == "list";
        return fact.type == "text" || fact.type == "texts";
    }

    void text(const Template& text) {
        for (const auto& piece : parse_template(text.text))
            if (const auto* placeholder = std::get_if<Placeholder>(&piece))
                for (const auto& choice : placeholder->choices) check_choice(choice, text.place);
    }

    void check_choice(const Choice& choice, const Place& place) {
        known_fact(choice.fact, place);
        if (!choice.table.empty()) known_column(choice, place);
        const bool count = !choice.form.empty() &&
                           choice.form.find_first_not_of("0123456789") == std::string_view::npos;
        if (!choice.form.empty() && !count && choice.form != "hex" && choice.form != "date")
            add(place, "'#" + std::string(choice.form) + "' is none of #NUMBER, #hex and #date");
    }

    void known_column(const Choice& choice, const Place& place) {
        const auto table = model_.codes.find(choice.table);
        if (table == model_.codes.end())
            return add(place, "unknown code table '" + std::string(choice.table) + "'");
        const auto has_column = [&](const auto& row) {
            return row.second.columns.count(std::string(choice.column)) > 0;
        };
        if (!std::any_of(table->second.begin(), table->second.end(), has_column))
            add(place, "code table '" + table->first + "' has no column '" +
                           std::string(choice.column) + "'");
    }

    void fix(const FixEntry& fix) {
        const bool yours = fix.who.empty() || fix.who == "you";
        if (fix.text.text.empty() && fix.action.empty()) add(fix.place, "the fix has no text");
        if (fix.who.empty() && fix.action.empty()) add(fix.place, "the fix has no 'who'");
        if (fix.kind.empty() && fix.action.empty()) add(fix.place, "the fix has no 'kind'");
        if (!yours && fix.source.empty())
            add(fix.place, "a fix for a server or network needs a 'source'");
        if (!fix.action.empty() && !model_.actions.count(fix.action))
            add(fix.place, "unknown action '" + fix.action + "'");
        for (const auto& rule : fix.when) check_rule(rule);
        text(fix.text);
        for (const auto& line : fix.command) command_line(line, fix.shell);
    }

    void spelling(const Spelling& spelling) {
        if (!is_range(spelling.versions))
            add(spelling.place,
                "'" + spelling.versions + "' is no range such as '>=3.0.0 <3.27.0'");
        for (const auto& arg : spelling.args) text(arg);
        for (const auto& line : spelling.shell) command_line(line, "sh");
        text(spelling.words);
    }

    /// Values are quoted as they are filled in, so quotes around them would undo that.
    void command_line(const Template& line, const std::string& shell) {
        text(line);
        if (shell != "sh") return;
        char open = 0;
        for (const auto& piece : parse_template(line.text)) {
            const auto* literal = std::get_if<std::string_view>(&piece);
            if (!literal && open) add(line.place, "braces inside quotes in a command for sh");
            for (char c : literal ? *literal : std::string_view())
                if (open ? c == open : c == '\'' || c == '"') open = open ? 0 : c;
        }
    }

    void code_row(const std::string& code, const CodeRow& row) {
        for (const char* column : {"name", "text"})
            if (!row.columns.count(column))
                add(row.place, "code " + code + " has no '" + column + "'");
        for (const auto& id : row.leads_to)
            if (!has_entry(id)) add(row.place, "'leads-to' names '" + id + "', which is no entry");
    }

    const Model& model_;
};

}  // namespace

std::vector<std::string> check_entry(const Entry& entry, const Model& model) {
    Checker checker(model);
    checker.entry(entry);
    return checker.problems;
}

std::vector<std::string> check_action(const Action& action, const Model& model) {
    Checker checker(model);
    checker.action(action);
    return checker.problems;
}

std::vector<std::string> check_codes(const Model& model) {
    Checker checker(model);
    checker.codes();
    return checker.problems;
}

}  // namespace preflight
