// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "facts/json.hpp"

#include <algorithm>
#include <limits>

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

    /// Reads `json` into `value`; false where it has the wrong type, and `value` is then untouched.
    template <class T>
    bool read(const Json& json, T& value, const std::string& path) {
        if constexpr (Described<T>) {
            return read_members(json, value, path);
        } else if constexpr (is_list<T>) {
            return read_list(json, value, path);
        } else if constexpr (is_maybe<T>) {
            typename T::value_type inner{};
            if (!read(json, inner, path)) return false;
            value = std::move(inner);
            return true;
        } else {
            if (!fits<T>(json)) return reject(path);
            json.get_to(value);
            return true;
        }
    }

  private:
    template <class T>
    static bool fits(const Json& json) {
        if constexpr (std::is_same_v<T, bool>) return json.is_boolean();
        if constexpr (std::is_same_v<T, std::string>) return json.is_string();
        // A number above the range would come out negative.
        if (json.is_number_unsigned())
            return json.get<std::uint64_t>() <= std::numeric_limits<std::int64_t>::max();
        return json.is_number_integer();
    }

    template <class T>
    bool read_list(const Json& json, T& list, const std::string& path) {
        if (!json.is_array()) return reject(path);
        for (const auto& element : json) {
            typename T::value_type value{};
            if (read(element, value, path + "[]")) list.push_back(std::move(value));
        }
        return true;
    }

    template <class T>
    bool read_members(const Json& json, T& object, const std::string& path) {
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
        return true;
    }

    bool reject(const std::string& path) {
        if (unknown_) unknown_->push_back(path);
        return false;
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
