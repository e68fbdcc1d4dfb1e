// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli/stand_ins.hpp"

#include <algorithm>
#include <variant>

#include "diagnose/template.hpp"

namespace preflight::cli {
namespace {

struct StandIn {
    std::string_view fact;
    std::string_view words;
};

/// Facts whose own words read badly where nothing at all is known: these go first in texts.
constexpr StandIn in_texts[] = {
    {"proxy.host", "PROXY"},
    {"proxy.port", "PORT"},
    {"proxy.status", "STATUS"},
    {"proxy.reason", "REASON"},
    {"tls.alert.name", "NAME"},
    {"tls.alert.code", "NUMBER"},
    {"tcp.port", "PORT"},
    {"target.port", "PORT"},
    {"tcp.family", "one address family"},
    {"tcp.other_family", "the other"},
    {"negotiation.selected", "PROTOCOL"},
    {"certificate.not_after", "DATE"},
    {"certificate.not_before", "DATE"},
    {"certificate.days_left", "N"},
    {"certificate.key_type", "TYPE"},
    {"certificate.key_bits", "N"},
    {"certificate.signature_algorithm", "SIGNATURE"},
    {"client.time", "TIME"},
    {"wait.seconds", "N"},
    {"authentication.client_version", "N"},
    {"authentication.ntlm.clock_skew_s", "N"},
};

/// What is put into commands.
constexpr StandIn in_commands[] = {
    {"target.endpoint", "HOST"},
    {"target.host", "HOST"},
    {"target.port", "3389"},
    {"tcp.address", "ADDRESS"},
    {"tcp.port", "3389"},
    {"tcp.other_address", "ADDRESS"},
    {"certificate.sha256", "FINGERPRINT"},
    {"certificate.subject_cn", "NAME"},
    {"certificate.known_file", "FILE"},
    {"certificate.checked_name", "NAME"},
    {"gateway.host", "GATEWAY"},
    {"gateway.port", "443"},
};

template <std::size_t N>
std::string_view find(const StandIn (&all)[N], std::string_view fact) {
    for (const auto& each : all)
        if (each.fact == fact) return each.words;
    return {};
}

/// "certificate.issuer_cn" → "ISSUER_CN".
std::string last_part(std::string_view fact) {
    std::string name(fact.substr(fact.rfind('.') + 1));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return name;
}

template <std::size_t N>
std::string_view first_stand_in(const StandIn (&all)[N], const Placeholder& placeholder) {
    for (const auto& choice : placeholder.choices)
        if (choice.table.empty())
            if (const auto words = find(all, choice.fact); !words.empty()) return words;
    return {};
}

/// Some words speak of a code that no table has. Here no code is meant at all.
std::string without_doubt(std::string_view words) {
    constexpr std::string_view doubt = " that preflight does not know";
    std::string text(words);
    if (const auto at = text.find(doubt); at != text.npos) text.erase(at, doubt.size());
    return text == "preflight does not know this alert." ? "What it means depends on the alert."
                                                         : text;
}

/// For texts: what reads best as part of a sentence.
std::string in_a_sentence(const Placeholder& placeholder) {
    if (const auto words = first_stand_in(in_texts, placeholder); !words.empty())
        return std::string(words);
    if (placeholder.has_words) return without_doubt(placeholder.words);
    if (const auto words = first_stand_in(in_commands, placeholder); !words.empty())
        return std::string(words);
    return last_part(placeholder.choices.front().fact);
}

/// For commands: the words of a brace are capitals (HOST.DOMAIN) or a path there, and fit best.
std::string in_a_command(const Placeholder& placeholder, std::string_view program) {
    if (placeholder.choices.front().fact == "client.program") return std::string(program);
    if (placeholder.has_words) return std::string(placeholder.words);
    if (const auto words = first_stand_in(in_commands, placeholder); !words.empty())
        return std::string(words);
    return last_part(placeholder.choices.front().fact);
}

template <class Fill>
std::string fill_in(std::string_view text, Fill fill) {
    std::string filled;
    for (const auto& piece : parse_template(text)) {
        if (const auto* literal = std::get_if<std::string_view>(&piece))
            filled += *literal;
        else
            filled += fill(std::get<Placeholder>(piece));
    }
    return filled;
}

}  // namespace

std::string without_values(std::string_view text) { return fill_in(text, in_a_sentence); }

std::string for_command(std::string_view text, std::string_view program) {
    return fill_in(
        text, [&](const Placeholder& placeholder) { return in_a_command(placeholder, program); });
}

}  // namespace preflight::cli
