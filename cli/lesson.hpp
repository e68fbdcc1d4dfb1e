// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <string>
#include <vector>

#include "diagnose/model.hpp"
#include "facts/client.hpp"

namespace preflight::cli {

/// One way to do a fix: for which client, and what is typed or clicked.
struct Spelled {
    std::string client;  ///< "FreeRDP 3", "Remmina", or "" where it is the same for all
    std::string shell;   ///< sh, powershell, cmd, or empty for words
    std::vector<std::string> lines;
};

/// A fix without a connection behind it.
struct FixLesson {
    std::string who;
    std::string kind;
    std::string text;
    std::vector<Spelled> spelled;
    std::string source;
};

/// What an entry of the catalogue says when there is no connection to speak of.
struct Lesson {
    std::string id;
    std::string stage;
    std::string role;
    std::string title;
    std::string why;
    std::vector<FixLesson> fixes;  ///< the safest first
    std::vector<std::string> mstsc;
    std::vector<std::string> sources;
};

/// The lesson of `entry`. With `client`, commands are spelled for that client alone.
Lesson lesson_of(const Entry& entry, const Model& model, const ClientFacts* client);

/// "FreeRDP 3.0-3.26" for ">=3.0.0 <3.27.0".
std::string versions_in_words(const std::string& range);

}  // namespace preflight::cli
