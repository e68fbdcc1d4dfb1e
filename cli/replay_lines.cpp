// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli/replay_lines.hpp"

#include "facts/json.hpp"
#include "record/times.hpp"
#include "report/page.hpp"

namespace preflight::cli {
namespace {

using replay::Link;
using replay::Try;

std::int64_t seconds(replay::Time at) {
    return std::chrono::duration_cast<std::chrono::seconds>(at).count();
}

std::int64_t duration_ms(const Link& link) {
    const replay::Time length = link.ended > link.began ? link.ended - link.began : replay::Time{};
    return std::chrono::duration_cast<std::chrono::milliseconds>(length).count();
}

/// "NLA, TLS 1.2": what the two agreed on, as far as it is known.
std::string agreed(const AttemptFacts& attempt) {
    const std::string selected = attempt.negotiation.selected.value_or("");
    std::string text = selected == "HYBRID" || selected == "HYBRID_EX" ? "NLA"
                       : selected == "SSL"                             ? ""
                                                                       : selected;
    if (attempt.tls.server.version)
        text += (text.empty() ? "" : ", ") + *attempt.tls.server.version;
    return text;
}

std::string verdict(const Try& attempt, const Explanation& explanation, bool last,
                    const AttemptFacts* facts) {
    if (!last) return "stopped at " + (facts ? facts->stage.value_or("?") : std::string("?"));
    const std::string outcome = attempt.facts.outcome.value_or("unclear");
    return outcome == "connected" ? outcome : outcome + ": " + explanation.cause.id;
}

}  // namespace

std::string summary_lines(std::uint64_t first, const Try& attempt, const Explanation& explanation,
                          const TextStyle& style) {
    Page page(style);
    for (std::size_t i = 0; i < attempt.links.size(); ++i) {
        const Link& link = attempt.links[i];
        const AttemptFacts* const facts =
            i < attempt.facts.attempts.size() ? &attempt.facts.attempts[i] : nullptr;
        std::vector<Word> words = {{std::to_string(first + i)},
                                   {record::iso_time(seconds(link.began)).substr(11, 8)},
                                   {link.client.address_text() + " →"},
                                   {link.server.text()}};
        if (const std::string what = facts ? agreed(*facts) : ""; !what.empty())
            words.push_back({what});
        words.push_back({verdict(attempt, explanation, i + 1 == attempt.links.size(), facts)});
        page.paragraph({0, 4, ""}, words, 2);
    }
    return page.text();
}

std::string summary_json(std::uint64_t first, const Try& attempt, const Explanation& explanation,
                         bool shown) {
    Json tcp = Json::array();
    for (std::size_t i = 0; i < attempt.links.size(); ++i) {
        const Link& link = attempt.links[i];
        tcp.push_back({{"number", first + i},
                       {"client", link.client.text()},
                       {"server", link.server.text()},
                       {"began", record::iso_time(seconds(link.began))},
                       {"duration_ms", duration_ms(link)}});
    }
    Json json = {{"outcome", attempt.facts.outcome.value_or("unclear")},
                 {"id", explanation.cause.id},
                 {"tcp", std::move(tcp)}};
    if (shown) json["report"] = Json::parse(render_json(explanation, attempt.facts));
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace preflight::cli
