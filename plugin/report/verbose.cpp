// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "report/verbose.hpp"

#include <set>

#include "facts/json.hpp"

namespace preflight {
namespace {

void put_heading(Page& page, const std::string& text) {
    page.blank();
    page.paragraph({2, 2, ""}, text, Paint::bold);
}

void put_sources(Page& page, const Explanation& explanation) {
    std::vector<std::string> sources = explanation.cause.sources;
    for (const auto& fix : explanation.cause.fixes) sources.push_back(fix.source);
    if (sources.empty()) return;
    put_heading(page, "Sources");
    std::set<std::string> shown = {""};
    for (const auto& source : sources)
        if (shown.insert(source).second) page.verbatim(4, source);
}

std::string padded(const std::string& text, std::size_t width) {
    return std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
}

std::string attempt_line(const AttemptFacts& attempt) {
    std::string line = attempt.tcp.address.value_or("?");
    if (attempt.tcp.port) line += " port " + std::to_string(*attempt.tcp.port);
    line += ": stopped at " + attempt.stage.value_or("a step that is not known");
    if (!attempt.negotiation.requested.empty()) {
        line += ", asked for";
        for (const auto& protocol : attempt.negotiation.requested) line += " " + protocol;
    }
    if (attempt.negotiation.selected) line += ", got " + *attempt.negotiation.selected;
    if (attempt.negotiation.failure_name) line += ", got " + *attempt.negotiation.failure_name;
    if (attempt.duration_ms) line += ", " + std::to_string(*attempt.duration_ms) + " ms";
    if (attempt.repeat.value_or(false)) line += " (the client's silent second try)";
    return line;
}

void put_attempts(Page& page, const Facts& facts) {
    if (facts.attempts.empty()) return;
    put_heading(page, "Attempts");
    for (const auto& attempt : facts.attempts) {
        const std::string number = std::to_string(attempt.number.value_or(0));
        page.paragraph({8, 8, padded(number, 4)}, attempt_line(attempt));
    }
}

std::string arrow(const EventFacts& event) {
    if (event.direction == "sent") return "→";
    return event.direction == "received" ? "←" : "·";
}

void put_ladder(Page& page, const Facts& facts) {
    if (facts.events.empty()) return;
    put_heading(page, "Ladder (milliseconds, attempt, what)");
    for (const auto& event : facts.events) {
        const std::string ms = event.ms ? std::to_string(*event.ms) : "";
        const std::string attempt = event.attempt ? std::to_string(*event.attempt) : "";
        const std::string label = padded(ms, 8) + padded(attempt, 3);
        std::vector<Word> words = words_of(event.what.value_or(""));
        words.insert(words.begin(), {arrow(event), Paint::bold});
        page.paragraph({14, 16, label}, words);
    }
}

std::string plain(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
    if (!value.is_array()) return value.dump();
    std::string joined;
    for (const auto& element : value) joined += (joined.empty() ? "" : ", ") + plain(element);
    return joined;
}

void put_fact(Page& page, const std::string& name, const Json& value) {
    if (value.is_object()) {
        for (const auto& [key, child] : value.items()) put_fact(page, name + "." + key, child);
    } else if (value.is_array() && !value.empty() && value.front().is_object()) {
        for (std::size_t i = 0; i < value.size(); ++i)
            put_fact(page, name + "[" + std::to_string(i) + "]", value[i]);
    } else {
        std::vector<Word> words = words_of(plain(value));
        words.insert(words.begin(), {name + " =", Paint::dim});
        page.paragraph({4, 8, ""}, words);
    }
}

void put_facts(Page& page, const Facts& facts) {
    put_heading(page, "Facts");
    const Json json = to_json(facts);
    for (const auto& [name, value] : json.items())
        if (name != "attempts" && name != "events") put_fact(page, name, value);
}

}  // namespace

void put_details(Page& page, const Explanation& explanation, const Facts& facts) {
    put_sources(page, explanation);
    put_attempts(page, facts);
    put_ladder(page, facts);
    put_facts(page, facts);
}

}  // namespace preflight
