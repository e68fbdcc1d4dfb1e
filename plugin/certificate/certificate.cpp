// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "certificate/certificate.hpp"

#include <openssl/pem.h>

#include <algorithm>

#include "certificate/contents.hpp"
#include "certificate/names.hpp"
#include "certificate/verify.hpp"
#include "wire/text.hpp"

namespace preflight {
namespace {

using certificate::BioPtr;
using certificate::QuietErrors;
using certificate::VerifyError;
using certificate::X509Ptr;

X509Ptr parse(std::span<const std::uint8_t> der) {
    const unsigned char* position = der.data();
    return X509Ptr(d2i_X509(nullptr, &position, static_cast<long>(der.size())));
}

/// What became of a chain: the certificates up to the first that is malformed.
std::vector<X509Ptr> parse_all(std::span<const Der> chain, bool& malformed) {
    std::vector<X509Ptr> certificates;
    for (const auto& der : chain) {
        X509Ptr parsed = parse(der);
        malformed = !parsed;
        if (malformed) break;
        certificates.push_back(std::move(parsed));
    }
    return certificates;
}

/// The defect that a verification error stands for.
std::string_view defect_of(int code) {
    switch (code) {
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return "not-yet-valid";
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return "expired";
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
            return "self-signed";
        case X509_V_ERR_INVALID_PURPOSE:
            return "wrong-usage";
        case X509_V_ERR_EE_KEY_TOO_SMALL:
        case X509_V_ERR_CA_KEY_TOO_SMALL:
            return "weak-key";
        case X509_V_ERR_CA_MD_TOO_WEAK:
            return "weak-signature";
        default:
            return "untrusted";
    }
}

void add(Texts& defects, std::string_view defect) {
    if (std::find(defects.begin(), defects.end(), defect) == defects.end())
        defects.emplace_back(defect);
}

/// Below 112 bits of security, NIST SP 800-57 part 1, table 2: what security level 2 of OpenSSL
/// refuses.
bool is_weak_key(const CertificateFacts& facts) {
    if (!facts.key_type || !facts.key_bits) return false;
    const bool factoring =
        *facts.key_type == "RSA" || *facts.key_type == "RSA-PSS" || *facts.key_type == "DSA";
    return factoring ? *facts.key_bits < 2048 : *facts.key_type == "EC" && *facts.key_bits < 224;
}

bool is_weak_signature(X509* leaf) {
    int digest = NID_undef;
    int key = NID_undef;
    if (OBJ_find_sigid_algs(X509_get_signature_nid(leaf), &digest, &key) != 1) return false;
    return digest == NID_md2 || digest == NID_md4 || digest == NID_md5 || digest == NID_sha1 ||
           digest == NID_md5_sha1;
}

/// FreeRDP takes a certificate for any purpose if need be, but a server's should be one.
bool is_wrong_usage(X509* leaf) {
    return X509_check_purpose(leaf, X509_PURPOSE_SSL_SERVER, 0) != 1;
}

void fill_verify(VerifyFacts& facts, std::span<const VerifyError> errors) {
    const VerifyError first = errors.empty() ? VerifyError{X509_V_OK, 0} : errors.front();
    facts.code = first.code;
    facts.text = X509_verify_cert_error_string(first.code);
    if (errors.empty()) {
        facts.name = "X509_V_OK";
        return;
    }
    facts.depth = first.depth;
    const std::string_view name = certificate::verify_error_name(first.code);
    if (!name.empty()) facts.name = std::string(name);
}

void judge(std::span<const X509Ptr> chain, const CertificateQuestion& question,
           CertificateFacts& facts) {
    X509* const leaf = chain.front().get();
    const auto errors = certificate::verify(chain, question.now, question.directory);
    fill_verify(facts.verify, errors);
    for (const auto& error : errors) {
        if (error.code == X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT) add(facts.defects, "untrusted");
        add(facts.defects, defect_of(error.code));
    }
    if (!question.name.empty()) {
        facts.checked_name = wire::printable(question.name);
        facts.name_matches = certificate::matches_name(leaf, question.name);
        if (!*facts.name_matches) add(facts.defects, "name-mismatch");
    }
    if (is_weak_key(facts)) add(facts.defects, "weak-key");
    if (is_weak_signature(leaf)) add(facts.defects, "weak-signature");
    if (is_wrong_usage(leaf)) add(facts.defects, "wrong-usage");
}

}  // namespace

CertificateFacts judge_certificate(std::span<const Der> chain,
                                   const CertificateQuestion& question) {
    const QuietErrors quiet;
    CertificateFacts facts;
    if (chain.empty()) return facts;
    facts.seen = true;
    facts.chain_length = static_cast<std::int64_t>(chain.size());
    bool malformed = false;
    const std::vector<X509Ptr> certificates = parse_all(chain, malformed);
    for (const auto& certificate : certificates)
        facts.chain.push_back(certificate::chain_entry(certificate.get()));
    if (!certificates.empty()) {
        certificate::read_contents(certificates.front().get(), question.now, facts);
        judge(certificates, question, facts);
    }
    if (malformed) add(facts.defects, "malformed");
    return facts;
}

std::string certificate_fingerprint(std::span<const std::uint8_t> der) {
    const QuietErrors quiet;
    const X509Ptr certificate = parse(der);
    return certificate ? certificate::fingerprint(certificate.get()) : std::string();
}

std::string pem_fingerprint(const std::string& pem) {
    const QuietErrors quiet;
    const BioPtr memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    if (!memory) return {};
    // Without this OpenSSL would ask for the password of an encrypted one on the terminal.
    const auto no_password = [](char*, int, int, void*) { return -1; };
    const X509Ptr certificate(PEM_read_bio_X509(memory.get(), nullptr, no_password, nullptr));
    return certificate ? certificate::fingerprint(certificate.get()) : std::string();
}

}  // namespace preflight
