// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "openssl_tool.hpp"

#include <stdlib.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace preflight::test {
namespace {

/// All that a command prints, on either stream.
std::string output_of(const std::string& command) {
    std::FILE* const pipe = popen((command + " 2>&1").c_str(), "r");
    if (!pipe) throw std::runtime_error("cannot run " + command);
    std::string all;
    char buffer[4096];
    for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;)
        all.append(buffer, n);
    pclose(pipe);
    return all;
}

/// What stands behind `label` until the end of its line.
std::string behind(const std::string& text, const std::string& label) {
    const auto at = text.find(label);
    if (at == text.npos) return {};
    const auto begin = at + label.size();
    return text.substr(begin, text.find('\n', begin) - begin);
}

/// With a year of four digits: openssl fills up with blanks.
std::string date(std::string text) {
    for (std::size_t i = 0; i < text.size() && text[i] == ' '; ++i) text[i] = '0';
    return text;
}

void write(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

}  // namespace

OpensslTool::OpensslTool() {
    std::string name = "/tmp/preflight-openssl-XXXXXX";
    if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    folder_ = name;
}

OpensslTool::~OpensslTool() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

ToolDescription OpensslTool::describe(const Der& certificate) const {
    write(folder_ + "/one.der", {certificate.begin(), certificate.end()});
    const std::string said = output_of(
        "openssl x509 -inform DER -in " + folder_ +
        "/one.der -noout -startdate -enddate -dateopt iso_8601 -fingerprint -sha256 -text "
        "-certopt no_subject,no_issuer,no_extensions,no_sigdump,no_validity,ext_default");
    ToolDescription result;
    result.sha256 = behind(said, "Fingerprint=");
    std::transform(result.sha256.begin(), result.sha256.end(), result.sha256.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    result.readable = !result.sha256.empty();
    result.not_before = date(behind(said, "notBefore="));
    result.not_after = date(behind(said, "notAfter="));
    result.algorithm = behind(said, "Signature Algorithm: ");
    const std::string bits = behind(said, "Public-Key: (");
    if (!bits.empty()) result.bits = std::stoi(bits);
    return result;
}

ToolVerdict OpensslTool::verify(const std::vector<Der>& chain, const std::string& purpose,
                                std::time_t now) const {
    std::string others;
    for (std::size_t i = 1; i < chain.size(); ++i) others += to_pem(chain[i]);
    write(folder_ + "/leaf.pem", to_pem(chain.front()));
    write(folder_ + "/others.pem", others);
    const std::string said =
        output_of("openssl verify -attime " + std::to_string(now) + " -purpose " + purpose +
                  (others.empty() ? "" : " -untrusted " + folder_ + "/others.pem") + " " + folder_ +
                  "/leaf.pem");
    ToolVerdict result;
    std::sscanf(behind(said, "error ").c_str(), "%d at %d", &result.code, &result.depth);
    result.expired = said.find("error 10 at") != said.npos;
    return result;
}

}  // namespace preflight::test
