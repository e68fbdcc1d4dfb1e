// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "diagnose/load.hpp"

#include "diagnose/codes.hpp"
#include "diagnose/load_toml.hpp"
#include "facts/stage.hpp"

namespace preflight {
namespace {

std::optional<Confidence> read_confidence(const toml::node& node, TomlReader& reader) {
    const auto word = reader.word(node, "confidence", {"certain", "likely", "possible"});
    for (const auto confidence : {Confidence::certain, Confidence::likely, Confidence::possible})
        if (name_of(confidence) == word) return confidence;
    return std::nullopt;
}

std::vector<Literal> read_literals(const toml::node& node, TomlReader& reader) {
    if (const auto* text = node.as_string()) return {text->get()};
    if (const auto* number = node.as_integer()) return {number->get()};
    if (const auto* flag = node.as_boolean()) return {flag->get()};
    std::vector<Literal> all;
    if (const auto* array = node.as_array(); array && !array->empty()) {
        for (const auto& element : *array)
            if (!element.is_array())
                for (auto& literal : read_literals(element, reader)) all.push_back(literal);
    }
    if (all.empty()) reader.problem(node, "a condition compares with a text, a number or a flag");
    return all;
}

void read_comparison(const std::string& key, const toml::node& node, TomlReader& reader,
                     Condition& condition) {
    if (key == "not")
        condition.none = read_literals(node, reader);
    else if (key == "is")
        condition.any = read_literals(node, reader);
    else if (key == "below")
        condition.below = reader.number(node, key);
    else if (key == "above")
        condition.above = reader.number(node, key);
    else if (key == "contains")
        condition.contains = reader.text(node, key);
    else if (key == "known")
        condition.known = reader.flag(node, key);
    else if (key == "same-as")
        condition.same_as = reader.text(node, key);
    else if (key == "differs-from")
        condition.differs_from = reader.text(node, key);
    else
        reader.problem(node, "unknown comparison '" + key + "'; a fact's dotted name is quoted");
}

Condition read_condition(std::string_view fact, const toml::node& node, TomlReader& reader) {
    Condition condition;
    condition.fact = fact;
    condition.place = reader.place(node);
    if (const auto* table = node.as_table())
        for (const auto& [key, value] : *table)
            read_comparison(std::string(key.str()), value, reader, condition);
    else
        condition.any = read_literals(node, reader);
    return condition;
}

Rule read_rule(const toml::table& table, TomlReader& reader) {
    Rule rule;
    rule.place = reader.place(table);
    for (const auto& [key, node] : table) {
        if (key.str() == "confidence")
            rule.confidence = read_confidence(node, reader);
        else
            rule.all.push_back(read_condition(key.str(), node, reader));
    }
    return rule;
}

std::vector<Rule> read_rules(const toml::node& node, TomlReader& reader) {
    std::vector<Rule> rules;
    reader.tables(node, "when",
                  [&](const toml::table& table) { rules.push_back(read_rule(table, reader)); });
    return rules;
}

void read_fix_key(const std::string& key, const toml::node& node, TomlReader& reader,
                  FixEntry& fix) {
    if (key == "who")
        fix.who = reader.word(node, key, {"you", "server administrator", "network administrator"});
    else if (key == "kind")
        fix.kind = reader.word(node, key, {"lasting", "workaround", "unsafe"});
    else if (key == "text")
        fix.text = reader.text_template(node, key);
    else if (key == "source")
        fix.source = reader.text(node, key);
    else if (key == "when")
        fix.when = read_rules(node, reader);
    else if (key == "client" || key == "powershell" || key == "cmd" || key == "sh") {
        if (!fix.action.empty() || !fix.shell.empty())
            reader.problem(node, "a fix has at most one of client, powershell, cmd and sh");
        if (key == "client")
            fix.action = reader.text(node, key);
        else
            fix.shell = key, fix.command = reader.lines(node, key);
    } else
        reader.problem(node, "unknown key '" + key + "' in a fix");
}

std::vector<FixEntry> read_fixes(const toml::node& node, TomlReader& reader) {
    std::vector<FixEntry> fixes;
    reader.tables(node, "fix", [&](const toml::table& table) {
        FixEntry& fix = fixes.emplace_back();
        fix.place = reader.place(table);
        for (const auto& [key, value] : table)
            read_fix_key(std::string(key.str()), value, reader, fix);
    });
    return fixes;
}

Role read_role(const toml::node& node, TomlReader& reader) {
    const auto word = reader.word(node, "role", {"cause", "fallback", "notice"});
    return word == "fallback" ? Role::fallback : word == "notice" ? Role::notice : Role::cause;
}

std::string read_stage(const toml::node& node, TomlReader& reader) {
    std::string stage = reader.text(node, "stage");
    if (!node.is_string() || stage_named(stage) || stage == any_stage) return stage;
    std::string list(any_stage);
    for (const auto& name : stage_names) list.append(", ").append(name);
    reader.problem(node, "'stage' is '" + stage + "'; it may be " + list);
    return stage;
}

/// The keys that hold words of the entry itself.
bool read_text_key(const std::string& key, const toml::node& node, TomlReader& reader,
                   Entry& entry) {
    if (key == "title")
        entry.title = reader.text_template(node, key);
    else if (key == "why")
        entry.why = reader.text_template(node, key);
    else if (key == "evidence")
        entry.evidence = reader.lines(node, key);
    else if (key == "mstsc")
        entry.mstsc = reader.texts(node, key);
    else if (key == "sources")
        entry.sources = reader.texts(node, key);
    else
        return false;
    return true;
}

void read_entry_key(const std::string& key, const toml::node& node, TomlReader& reader,
                    Entry& entry) {
    if (read_text_key(key, node, reader, entry)) return;
    if (key == "stage")
        entry.stage = read_stage(node, reader);
    else if (key == "when")
        entry.when = read_rules(node, reader);
    else if (key == "confidence")
        entry.confidence = read_confidence(node, reader);
    else if (key == "rank")
        entry.rank = reader.number(node, key);
    else if (key == "hides")
        entry.hides = reader.texts(node, key);
    else if (key == "role")
        entry.role = read_role(node, reader);
    else if (key == "fix")
        entry.fixes = read_fixes(node, reader);
    else if (key != "extra-fix")
        reader.problem(node, "unknown key '" + key + "'");
}

void read_entry(const toml::table& table, TomlReader& reader, Entry& entry) {
    entry.place = reader.place(table);
    for (const auto& [key, node] : table)
        read_entry_key(std::string(key.str()), node, reader, entry);
    if (const auto* node = table.get("extra-fix")) {
        auto extra = read_fixes(*node, reader);
        entry.fixes.insert(entry.fixes.begin(), extra.begin(), extra.end());
    }
}

std::vector<Template> read_args(const toml::node& node, TomlReader& reader) {
    if (node.is_array()) return reader.lines(node, "args");
    const std::string line = reader.text(node, "args");
    std::vector<Template> args;
    for (std::size_t at = 0; at < line.size();) {
        const auto end = std::min(line.find(' ', at), line.size());
        if (end > at) args.push_back({line.substr(at, end - at), reader.place(node)});
        at = end + 1;
    }
    return args;
}

void read_spelling_key(const std::string& key, const toml::node& node, TomlReader& reader,
                       Spelling& spelling) {
    if (key == "freerdp")
        spelling.versions = reader.text(node, key);
    else if (key == "client")
        spelling.client = reader.word(node, key, {"freerdp", "remmina"});
    else if (key == "args")
        spelling.args = read_args(node, reader);
    else if (key == "env")
        spelling.env = reader.text(node, key);
    else if (key == "shell")
        spelling.shell = reader.lines(node, key);
    else if (key == "words")
        spelling.words = reader.text_template(node, key);
    else
        reader.problem(node, "unknown key '" + key + "' in a spelling");
}

Spelling read_spelling(const toml::table& table, TomlReader& reader) {
    Spelling spelling;
    spelling.place = reader.place(table);
    for (const auto& [key, node] : table)
        read_spelling_key(std::string(key.str()), node, reader, spelling);
    const bool line = table.contains("args") || table.contains("env");
    if (line + table.contains("shell") + table.contains("words") != 1)
        reader.problem(table, "a spelling has args (with or without env), shell or words");
    return spelling;
}

void read_action(const toml::table& table, TomlReader& reader, Action& action) {
    action.place = reader.place(table);
    for (const auto& [key, node] : table) {
        if (key.str() == "text")
            action.text = reader.text_template(node, "text");
        else if (key.str() == "kind")
            action.kind = reader.word(node, "kind", {"lasting", "workaround", "unsafe"});
        else if (key.str() == "spelling")
            reader.tables(node, "spelling", [&](const toml::table& spelling) {
                action.spellings.push_back(read_spelling(spelling, reader));
            });
        else
            reader.problem(node, "unknown key '" + std::string(key.str()) + "' in an action");
    }
}

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) all.append(all.empty() ? "" : ", ").append(text);
    return all;
}

void read_row(const toml::table& table, TomlReader& reader, CodeRow& row) {
    row.place = reader.place(table);
    for (const auto& [key, node] : table) {
        const std::string name(key.str());
        if (name == "also") continue;
        if (name == "leads-to")
            row.leads_to = reader.texts(node, name);
        else if (const auto* number = node.as_integer())
            row.columns[name] = std::to_string(number->get());
        else
            row.columns[name] = joined(reader.texts(node, name));
    }
}

/// Calls `read` for each table at the top of `text`, in the order in which they stand there.
template <class Read>
void for_each_table(std::string_view text, const Loading& loading, TomlReader& reader, Read read) {
    const toml::parse_result result = toml::parse(text);
    if (!result) {
        const auto& error = result.error();
        const Place place{loading.file, static_cast<unsigned>(error.source().begin.line)};
        loading.problems.push_back(problem_at(place, std::string(error.description())));
        return;
    }
    std::vector<std::pair<std::string, const toml::table*>> tables;
    for (const auto& [key, node] : result.table()) {
        if (const auto* table = node.as_table())
            tables.emplace_back(key.str(), table);
        else
            reader.problem(node, "'" + std::string(key.str()) + "' stands outside a table");
    }
    std::sort(tables.begin(), tables.end(), [](const auto& left, const auto& right) {
        return left.second->source().begin.line < right.second->source().begin.line;
    });
    for (const auto& [id, table] : tables) {
        reader.failed();
        read(id, *table);
    }
}

bool is_id(std::string_view id) {
    return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

}  // namespace

std::string problem_at(const Place& place, const std::string& what) {
    const std::string file = place.file ? *place.file : "catalogue";
    return file + ":" + std::to_string(place.line) + ": " + what;
}

void load_entries(std::string_view text, const Loading& loading,
                  std::vector<std::string>* changed) {
    TomlReader reader(loading);
    auto& entries = loading.model.entries;
    for_each_table(text, loading, reader, [&](const std::string& id, const toml::table& table) {
        if (!is_id(id)) reader.problem(table, "an id is made of a-z, 0-9 and '-': '" + id + "'");
        const auto found = std::find_if(entries.begin(), entries.end(),
                                        [&](const Entry& entry) { return entry.id == id; });
        const bool is_new = found == entries.end();
        Entry entry = is_new ? Entry() : *found;
        entry.id = id;
        read_entry(table, reader, entry);
        if (reader.failed()) return;
        if (is_new)
            entries.push_back(std::move(entry));
        else
            *found = std::move(entry);
        if (changed) changed->push_back(id);
    });
}

void load_actions(std::string_view text, const Loading& loading) {
    TomlReader reader(loading);
    for_each_table(text, loading, reader, [&](const std::string& id, const toml::table& table) {
        Action action;
        action.id = id;
        read_action(table, reader, action);
        if (!reader.failed()) loading.model.actions.insert_or_assign(id, std::move(action));
    });
}

void load_codes(std::string_view text, const std::string& table, const Loading& loading) {
    TomlReader reader(loading);
    CodeTable& rows = loading.model.codes[table];
    for_each_table(text, loading, reader, [&](const std::string& code, const toml::table& row) {
        CodeRow read = rows.count(code_key(code)) ? rows[code_key(code)] : CodeRow();
        read_row(row, reader, read);
        const auto* also = row.get("also");
        const auto others = also ? reader.texts(*also, "also") : std::vector<std::string>();
        if (reader.failed()) return;
        for (const auto& other : others) rows.insert_or_assign(code_key(other), read);
        rows.insert_or_assign(code_key(code), std::move(read));
    });
}

}  // namespace preflight
