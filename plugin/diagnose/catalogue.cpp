// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "diagnose/catalogue.hpp"

#include <algorithm>
#include <deque>
#include <set>

#include "diagnose/check.hpp"
#include "diagnose/choose.hpp"
#include "diagnose/codes.hpp"
#include "diagnose/directory.hpp"
#include "diagnose/embedded.hpp"
#include "diagnose/load.hpp"
#include "diagnose/pack.hpp"

namespace preflight {
namespace {

std::string stem(std::string_view path) {
    const auto slash = path.rfind('/');
    path = slash == std::string_view::npos ? path : path.substr(slash + 1);
    return std::string(path.substr(0, path.rfind('.')));
}

}  // namespace

struct Catalogue::State {
    Model model;
    std::deque<std::string> files;  ///< names for messages; a deque keeps them in place
    std::vector<std::string> problems;
    std::set<std::string, std::less<>> loaded_codes;

    Loading loading(std::string_view file) { return {model, problems, &files.emplace_back(file)}; }

    /// Code tables are unpacked when they are asked for: most failures need two of them. Rows that
    /// a directory brought stay in force.
    void need_codes(std::string_view table) {
        if (!loaded_codes.emplace(table).second) return;
        for (const auto& codes : embedded_codes()) {
            if (codes.name != table) continue;
            CodeTable rows;
            unpack_codes(codes.packed, rows, files);
            model.codes[std::string(table)].merge(rows);
        }
    }

    void need_all_codes() {
        for (const auto& codes : embedded_codes()) need_codes(codes.name);
    }

    std::string code(std::string_view table, std::string_view code, std::string_view column) {
        need_codes(table);
        const auto rows = model.codes.find(table);
        if (rows == model.codes.end()) return {};
        const auto row = rows->second.find(code_key(code));
        if (row == rows->second.end()) return {};
        const auto cell = row->second.columns.find(column);
        return cell == row->second.columns.end() ? std::string() : cell->second;
    }

    CodeLookup lookup() {
        return [this](std::string_view table, std::string_view row, std::string_view column) {
            return code(table, row, column);
        };
    }

    Entry* find(std::string_view id) {
        for (auto& entry : model.entries)
            if (entry.id == id) return &entry;
        return nullptr;
    }
};

Catalogue::Catalogue(std::unique_ptr<State> state) : state_(std::move(state)) {}
Catalogue::~Catalogue() = default;
Catalogue::Catalogue(Catalogue&&) noexcept = default;
Catalogue& Catalogue::operator=(Catalogue&&) noexcept = default;

Catalogue Catalogue::builtin() {
    auto state = std::make_unique<State>();
    unpack_model(embedded_model(), state->model, state->files);
    return Catalogue(std::move(state));
}

std::vector<std::string> Catalogue::add_directory(const std::string& directory) {
    State& state = *state_;
    std::vector<std::string> problems;
    const auto files = read_toml_files(directory, problems);
    const std::vector<Entry> before = state.model.entries;
    std::vector<std::string> changed;
    std::swap(problems, state.problems);
    for (const auto& file : files) {
        if (file.is_codes)
            load_codes(file.text, stem(file.path), state.loading(file.path));
        else if (stem(file.path) == "actions")
            load_actions(file.text, state.loading(file.path));
    }
    for (const auto& file : files)
        if (!file.is_codes && stem(file.path) != "actions")
            load_entries(file.text, state.loading(file.path), &changed);
    std::swap(problems, state.problems);

    state.need_all_codes();
    for (const auto& id : changed) {
        const Entry* entry = state.find(id);
        if (!entry) continue;
        const auto found = check_entry(*entry, state.model);
        if (found.empty()) continue;
        problems.insert(problems.end(), found.begin(), found.end());
        std::erase_if(state.model.entries, [&](const Entry& each) { return each.id == id; });
        for (const auto& old : before)
            if (old.id == id) state.model.entries.push_back(old);
    }
    return problems;
}

std::vector<std::string> Catalogue::validate(const std::string& examples) const {
    state_->need_all_codes();
    std::vector<std::string> problems = state_->problems;
    const auto take = [&](const std::vector<std::string>& more) {
        problems.insert(problems.end(), more.begin(), more.end());
    };
    for (const auto& [id, action] : state_->model.actions)
        take(check_action(action, state_->model));
    for (const auto& entry : state_->model.entries) {
        take(check_entry(entry, state_->model));
        if (!examples.empty() && !has_example(examples, entry.id))
            problems.push_back(problem_at(entry.place, "'" + entry.id + "' has no example " +
                                                           examples + "/" + entry.id + ".json"));
    }
    take(check_codes(state_->model));
    return problems;
}

std::vector<std::string> Catalogue::ids() const {
    std::vector<std::string> ids;
    for (const auto& entry : state_->model.entries) ids.push_back(entry.id);
    return ids;
}

Explanation Catalogue::explain(const Facts& facts) const {
    return preflight::explain(state_->model, FactView(facts), state_->lookup());
}

std::string Catalogue::code(std::string_view table, std::string_view code,
                            std::string_view column) const {
    return state_->code(table, code, column);
}

}  // namespace preflight
