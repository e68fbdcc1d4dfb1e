// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "diagnose/diagnosis.hpp"
#include "diagnose/model.hpp"
#include "facts/facts.hpp"

namespace preflight {

/// The explanations, as data: catalog/*.toml and catalog/codes/*.toml, built in; a directory may
/// add to them and override them.
class Catalogue {
  public:
    /// The built-in catalogue. Parsing happens here, so callers ask only when they need it.
    static Catalogue builtin();

    ~Catalogue();
    Catalogue(Catalogue&&) noexcept;
    Catalogue& operator=(Catalogue&&) noexcept;

    /// Adds every *.toml of `directory` (and of its folder codes/). Returns one message per
    /// problem, each "FILE:LINE: what is wrong"; entries without a problem are taken all the same.
    std::vector<std::string> add_directory(const std::string& directory);

    /// Problems of the whole, for tests: unknown fact names, unknown actions, missing sources,
    /// unknown stages and keys; with `examples`, a directory, also entries without an example
    /// there. Each "FILE:LINE: …".
    std::vector<std::string> validate(const std::string& examples = {}) const;

    /// All ids, in the order of the files.
    std::vector<std::string> ids() const;

    /// What the entry `id` is: cause, fallback or notice; empty when there is none.
    std::string_view role_of(std::string_view id) const;

    /// The verdict on `facts`. Never empty: what nobody knows is said to be unknown.
    Explanation explain(const Facts& facts) const;

    /// A row of a code table, such as column "text" of code "0x00020008" in table "freerdp"; empty
    /// when there is none.
    std::string code(std::string_view table, std::string_view code, std::string_view column) const;

    /// Everything as it stands in the files, all code tables read.
    const Model& model() const;

  private:
    struct State;
    explicit Catalogue(std::unique_ptr<State>);
    std::unique_ptr<State> state_;
};

}  // namespace preflight
