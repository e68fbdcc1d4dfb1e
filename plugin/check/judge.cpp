// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "check/judge.hpp"

#include <algorithm>
#include <cstdlib>

#include "check/known_host.hpp"

namespace preflight {
namespace {

bool has(const Texts& texts, std::string_view text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

/// FreeRDP asks where the chain does not verify or the name does not fit, unless it has stored this
/// very certificate.
bool would_ask(const CertificateFacts& certificate) {
    if (!certificate.seen.value_or(false) || certificate.known == "same") return false;
    return certificate.verify.code.value_or(0) != 0 || !certificate.name_matches.value_or(true);
}

/// The facts as they will be if the user says no: what the add-on would explain then.
Facts if_refused(Facts facts) {
    facts.outcome = "failed";
    facts.stage = "certificate";
    facts.certificate.asked = true;
    facts.certificate.decision = "rejected";
    facts.check = {};
    return facts;
}

void add_question(const Catalogue& catalogue, CheckResult& result) {
    CheckFacts& check = result.facts.check;
    check.asks = would_ask(result.facts.certificate);
    if (!*check.asks) return;
    const Explanation refused = catalogue.explain(if_refused(result.facts));
    result.explanation.question = refused.cause;
    check.question.push_back(refused.cause.id);
    for (const auto& also : refused.also)
        if (catalogue.role_of(also.id) == "cause") check.question.push_back(also.id);
}

void certificate_warnings(const CertificateFacts& certificate, std::int64_t warn_days,
                          Texts& warnings) {
    const Texts& defects = certificate.defects;
    const std::int64_t left = certificate.days_left.value_or(warn_days + 1);
    if (left >= 0 && left <= warn_days && !has(defects, "expired"))
        warnings.emplace_back("ends-soon");
    if (certificate.known == "changed") warnings.emplace_back("changed");
    for (const char* defect :
         {"expired", "not-yet-valid", "weak-key", "weak-signature", "wrong-usage"})
        if (has(defects, defect)) warnings.emplace_back(defect);
    // Who makes a certificate for himself can put any name into it: that is the same question.
    if (has(defects, "name-mismatch") && !has(defects, "untrusted"))
        warnings.emplace_back("name-mismatch");
}

Texts warnings_of(const Facts& facts, std::int64_t warn_days) {
    constexpr std::int64_t kerberos_tolerance_s = 300;
    Texts warnings;
    certificate_warnings(facts.certificate, warn_days, warnings);
    if (!facts.tls.established.value_or(false)) warnings.emplace_back("rdp-security");
    const std::string version = facts.tls.server.version.value_or("");
    if (version == "TLS 1.0" || version == "TLS 1.1") warnings.emplace_back("old-tls");
    const std::int64_t skew = facts.authentication.ntlm.clock_skew_s.value_or(0);
    if (std::abs(skew) > kerberos_tolerance_s) warnings.emplace_back("clock-differs");
    return warnings;
}

/// Of what the catalogue says of a success, only what it notices counts.
std::vector<Diagnosis> notices_of(const Catalogue& catalogue, const Facts& facts) {
    Explanation all = catalogue.explain(facts);
    std::vector<Diagnosis> notices;
    const auto take = [&](Diagnosis& each) {
        if (catalogue.role_of(each.id) == "notice") notices.push_back(std::move(each));
    };
    take(all.cause);
    for (auto& each : all.also) take(each);
    return notices;
}

}  // namespace

void judge(std::int64_t warn_days, const Catalogue& catalogue, CheckResult& result) {
    Facts& facts = result.facts;
    compare_with_stored(facts, facts.certificate);
    if (!would_connect(facts)) {
        result.explanation = catalogue.explain(facts);
        return;
    }
    facts.check.warnings = warnings_of(facts, warn_days);
    add_question(catalogue, result);
    result.explanation.also = notices_of(catalogue, facts);
}

}  // namespace preflight
