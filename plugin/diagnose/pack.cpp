// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "diagnose/pack.hpp"

#include <type_traits>

namespace preflight {
namespace {

// One listing per struct serves both directions.

template <class A>
void members(A& a, Template& t) {
    a(t.text, t.place);
}
template <class A>
void members(A& a, Condition& c) {
    a(c.fact, c.place, c.any, c.none, c.below, c.above, c.contains, c.known, c.same_as,
      c.differs_from);
}
template <class A>
void members(A& a, Rule& r) {
    a(r.all, r.confidence, r.place);
}
template <class A>
void members(A& a, FixEntry& f) {
    a(f.text, f.who, f.kind, f.action, f.shell, f.command, f.source, f.when, f.place);
}
template <class A>
void members(A& a, Entry& e) {
    a(e.id, e.place, e.stage, e.role, e.rank, e.confidence, e.when, e.hides, e.title, e.why,
      e.evidence, e.fixes, e.mstsc, e.sources);
}
template <class A>
void members(A& a, Spelling& s) {
    a(s.versions, s.client, s.args, s.env, s.shell, s.words, s.place);
}
template <class A>
void members(A& a, Action& action) {
    a(action.id, action.text, action.kind, action.spellings, action.place);
}
template <class A>
void members(A& a, CodeRow& r) {
    a(r.columns, r.leads_to, r.place);
}

/// Numbers as in LEB128, seven bits to a byte; texts and lists with their length in front.
class Writer {
  public:
    std::string packed;

    template <class... T>
    void operator()(T&... each) {
        (one(each), ...);
    }

  private:
    void number(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7) packed += static_cast<char>(0x80 | (value & 0x7f));
        packed += static_cast<char>(value);
    }

    void one(std::string& text) {
        number(text.size());
        packed += text;
    }
    void one(bool flag) { number(flag); }
    void one(std::int64_t value) { number(static_cast<std::uint64_t>(value)); }
    void one(Place& place) {
        const bool same = !place.file || place.file == last_;  // none: a text that is not there
        number(place.line * 2 + !same);
        if (same) return;
        last_ = place.file;
        std::string name = *place.file;
        one(name);
    }
    void one(Literal& literal) {
        number(literal.index());
        std::visit([this](auto& value) { one(value); }, literal);
    }
    template <class T>
    void one(std::optional<T>& value) {
        number(value.has_value());
        if (value) one(*value);
    }
    template <class T>
    void one(std::vector<T>& list) {
        number(list.size());
        for (auto& element : list) one(element);
    }
    template <class T>
    void one(std::map<std::string, T, std::less<>>& map) {
        number(map.size());
        for (auto& [key, value] : map) {
            std::string name = key;
            one(name);
            one(value);
        }
    }
    template <class T>
    requires std::is_enum_v<T>
    void one(T value) { number(static_cast<std::uint64_t>(value)); }
    template <class T>
    requires std::is_class_v<T>
    void one(T& object) { members(*this, object); }

    const std::string* last_ = nullptr;
};

class Reader {
  public:
    Reader(std::string_view packed, std::deque<std::string>& files)
        : packed_(packed), files_(files) {}

    template <class... T>
    void operator()(T&... each) {
        (one(each), ...);
    }

  private:
    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; !packed_.empty() && shift < 64; shift += 7) {
            const auto byte = static_cast<unsigned char>(packed_.front());
            packed_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
            if (byte < 0x80) break;
        }
        return value;
    }
    /// A count of things that take at least a byte each.
    std::size_t count() {
        const std::uint64_t value = number();
        return value > packed_.size() ? packed_.size() : static_cast<std::size_t>(value);
    }

    void one(std::string& text) {
        const std::size_t length = count();
        text.assign(packed_.substr(0, length));
        packed_.remove_prefix(length);
    }
    void one(bool& flag) { flag = number() != 0; }
    void one(std::int64_t& value) { value = static_cast<std::int64_t>(number()); }
    void one(Place& place) {
        const std::uint64_t value = number();
        place.line = static_cast<unsigned>(value / 2);
        if (value % 2) {
            one(files_.emplace_back());
            last_ = &files_.back();
        }
        place.file = last_;
    }
    void one(Literal& literal) {
        const std::uint64_t index = number();
        index == 0   ? one(literal.emplace<0>())
        : index == 1 ? one(literal.emplace<1>())
                     : one(literal.emplace<2>());
    }
    template <class T>
    void one(std::optional<T>& value) {
        if (number()) one(value.emplace());
    }
    template <class T>
    void one(std::vector<T>& list) {
        list.resize(count());
        for (auto& element : list) one(element);
    }
    template <class T>
    void one(std::map<std::string, T, std::less<>>& map) {
        for (std::size_t left = count(); left > 0; --left) {
            std::string name;
            one(name);
            one(map.emplace_hint(map.end(), std::move(name), T())->second);
        }
    }
    template <class T>
    requires std::is_enum_v<T>
    void one(T& value) { value = static_cast<T>(number()); }
    template <class T>
    requires std::is_class_v<T>
    void one(T& object) { members(*this, object); }

    std::string_view packed_;
    std::deque<std::string>& files_;
    const std::string* last_ = nullptr;
};

}  // namespace

std::string pack(const Model& model) {
    Model copy = model;
    PackedCodes codes;
    for (auto& [name, table] : copy.codes) {
        Writer writer;
        writer(table);
        codes[name] = std::move(writer.packed);
    }
    Writer writer;
    writer(copy.entries, copy.actions, codes);
    return writer.packed;
}

PackedCodes unpack(std::string_view packed, Model& model, std::deque<std::string>& files) {
    PackedCodes codes;
    Reader reader(packed, files);
    reader(model.entries, model.actions, codes);
    return codes;
}

CodeTable unpack_codes(std::string_view packed, std::deque<std::string>& files) {
    CodeTable codes;
    Reader reader(packed, files);
    reader(codes);
    return codes;
}

}  // namespace preflight
