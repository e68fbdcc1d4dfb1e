// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <algorithm>
#include <utility>

#include "report/heading.hpp"
#include "report/page.hpp"
#include "report/report.hpp"
#include "report/verbose.hpp"

namespace preflight {
namespace {

constexpr int margin = 2;
constexpr int label_end = 8;

std::string joined(const Texts& texts, const char* between = ", ") {
    std::string line;
    for (const auto& text : texts) {
        if (text.empty()) continue;
        if (!line.empty()) line += between;
        line += text;
    }
    return line;
}

std::string with_number(std::int64_t number, const char* one, const char* many) {
    return std::to_string(number) + " " + (number == 1 ? one : many);
}

bool has(const Texts& texts, const char* text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

std::string protocol_of(const Facts& facts) {
    const std::string selected = facts.negotiation.selected.value_or("");
    if (selected == "HYBRID" || selected == "HYBRID_EX")
        return facts.check.nla == "required" ? "NLA (required)" : "NLA";
    return selected == "SSL" ? "TLS without NLA" : "RDP security";
}

/// "NLA, TLS 1.3".
std::string security_of(const Facts& facts) {
    return joined({protocol_of(facts), facts.tls.server.version.value_or("")});
}

std::string day_of(const Maybe<std::string>& time) { return time.value_or("").substr(0, 10); }

std::string validity_of(const CertificateFacts& certificate) {
    if (!certificate.days_left) return {};
    const std::int64_t left = *certificate.days_left;
    const std::string day = day_of(certificate.not_after);
    if (left < 0) return "ended " + day;
    return "ends " + day + " (" + with_number(left, "day", "days") + ")";
}

std::string host_line(const NtlmFacts& ntlm) {
    const bool member = ntlm.domain_member.value_or(false);
    std::string domain = member ? "domain " + ntlm.domain.value_or("") : "";
    if (member && ntlm.dns_domain) domain += " (" + *ntlm.dns_domain + ")";
    std::string clock;
    if (ntlm.clock_skew_s)
        clock = std::string("clock ") + (*ntlm.clock_skew_s < 0 ? "" : "+") +
                std::to_string(*ntlm.clock_skew_s) + " s";
    return joined({ntlm.computer.value_or(""), domain,
                   ntlm.os_version ? "version " + *ntlm.os_version : "", clock});
}

std::string key_of(const CertificateFacts& certificate) {
    if (!certificate.key_type) return {};
    return *certificate.key_type +
           (certificate.key_bits ? " " + std::to_string(*certificate.key_bits) : "");
}

std::string certificate_line(const CertificateFacts& certificate) {
    const std::string issuer = certificate.self_signed.value_or(false)
                                   ? "self-signed"
                                   : "by " + certificate.issuer_cn.value_or("an unnamed issuer");
    return joined({certificate.subject_cn.value_or("no name"), issuer, validity_of(certificate),
                   key_of(certificate)});
}

/// Why the client asks, in words for the defects.
std::string reasons_to_ask(const CertificateFacts& certificate) {
    constexpr std::pair<const char*, const char*> words[] = {
        {"untrusted", "nothing vouches for it"},
        {"expired", "it has expired"},
        {"not-yet-valid", "it is not valid yet"},
        {"name-mismatch", "it is made out to another name"},
    };
    Texts reasons;
    if (certificate.known == "changed")
        reasons.emplace_back("it is not the one stored for this host");
    for (const auto& [defect, text] : words)
        if (has(certificate.defects, defect)) reasons.emplace_back(text);
    if (reasons.empty())
        reasons.emplace_back(certificate.verify.text.value_or("it is not trusted"));
    return joined(reasons);
}

/// What should be looked after, in words.
Texts concerns(const Facts& facts) {
    constexpr std::pair<const char*, const char*> words[] = {
        {"changed", "the certificate is not the one stored for this host"},
        {"expired", "the certificate has expired"},
        {"not-yet-valid", "the certificate is not valid yet"},
        {"name-mismatch", "the certificate is made out to another name"},
        {"weak-key", "the certificate's key is weak"},
        {"weak-signature", "the certificate's signature is weak"},
        {"wrong-usage", "the certificate is not made for servers"},
        {"rdp-security", "RDP security only: no TLS, and nothing proves which host it is"},
        {"old-tls", "the host speaks no TLS newer than this one, which is out of date"},
        {"clock-differs", "the clocks of the host and of this computer differ too much"},
    };
    const Texts& warnings = facts.check.warnings;
    Texts lines;
    if (has(warnings, "ends-soon"))
        lines.push_back("the certificate " + validity_of(facts.certificate));
    for (const auto& [warning, text] : words)
        if (has(warnings, warning)) lines.emplace_back(text);
    return lines;
}

/// "TLS 1.2, TLS 1.3; not TLS 1.0 (protocol_version)".
std::string taken(const std::vector<AskedFacts>& asked) {
    Texts yes;
    Texts no;
    for (const auto& each : asked) {
        const std::string name = each.name.value_or("");
        if (each.accepted.value_or(false))
            yes.push_back(name);
        else
            no.push_back(name + (each.answer ? " (" + *each.answer + ")" : ""));
    }
    return joined({joined(yes), no.empty() ? "" : "not " + joined(no)}, "; ");
}

/// The addresses, where there is more than one and they were dialled.
std::string addresses(const DnsFacts& dns) {
    if (dns.addresses.size() < 2) return {};
    Texts parts;
    for (const auto& each : dns.addresses) {
        std::string part = each.address.value_or("");
        if (each.connected) part += *each.connected ? " answers" : " does not answer";
        parts.push_back(part);
    }
    return joined(parts);
}

std::string cost(const Facts& facts) {
    const CheckFacts& check = facts.check;
    std::string line = std::to_string(facts.duration_ms.value_or(0)) + " ms, " +
                       with_number(check.connections.value_or(0), "connection", "connections") +
                       ", no sign-in";
    if (!check.missing.empty()) line += "; not known: " + joined(check.missing);
    if (check.nla == "offered" && check.mode == "quick")
        line += "; --full tells whether NLA is required";
    return line;
}

class Body {
  public:
    explicit Body(Page& page) : page_(page) {}

    void line(const char* label, const std::string& text) {
        if (!text.empty()) page_.paragraph({label_end, label_end, label}, text);
    }

  private:
    Page& page_;
};

void put_body(Page& page, const Explanation& explanation, const Facts& facts) {
    Body body(page);
    body.line("Host", host_line(facts.authentication.ntlm));
    body.line("TLS",
              joined({facts.tls.server.version.value_or(""), facts.tls.server.cipher.value_or(""),
                      facts.tls.server.group.value_or("")}));
    if (facts.certificate.seen.value_or(false)) {
        body.line("Cert", certificate_line(facts.certificate));
        body.line("", "SHA-256 " + facts.certificate.sha256.value_or("unknown"));
    }
    body.line("Takes", taken(facts.check.protocols));
    body.line(facts.check.protocols.empty() ? "Takes" : "", taken(facts.check.tls_versions));
    body.line("Addr", addresses(facts.dns));
    if (facts.check.asks.value_or(false))
        body.line("Asks",
                  facts.client.program.value_or("the client") +
                      " will ask about the certificate: " + reasons_to_ask(facts.certificate));
    const char* label = "Note";
    for (const auto& concern : concerns(facts)) body.line(std::exchange(label, ""), concern);
    (void)explanation;
    body.line("Cost", cost(facts));
}

}  // namespace

std::string render_check(const Explanation& explanation, const Facts& facts,
                         const TextStyle& wanted) {
    TextStyle style = wanted;
    style.width = std::max(style.width, 40);
    Page page(style);
    page.paragraph({0, margin, ""}, headline(facts, style.width));
    page.blank();
    page.paragraph({margin, margin, ""}, progress(facts, style.unicode), 2);
    page.blank();
    put_body(page, explanation, facts);
    if (style.detail == Detail::verbose) put_details(page, explanation, facts);
    return page.text();
}

std::string check_line(const Explanation& explanation, const Facts& facts) {
    if (facts.outcome != "would-connect")
        return explanation.cause.id + ": " + explanation.cause.title;
    const std::string asks = facts.check.asks.value_or(false) ? "asks about the certificate" : "";
    std::string line = joined({security_of(facts), validity_of(facts.certificate), asks});
    Texts notes;
    for (const auto& concern : concerns(facts)) notes.push_back(concern);
    return joined({line, joined(notes, "; ")}, "; ");
}

}  // namespace preflight
