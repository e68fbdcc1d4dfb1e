// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/judged.hpp"

#include "wire/text.hpp"

namespace preflight::record {
namespace {

/// A stored certificate or fingerprint, as FreeRDP hands it over: FreeRDP 3 gives a whole PEM.
std::string stored_fingerprint(const std::string& given) {
    if (given.find("-----BEGIN") == given.npos) return wire::printable(given);
    return pem_fingerprint(given);
}

}  // namespace

CertificateFacts JudgedChains::of(const std::vector<Der>& chain,
                                  const CertificateQuestion& question) {
    for (const auto& entry : entries_)
        if (entry.chain == chain && entry.name == question.name) return entry.facts;
    CertificateFacts facts = judge_certificate(chain, question);
    if (entries_.size() < limit) entries_.push_back({chain, question.name, facts});
    return facts;
}

void merge_fate(const CertificateFacts& fate, CertificateFacts& contents) {
    if (fate.seen) contents.seen = fate.seen;
    contents.known = fate.known;
    contents.asked = fate.asked;
    contents.answer = fate.answer;
    contents.decision = fate.decision;
    if (fate.stored_sha256) {
        const std::string stored = stored_fingerprint(*fate.stored_sha256);
        if (!stored.empty()) contents.stored_sha256 = stored;
    }
}

}  // namespace preflight::record
