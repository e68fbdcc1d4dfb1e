// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "diagnose/values.hpp"

namespace preflight {
namespace {

using Values = std::map<std::string, Value, std::less<>>;

struct Collector {
    Values& values;

    template <class T>
    void add(const T& object, const std::string& prefix, bool in_list) {
        auto visit = [&](const char* name, auto member, const char*) {
            add_member(object.*member, prefix + name, in_list);
        };
        T::describe(visit);
    }

    template <class M>
    void add_member(const M& member, const std::string& path, bool in_list) {
        if constexpr (Described<M>)
            add(member, path + ".", in_list);
        else if constexpr (is_maybe<M>)
            add_maybe(member, path, in_list);
        else if constexpr (std::is_same_v<M, Texts>)
            add_texts(member, path);
        else if constexpr (!std::is_same_v<M, std::vector<EventFacts>>)
            add_list(member, path);
    }

    template <class M>
    void add_maybe(const M& member, const std::string& path, bool in_list) {
        if (!member) return;
        if (in_list)
            add_texts({text_of(Value(*member))}, path);
        else
            values.emplace(path, *member);
    }

    void add_texts(const Texts& texts, const std::string& path) {
        if (texts.empty()) return;
        auto& all = std::get<Texts>(values.try_emplace(path, Texts()).first->second);
        all.insert(all.end(), texts.begin(), texts.end());
    }

    template <class M>
    void add_list(const M& list, const std::string& path) {
        if (list.empty()) return;
        values.insert_or_assign(path, static_cast<std::int64_t>(list.size()));
        for (const auto& element : list) add(element, path + "[].", true);
    }
};

struct ToText {
    std::string operator()(bool flag) const { return flag ? "yes" : "no"; }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(const Texts& texts) const {
        std::string joined;
        for (const auto& text : texts) joined += (joined.empty() ? "" : ", ") + text;
        return joined;
    }
};

}  // namespace

FactView::FactView(const Facts& facts) { Collector{values_}.add(facts, "", false); }

const Value* FactView::find(std::string_view path) const {
    auto found = values_.find(path);
    return found == values_.end() ? nullptr : &found->second;
}

std::string text_of(const Value& value) { return std::visit(ToText{}, value); }

}  // namespace preflight
