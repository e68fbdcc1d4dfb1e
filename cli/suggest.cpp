// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli/suggest.hpp"

#include <algorithm>
#include <set>

#include "cli/tables.hpp"
#if PREFLIGHT_FSTRCMP
#include <fstrcmp.h>
#endif

namespace preflight::cli {
namespace {

/// Small letters, with one sign for all that joins words: case and signs are no difference.
std::string folded(const std::string& text) {
    std::string result;
    for (char c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        result += c == '_' || c == ' ' ? '-' : c;
    }
    return result;
}

#if PREFLIGHT_FSTRCMP
/// 0 to 1; long names are also compared without their first word (ERRCONNECT_, STATUS_).
double similarity(const std::string& word, const std::string& name) {
    const double whole = fstrcmp(word.c_str(), name.c_str());
    const auto dash = name.find('-');
    if (dash == name.npos) return whole;
    constexpr double less_sure = 0.97;
    return std::max(whole, less_sure * fstrcmp(word.c_str(), name.c_str() + dash + 1));
}
#else
double similarity(const std::string&, const std::string&) { return 0; }
#endif

std::set<std::string> all_names(const Model& model) {
    std::set<std::string> names;
    for (const auto& entry : model.entries) names.insert(entry.id);
    for (const auto& table : tables()) {
        const auto rows = model.codes.find(table.name);
        if (rows == model.codes.end()) continue;
        for (const auto& [key, row] : rows->second)
            if (const auto name = row.columns.find("name"); name != row.columns.end())
                names.insert(name->second);
    }
    return names;
}

}  // namespace

std::vector<std::string> near_misses(const Model& model, const std::string& word,
                                     std::size_t most) {
    constexpr double similar = 0.65;
    constexpr std::size_t longest = 80;
    if (word.size() > longest) return {};
    const std::string wanted = folded(word);
    std::vector<std::pair<double, std::string>> found;
    for (const auto& name : all_names(model))
        if (const double value = similarity(wanted, folded(name)); value >= similar)
            found.emplace_back(-value, name);
    std::sort(found.begin(), found.end());
    std::vector<std::string> names;
    for (const auto& [value, name] : found)
        if (names.size() < most) names.push_back(name);
    return names;
}

}  // namespace preflight::cli
