// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <utility>
#include <vector>

#include "certificate/certificate.hpp"

namespace preflight::record {

/// Judges each chain once: loading this computer's authorities costs milliseconds, and the attempts
/// of one connection mostly show the same chain.
class JudgedChains {
  public:
    CertificateFacts of(const std::vector<Der>& chain, const CertificateQuestion& question);

  private:
    struct Entry {
        std::vector<Der> chain;
        std::string name;
        CertificateFacts facts;
    };
    static constexpr std::size_t limit = 4;
    std::vector<Entry> entries_;
};

/// Adds to the contents of a certificate what the attempt tells of its fate.
void merge_fate(const CertificateFacts& fate, CertificateFacts& contents);

}  // namespace preflight::record
