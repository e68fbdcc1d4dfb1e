// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "check/known_host.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "certificate/certificate.hpp"

namespace preflight {
namespace {

constexpr std::size_t most_bytes = 64 * 1024;

/// The beginning of a file; empty where there is none.
std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text(most_bytes, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return text;
}

/// The fingerprint in a line "HOST PORT FINGERPRINT SUBJECT ISSUER" of known_hosts2.
std::string listed_fingerprint(const std::string& list, const TargetFacts& target) {
    std::istringstream lines(list);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string host;
        std::int64_t port = 0;
        std::string fingerprint;
        if (words >> host >> port >> fingerprint && upper(host) == upper(*target.host) &&
            port == target.port.value_or(0))
            return fingerprint;
    }
    return {};
}

bool is_known_hosts(const std::string& path) {
    constexpr std::string_view name = "/known_hosts2";
    return path.size() >= name.size() &&
           path.compare(path.size() - name.size(), name.size(), name) == 0;
}

}  // namespace

void compare_with_stored(const Facts& facts, CertificateFacts& certificate) {
    if (!certificate.known_file || !certificate.sha256 || !facts.target.host) return;
    const std::string text = read_file(*certificate.known_file);
    const std::string stored = is_known_hosts(*certificate.known_file)
                                   ? listed_fingerprint(text, facts.target)
                                   : pem_fingerprint(text);
    certificate.known = "new";
    if (stored.empty()) return;
    const bool same = upper(stored) == upper(*certificate.sha256);
    certificate.known = same ? "same" : "changed";
    if (!same) certificate.stored_sha256 = upper(stored);
}

}  // namespace preflight
