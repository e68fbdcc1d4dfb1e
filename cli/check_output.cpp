// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli/check_output.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "report/page.hpp"

namespace preflight::cli {
namespace {

using Row = std::vector<std::pair<const char*, std::string>>;

std::string joined(const Texts& texts) {
    std::string line;
    for (const auto& text : texts) line += (line.empty() ? "" : " ") + text;
    return line;
}

std::string text_of(const Maybe<std::string>& fact) { return fact.value_or(""); }
std::string text_of(const Maybe<std::int64_t>& fact) { return fact ? std::to_string(*fact) : ""; }
std::string text_of(const Maybe<bool>& fact) { return fact ? (*fact ? "yes" : "no") : ""; }

Row certificate_columns(const CertificateFacts& certificate) {
    return {{"certificate_name", text_of(certificate.subject_cn)},
            {"certificate_issuer", text_of(certificate.issuer_cn)},
            {"certificate_ends", text_of(certificate.not_after)},
            {"certificate_days_left", text_of(certificate.days_left)},
            {"certificate_sha256", text_of(certificate.sha256)},
            {"certificate_defects", joined(certificate.defects)}};
}

Row host_columns(const NtlmFacts& ntlm) {
    return {{"computer", text_of(ntlm.computer)},
            {"domain", text_of(ntlm.domain)},
            {"dns_name", text_of(ntlm.dns_computer)},
            {"os_version", text_of(ntlm.os_version)},
            {"clock_skew_s", text_of(ntlm.clock_skew_s)}};
}

Row columns(const CheckResult& result) {
    const Facts& facts = result.facts;
    Row row = {{"host", text_of(facts.target.host)},
               {"port", text_of(facts.target.port)},
               {"address", text_of(facts.tcp.address)},
               {"verdict", text_of(facts.check.verdict)},
               {"stage", would_connect(facts) ? "" : text_of(facts.stage)},
               {"id", result.explanation.cause.id},
               {"title", result.explanation.cause.title},
               {"warnings", joined(facts.check.warnings)},
               {"asks", text_of(facts.check.asks)},
               {"protocol", text_of(facts.negotiation.selected)},
               {"nla", text_of(facts.check.nla)},
               {"tls_version", text_of(facts.tls.server.version)},
               {"cipher", text_of(facts.tls.server.cipher)},
               {"group", text_of(facts.tls.server.group)}};
    for (auto& more :
         {certificate_columns(facts.certificate), host_columns(facts.authentication.ntlm)})
        row.insert(row.end(), more.begin(), more.end());
    row.emplace_back("duration_ms", text_of(facts.duration_ms));
    return row;
}

bool is_number(const std::string& text) {
    const std::size_t sign = !text.empty() && text.front() == '-' ? 1 : 0;
    return text.size() > sign &&
           std::all_of(text.begin() + static_cast<std::ptrdiff_t>(sign), text.end(),
                       [](char c) { return c >= '0' && c <= '9'; });
}

std::string field(std::string text) {
    constexpr std::string_view formula = "=+-@";
    if (!text.empty() && formula.find(text.front()) != formula.npos && !is_number(text))
        text.insert(0, "'");
    if (text.find_first_of(",\"\r\n") == text.npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

struct Mark {
    const char* sign;
    const char* word;
    Paint paint;
};

Mark mark_of(ExitCode code) {
    switch (code) {
        case ExitCode::success:
            return {"✓", "ok     ", Paint::good};
        case ExitCode::warnings:
            return {"!", "warning", Paint::bold};
        case ExitCode::undecided:
            return {"?", "unknown", Paint::bold};
        default:
            return {"✗", "FAILED ", Paint::bad};
    }
}

}  // namespace

ExitCode exit_code_of(const CheckResult& result) {
    if (result.facts.check.verdict == "unknown") return ExitCode::undecided;
    if (!would_connect(result.facts)) return ExitCode::would_not_connect;
    return result.facts.check.warnings.empty() ? ExitCode::success : ExitCode::warnings;
}

ExitCode worse(ExitCode one, ExitCode other) {
    for (const ExitCode code :
         {ExitCode::would_not_connect, ExitCode::undecided, ExitCode::warnings})
        if (one == code || other == code) return code;
    return ExitCode::success;
}

std::string check_text(const CheckResult& result, const TextStyle& style) {
    return would_connect(result.facts) ? render_check(result.explanation, result.facts, style)
                                       : render_text(result.explanation, result.facts, style);
}

std::string check_short(const CheckResult& result, const TextStyle& style) {
    const Mark mark = mark_of(exit_code_of(result));
    const TargetFacts& target = result.facts.target;
    Page page(style);
    std::vector<Word> words = {{style.unicode ? mark.sign : mark.word, mark.paint},
                               {target.endpoint.value_or("") + ":", Paint::bold}};
    for (auto& word : words_of(check_line(result.explanation, result.facts)))
        words.push_back(std::move(word));
    page.paragraph({0, 4, ""}, words);
    return page.text();
}

std::string check_csv_header() {
    std::string line;
    for (const auto& [name, value] : columns({}))
        line += (line.empty() ? "" : ",") + std::string(name);
    return line + "\r\n";
}

std::string check_csv(const CheckResult& result) {
    std::string line;
    bool first = true;
    for (auto& [name, value] : columns(result)) {
        line += (std::exchange(first, false) ? "" : ",") + field(std::move(value));
    }
    return line + "\r\n";
}

}  // namespace preflight::cli
