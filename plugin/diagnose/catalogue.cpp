// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "diagnose/catalogue.hpp"

#include <algorithm>
#include <deque>
#include <set>

#include "diagnose/check.hpp"
#include "diagnose/choose.hpp"
#include "diagnose/codes.hpp"
#include "diagnose/compress.hpp"
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

void append(std::vector<std::string>& all, const std::vector<std::string>& more) {
    all.insert(all.end(), more.begin(), more.end());
}

}  // namespace

struct Catalogue::State {
    Model model;
    std::deque<std::string> files;  ///< names for messages; a deque keeps them in place
    PackedCodes packed_codes;       ///< not read yet

    void need_codes(std::string_view table) {
        const auto found = packed_codes.find(table);
        if (found == packed_codes.end()) return;
        model.codes[found->first] = unpack_codes(found->second, files);
        packed_codes.erase(found);
    }

    void need_all_codes() {
        while (!packed_codes.empty()) need_codes(packed_codes.begin()->first);
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

    void load_names(const CatalogueFile& file, std::vector<std::string>& problems) {
        const Loading loading{model, problems, &files.emplace_back(file.path)};
        if (file.is_codes) load_codes(file.text, stem(file.path), loading);
        if (file.is_codes || stem(file.path) != "actions") return;
        load_actions(file.text, loading);
        for (const auto& [id, action] : model.actions)
            if (action.place.file == loading.file) append(problems, check_action(action, model));
    }

    void load_explanations(const CatalogueFile& file, std::vector<std::string>& problems,
                           std::set<std::string>& changed) {
        if (file.is_codes || stem(file.path) == "actions") return;
        std::vector<std::string> ids;
        load_entries(file.text, {model, problems, &files.emplace_back(file.path)}, &ids);
        changed.insert(ids.begin(), ids.end());
    }

    /// An entry with a problem gives way to what was there before.
    void keep_if_sound(const std::string& id, const std::vector<Entry>& before,
                       std::vector<std::string>& problems) {
        const auto same = [&](const Entry& entry) { return entry.id == id; };
        const auto entry = std::find_if(model.entries.begin(), model.entries.end(), same);
        if (entry == model.entries.end()) return;
        const auto found = check_entry(*entry, model);
        if (found.empty()) return;
        append(problems, found);
        const auto old = std::find_if(before.begin(), before.end(), same);
        if (old == before.end())
            model.entries.erase(entry);
        else
            *entry = *old;
    }
};

Catalogue::Catalogue(std::unique_ptr<State> state) : state_(std::move(state)) {}
Catalogue::~Catalogue() = default;
Catalogue::Catalogue(Catalogue&&) noexcept = default;
Catalogue& Catalogue::operator=(Catalogue&&) noexcept = default;

Catalogue Catalogue::builtin() {
    auto state = std::make_unique<State>();
    const auto [block, size] = embedded_catalogue();
    state->packed_codes = unpack(decompress(block, size), state->model, state->files);
    return Catalogue(std::move(state));
}

std::vector<std::string> Catalogue::add_directory(const std::string& directory) {
    State& state = *state_;
    std::vector<std::string> problems;
    const auto files = read_toml_files(directory, problems);
    state.need_all_codes();
    const std::vector<Entry> before = state.model.entries;
    std::set<std::string> changed;
    // Explanations come last: they name actions and codes.
    for (const auto& file : files) state.load_names(file, problems);
    for (const auto& file : files) state.load_explanations(file, problems, changed);
    for (const auto& id : changed) state.keep_if_sound(id, before, problems);
    return problems;
}

std::vector<std::string> Catalogue::validate(const std::string& examples) const {
    state_->need_all_codes();
    const Model& model = state_->model;
    std::vector<std::string> problems;
    for (const auto& [id, action] : model.actions) append(problems, check_action(action, model));
    for (const auto& entry : model.entries) {
        append(problems, check_entry(entry, model));
        if (!examples.empty() && !has_example(examples, entry.id))
            problems.push_back(problem_at(entry.place, "'" + entry.id + "' has no example " +
                                                           examples + "/" + entry.id + ".json"));
    }
    append(problems, check_codes(model));
    return problems;
}

std::vector<std::string> Catalogue::ids() const {
    std::vector<std::string> ids;
    for (const auto& entry : state_->model.entries) ids.push_back(entry.id);
    return ids;
}

std::string_view Catalogue::role_of(std::string_view id) const {
    for (const auto& entry : state_->model.entries)
        if (entry.id == id) return name_of(entry.role);
    return {};
}

Explanation Catalogue::explain(const Facts& facts) const {
    return preflight::explain(state_->model, FactView(facts), state_->lookup());
}

const Model& Catalogue::model() const {
    state_->need_all_codes();
    return state_->model;
}

std::string Catalogue::code(std::string_view table, std::string_view code,
                            std::string_view column) const {
    return state_->code(table, code, column);
}

}  // namespace preflight
