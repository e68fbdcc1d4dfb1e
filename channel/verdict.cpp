// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "channel/verdict.hpp"

#include <unistd.h>

#include <exception>

#include "channel/ask.hpp"
#include "channel/look.hpp"
#include "channel/output.hpp"
#include "diagnose/telling.hpp"
#include "probe/look_again.hpp"

namespace preflight {
namespace {

void tell(const std::string& problem) {
    if (!problem.empty()) say(problem);
}

bool write_all(const Facts& facts, const Options& options) {
    const Catalogue catalogue = catalogue_for(options);
    const Telling telling = telling_of(facts, catalogue);
    if (telling == Telling::nothing) return false;
    const Explanation explanation = catalogue.explain(facts);
    const bool to_file = !options.text_file.empty();
    const int fd = to_file ? -1 : STDERR_FILENO;
    const bool brief = telling == Telling::line && options.detail == Detail::report;
    const Detail detail = brief ? Detail::line : options.detail;
    const auto text = render_text(explanation, facts, style_for(fd, options.colour, detail));
    if (to_file)
        tell(write_report(options.text_file, text));
    else
        write_descriptor(fd, text);
    if (!options.json_file.empty())
        tell(write_report(options.json_file, render_json(explanation, facts)));
    return true;
}

/// Asks the network what the facts leave open. False where there is nothing to ask.
bool inquire(Connection& connection, const Facts& facts, std::function<bool()> stopped) {
    if (const auto target = worth_looking(facts)) {
        connection.hear(0, look_again(target->host, target->port, target->limits));
        return true;
    }
    auto plan = worth_asking(facts);
    if (!plan) return false;
    plan->stopped = std::move(stopped);
    connection.hear(0, ask_again(*plan));
    return true;
}

/// Who stops waiting after we have said what for needs no second report.
bool already_told(const Connection& connection, const ErrorSeen& error) {
    constexpr std::uint32_t connect_cancelled = 0x0002000b;
    return error.code == connect_cancelled && connection.wait_told();
}

}  // namespace

Catalogue catalogue_for(const Options& options) {
    Catalogue catalogue = Catalogue::builtin();
    // Its problems were told when we were loaded.
    if (!options.catalogue.empty()) catalogue.add_directory(options.catalogue);
    return catalogue;
}

bool publish(const Facts& facts, const Options& options) {
    try {
        return write_all(facts, options);
    } catch (const std::exception& problem) {
        say(std::string("the report could not be made: ") + problem.what());
        return true;
    }
}

void note_check(Connection& connection) {
    if (!connection.conclude()) return;
    if (const auto snapshot = connection.snapshot()) publish(snapshot->facts, snapshot->options);
    connection.close();
}

void note_sign_in(Connection& connection) {
    if (!connection.in_session() || connection.noted()) return;
    const auto snapshot = connection.snapshot();
    if (snapshot && publish(snapshot->facts, snapshot->options)) connection.set_noted();
}

void explain_failure(Connection& connection, const ErrorSeen& error,
                     std::function<bool()> stopped) {
    if (!connection.conclude()) return;
    connection.hear(0, ConnectEnded{-1, error});
    auto snapshot = connection.snapshot();
    if (snapshot && snapshot->options.probe && inquire(connection, snapshot->facts, stopped))
        snapshot = connection.snapshot();
    if (snapshot && !already_told(connection, error)) publish(snapshot->facts, snapshot->options);
    connection.close();
}

void explain_end(Connection& connection) {
    if (!connection.conclude()) return;
    auto snapshot = connection.snapshot();
    const bool may_look = snapshot && snapshot->options.probe;
    const auto target = may_look ? worth_looking_for_session(snapshot->facts) : std::nullopt;
    if (target) {
        connection.hear(0, look_again(target->host, target->port, target->limits));
        snapshot = connection.snapshot();
    }
    if (snapshot && snapshot->facts.outcome == "ended") publish(snapshot->facts, snapshot->options);
    connection.close();
}

}  // namespace preflight
