// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <cerrno>
#include <cstdio>

#include "certificate/certificate.hpp"
#include "channel/options.hpp"
#include "diagnose/catalogue.hpp"
#include "diagnose/choose.hpp"
#include "diagnose/load.hpp"
#include "facts/json.hpp"
#include "fuzz/oracle.hpp"
#include "fuzz/story.hpp"
#include "report/report.hpp"
#ifdef PREFLIGHT_REPLAY
#include "replay/capture_file.hpp"
#include "replay/replayer.hpp"
#endif

namespace preflight::fuzz {
namespace {

std::string_view text_of(Bytes bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// What is wrong with any text in `json`.
std::string fault_in(const Json& json) {
    if (json.is_string()) return fault_of_text(json.get_ref<const std::string&>());
    if (!json.is_structured()) return {};
    for (const auto& member : json)
        if (auto fault = fault_in(member); !fault.empty()) return fault;
    return {};
}

/// What is wrong with a page of text.
std::string fault_of_page(std::string_view page) {
    while (!page.empty()) {
        const std::size_t end = page.find('\n');
        if (auto fault = fault_of_text(page.substr(0, end), 64 * 1024); !fault.empty())
            return fault + " in the report";
        page = end == page.npos ? "" : page.substr(end + 1);
    }
    return {};
}

const Catalogue& catalogue() {
    static const Catalogue builtin = Catalogue::builtin();
    return builtin;
}

/// Facts of which nobody knows whether they make sense: their report is proper all the same.
std::string fault_of_report(const Facts& facts) {
    const Explanation explanation = catalogue().explain(facts);
    if (explanation.cause.id.empty() || explanation.cause.title.empty()) return "no explanation";
    if (!Json::accept(render_json(explanation, facts))) return "a report that is no JSON";
    TextStyle style;
    style.detail = Detail::verbose;
    return fault_of_page(render_text(explanation, facts, style));
}

std::string certificate(Bytes bytes) {
    CertificateQuestion question;
    question.name = "win-srv01.example.org";
    question.now = 1'700'000'000;
    const std::vector<Der> chain = {{bytes.begin(), bytes.end()}};
    const CertificateFacts facts = judge_certificate(chain, question);
    Facts all;
    all.certificate = facts;
    if (auto fault = fault_in(to_json(all)); !fault.empty()) return fault;
    pem_fingerprint(std::string(text_of(bytes)));
    return facts.seen.value_or(false) ? "" : "a certificate that nobody saw";
}

std::string options(Bytes bytes) {
    std::vector<std::string> arguments;
    std::string_view rest = text_of(bytes);
    while (!rest.empty() && arguments.size() < 64) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        arguments.emplace_back(rest.substr(0, comma));
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    const ParsedOptions parsed = parse_options(arguments);
    for (const auto& problem : parsed.problems)
        if (auto fault = fault_of_text(problem); !fault.empty()) return fault;
    return parsed.options.wait.count() < 0 ? "a wait of less than nothing" : "";
}

std::string catalogue_file(Bytes bytes) {
    const std::string file = "fuzz.toml";
    Model model;
    std::vector<std::string> problems;
    const Loading loading{model, problems, &file};
    load_entries(text_of(bytes), loading);
    load_actions(text_of(bytes), loading);
    load_codes(text_of(bytes), "fuzz", loading);
    for (const auto& problem : problems)
        if (problem.rfind(file, 0) != 0) return "a problem without its place";
    Facts facts;
    facts.outcome = "failed";
    facts.stage = "tls";
    const FactView view(facts);
    const Explanation explanation =
        explain(model, view, [](auto, auto, auto) { return std::string(); });
    return explanation.cause.id.empty() ? "no explanation" : "";
}

std::string report(Bytes bytes) {
    const Json json = Json::parse(text_of(bytes), nullptr, false);
    if (!json.is_object()) return {};
    const Facts facts = facts_from_json(json);
    const Json again = to_json(facts);
    if (to_json(facts_from_json(again)) != again) return "facts that change when they are read";
    return fault_of_report(facts);
}

std::string recorder(Bytes bytes) {
    const Facts facts = told(bytes);
    if (auto fault = fault_in(to_json(facts)); !fault.empty()) return fault;
    if (facts.events.size() > 256) return "too many events";
    // A report takes longer than all the rest: not each time.
    return bytes.size() % 8 == 0 ? fault_of_report(facts) : "";
}

#ifdef PREFLIGHT_REPLAY
std::string capture(Bytes bytes) {
    if (bytes.empty()) return {};
    std::vector<std::uint8_t> copy(bytes.begin(), bytes.end());
    std::FILE* const stream = fmemopen(copy.data(), copy.size(), "rb");
    if (!stream) return {};
    std::string fault;
    std::size_t tries = 0;
    const auto take = [&](replay::Try&& attempt) {
        if (fault.empty()) fault = fault_in(to_json(attempt.facts));
        if (attempt.links.empty()) fault = "a try without a connection";
        ++tries;
    };
    replay::CaptureFile file(stream);
    replay::Replayer replayer({}, take);
    replay::Segment segment;
    while (file.next(segment)) replayer.take(segment);
    replayer.finish(file.last());
    return tries > file.packets() ? "more tries than packets" : fault;
}
#endif

constexpr NamedOracle oracles[] = {
    {"certificate", certificate}, {"options", options},   {"catalogue", catalogue_file},
    {"report", report},           {"recorder", recorder},
#ifdef PREFLIGHT_REPLAY
    {"capture", capture},
#endif
};

}  // namespace

std::span<const NamedOracle> engine_oracles() { return oracles; }

}  // namespace preflight::fuzz
