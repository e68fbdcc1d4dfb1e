// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace preflight {

/// A fact that may not have been observed. Unset facts are absent from the JSON form, and a rule
/// that names one does not match.
template <class T>
using Maybe = std::optional<T>;

/// A list of texts; empty means "not observed".
using Texts = std::vector<std::string>;

namespace detail {
struct AnyVisitor {
    template <class M>
    void operator()(const char*, M, const char*) {}
};
template <class T>
struct IsMaybe : std::false_type {};
template <class T>
struct IsMaybe<std::optional<T>> : std::true_type {};
template <class T>
struct IsList : std::false_type {};
template <class T>
struct IsList<std::vector<T>> : std::true_type {};
}  // namespace detail

/// A struct of facts lists its members once, in `describe`, as name, member and meaning. The JSON
/// form, the names that rules may use, and docs/facts.md all come from that one listing:
///
///     template <class V> static void describe(V& v) {
///         v("address", &TcpFacts::address, "numeric address that was dialled");
///     }
template <class T>
concept Described = requires(detail::AnyVisitor& visitor) {
    T::describe(visitor);
};

template <class T>
inline constexpr bool is_maybe = detail::IsMaybe<T>::value;
template <class T>
inline constexpr bool is_list = detail::IsList<T>::value;

}  // namespace preflight
