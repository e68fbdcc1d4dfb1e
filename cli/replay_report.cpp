// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli/replay.hpp"
#include "facts/json.hpp"
#include "wire/text.hpp"

namespace preflight::cli {
namespace {

std::string earlier_id(const Json& report) {
    const auto diagnosis = report.find("diagnosis");
    if (diagnosis == report.end() || !diagnosis->is_object()) return {};
    const auto id = diagnosis->find("id");
    return id != diagnosis->end() && id->is_string() ? wire::printable(id->get<std::string>()) : "";
}

void fail(const ReplayOptions& options, const std::string& why, Frame& frame) {
    frame.problem(wire::printable(options.file) + ": " + why);
    frame.exit_code = ExitCode::unreadable;
}

}  // namespace

void replay_report(const std::string& text, const ReplayOptions& options, Frame& frame) {
    const Json report = Json::parse(text, nullptr, false);
    if (report.is_discarded() || !report.is_object())
        return fail(options, "neither a capture file nor a JSON report", frame);
    const auto found = report.find("facts");
    if (found == report.end() || !found->is_object())
        return fail(options, "a JSON report of preflight has a member \"facts\"", frame);
    std::vector<std::string> unknown;
    const Facts facts = facts_from_json(*found, &unknown);
    if (facts.schema.value_or(1) != 1)
        return fail(options, "written by a newer preflight; this one knows schema 1", frame);
    for (const auto& name : unknown)
        frame.problem("passed over: " + wire::printable(name) + " (unknown, or of another type)");

    const Catalogue catalogue = load_catalogue(options.catalogue, frame);
    const Explanation explanation = catalogue.explain(facts);
    if (options.output.format == "json") {
        frame.out << render_json(explanation, facts);
    } else {
        frame.out << render_text(explanation, facts, options.output.style());
        const std::string before = earlier_id(report);
        if (!before.empty() && before != explanation.cause.id)
            frame.out << "\n  The report itself said: " << before << '\n';
    }
    const bool worked = facts.outcome == "connected" || facts.outcome == "ended";
    frame.exit_code = worked ? ExitCode::success : ExitCode::would_not_connect;
}

}  // namespace preflight::cli
