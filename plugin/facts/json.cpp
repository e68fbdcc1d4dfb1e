// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "facts/json.hpp"

namespace preflight {
namespace {

template <class T>
Json write(const T& value);

template <class T>
struct Writer {
    const T& object;
    Json& json;

    template <class M>
    void operator()(const char* name, M T::*member, const char*) {
        const M& value = object.*member;
        if constexpr (is_maybe<M>) {
            if (value) json[name] = *value;
        } else {
            Json child = write(value);
            if (!child.empty()) json[name] = std::move(child);
        }
    }
};

template <class T>
Json write(const T& value) {
    if constexpr (Described<T>) {
        Json json = Json::object();
        Writer<T> writer{value, json};
        T::describe(writer);
        return json;
    } else if constexpr (is_list<T>) {
        Json json = Json::array();
        for (const auto& element : value) json.push_back(write(element));
        return json;
    } else {
        return value;
    }
}

class Reader {
  public:
    explicit Reader(std::vector<std::string>* unknown) : unknown_(unknown) {}

    template <class T>
    void read(const Json& json, T& value, const std::string& path) {
        if constexpr (Described<T>) {
            read_members(json, value, path);
        } else if constexpr (is_list<T>) {
            if (!json.is_array()) return reject(path);
            for (const auto& element : json) read(element, value.emplace_back(), path + "[]");
        } else if constexpr (is_maybe<T>) {
            read(json, value.emplace(), path);
        } else if constexpr (std::is_same_v<T, bool>) {
            json.is_boolean() ? json.get_to(value) : (reject(path), value);
        } else if constexpr (std::is_same_v<T, std::string>) {
            json.is_string() ? json.get_to(value) : (reject(path), value);
        } else {
            json.is_number_integer() ? json.get_to(value) : (reject(path), value);
        }
    }

  private:
    template <class T>
    void read_members(const Json& json, T& object, const std::string& path) {
        if (!json.is_object()) return reject(path);
        std::vector<std::string> known;
        auto visit = [&](const char* name, auto member, const char*) {
            known.emplace_back(name);
            if (auto found = json.find(name); found != json.end())
                read(*found, object.*member, path.empty() ? name : path + "." + name);
        };
        T::describe(visit);
        for (const auto& [name, child] : json.items())
            if (std::find(known.begin(), known.end(), name) == known.end())
                reject(path.empty() ? name : path + "." + name);
    }

    void reject(const std::string& path) {
        if (unknown_) unknown_->push_back(path);
    }

    std::vector<std::string>* unknown_;
};

template <class T>
constexpr const char* type_of() {
    if constexpr (Described<T>)
        return "group";
    else if constexpr (std::is_same_v<T, Texts>)
        return "texts";
    else if constexpr (is_list<T>)
        return "list";
    else if constexpr (std::is_same_v<T, Maybe<bool>>)
        return "flag";
    else if constexpr (std::is_same_v<T, Maybe<std::string>>)
        return "text";
    else
        return "number";
}

template <class T>
void collect(std::vector<FactName>& names, const std::string& prefix) {
    auto visit = [&]<class M>(const char* name, M T::*, const char* meaning) {
        names.push_back({prefix + name, type_of<M>(), meaning});
        if constexpr (Described<M>)
            collect<M>(names, prefix + name + ".");
        else if constexpr (is_list<M>)
            if constexpr (Described<typename M::value_type>)
                collect<typename M::value_type>(names, prefix + name + "[].");
    };
    T::describe(visit);
}

}  // namespace

Json to_json(const Facts& facts) { return write(facts); }

Facts facts_from_json(const Json& json, std::vector<std::string>* unknown) {
    Facts facts;
    Reader(unknown).read(json, facts, "");
    return facts;
}

const std::vector<FactName>& all_fact_names() {
    // Leaked on purpose: the add-on must not run destructors while the client's threads still run.
    static const auto* names = [] {
        auto* list = new std::vector<FactName>;
        collect<Facts>(*list, "");
        return list;
    }();
    return *names;
}

const FactName* find_fact_name(std::string_view path) {
    for (const auto& name : all_fact_names())
        if (name.path == path) return &name;
    return nullptr;
}

}  // namespace preflight
