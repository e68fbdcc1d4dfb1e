// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "certificate/contents.hpp"

#include <openssl/evp.h>
#include <openssl/objects.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <span>
#include <string_view>
#include <utility>

#include "certificate/names.hpp"

namespace preflight::certificate {
namespace {

constexpr std::int64_t seconds_per_day = 24 * 60 * 60;

/// Days from 1970-01-01 (proleptic Gregorian calendar, years from March); C has no portable timegm.
std::int64_t days_from_civil(std::int64_t year, std::int64_t month, std::int64_t day) {
    year -= month <= 2 ? 1 : 0;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

std::optional<std::tm> civil(const ASN1_TIME* time) {
    std::tm parts{};
    if (!time || ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
    return parts;
}

std::string iso8601(const std::tm& t) {
    std::array<char, 96> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02dZ", t.tm_year + 1900,
                  t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec);
    return text.data();
}

std::int64_t seconds(const std::tm& t) {
    return days_from_civil(t.tm_year + 1900, t.tm_mon + 1, t.tm_mday) * seconds_per_day +
           t.tm_hour * 3600 + t.tm_min * 60 + t.tm_sec;
}

/// Whole days, rounded down: a certificate that ended an hour ago has -1 day left.
std::int64_t days_between(std::int64_t from, std::int64_t to) {
    const std::int64_t span = to - from;
    return span >= 0 ? span / seconds_per_day : -((-span + seconds_per_day - 1) / seconds_per_day);
}

void read_validity(X509* certificate, std::time_t now, CertificateFacts& facts) {
    const std::int64_t today = now;
    if (const auto begin = civil(X509_get0_notBefore(certificate))) {
        facts.not_before = iso8601(*begin);
        facts.days_since_issue = days_between(seconds(*begin), today);
        // Rounded up: less than a day to go is one day.
        if (seconds(*begin) > today) facts.days_until_valid = -days_between(seconds(*begin), today);
    }
    if (const auto end = civil(X509_get0_notAfter(certificate))) {
        facts.not_after = iso8601(*end);
        facts.days_left = days_between(today, seconds(*end));
    }
}

std::string key_type_name(EVP_PKEY* key) {
    switch (EVP_PKEY_base_id(key)) {
        case EVP_PKEY_RSA:
            return "RSA";
        case EVP_PKEY_RSA_PSS:
            return "RSA-PSS";
        case EVP_PKEY_DSA:
            return "DSA";
        case EVP_PKEY_EC:
            return "EC";
        case EVP_PKEY_ED25519:
            return "Ed25519";
        case EVP_PKEY_ED448:
            return "Ed448";
        default:
            break;
    }
#if OPENSSL_VERSION_NUMBER >= 0x30000000L
    if (const char* const name = EVP_PKEY_get0_type_name(key)) return name;
#endif
    return "unknown";
}

void read_key(X509* certificate, CertificateFacts& facts) {
    EVP_PKEY* const key = X509_get0_pubkey(certificate);
    if (!key) return;
    facts.key_type = key_type_name(key);
    if (const int bits = EVP_PKEY_bits(key); bits > 0) facts.key_bits = bits;
}

std::string signature_algorithm(const X509* certificate) {
    const int id = X509_get_signature_nid(certificate);
    const char* const name = id == NID_undef ? nullptr : OBJ_nid2ln(id);
    return name ? name : "unknown";
}

Texts named_bits(std::uint32_t bits, std::span<const std::pair<std::uint32_t, const char*>> names) {
    Texts texts;
    // Without the extension every bit is set: nothing is restricted.
    if (bits == UINT32_MAX) return texts;
    for (const auto& [bit, name] : names)
        if (bits & bit) texts.emplace_back(name);
    return texts;
}

void read_usages(X509* certificate, CertificateFacts& facts) {
    // RFC 5280 4.2.1.3
    constexpr std::array<std::pair<std::uint32_t, const char*>, 9> usages = {
        {{KU_DIGITAL_SIGNATURE, "digitalSignature"},
         {KU_NON_REPUDIATION, "nonRepudiation"},
         {KU_KEY_ENCIPHERMENT, "keyEncipherment"},
         {KU_DATA_ENCIPHERMENT, "dataEncipherment"},
         {KU_KEY_AGREEMENT, "keyAgreement"},
         {KU_KEY_CERT_SIGN, "keyCertSign"},
         {KU_CRL_SIGN, "cRLSign"},
         {KU_ENCIPHER_ONLY, "encipherOnly"},
         {KU_DECIPHER_ONLY, "decipherOnly"}}};
    facts.key_usage = named_bits(X509_get_key_usage(certificate), usages);
    using UsagesPtr = std::unique_ptr<EXTENDED_KEY_USAGE, Free<EXTENDED_KEY_USAGE_free>>;
    const UsagesPtr extended(static_cast<EXTENDED_KEY_USAGE*>(
        X509_get_ext_d2i(certificate, NID_ext_key_usage, nullptr, nullptr)));
    const int count = extended ? std::min(32, sk_ASN1_OBJECT_num(extended.get())) : 0;
    for (int i = 0; i < count; ++i) {
        std::array<char, 80> text{};
        const ASN1_OBJECT* const usage = sk_ASN1_OBJECT_value(extended.get(), i);
        const int id = OBJ_obj2nid(usage);
        if (id != NID_undef)
            facts.extended_key_usage.emplace_back(OBJ_nid2sn(id));
        else if (OBJ_obj2txt(text.data(), text.size(), usage, 1) > 0)
            facts.extended_key_usage.emplace_back(text.data());
    }
}

/// Whether a client can be told to connect to this name: no wildcard, no blank, nothing escaped.
bool can_be_host(const std::string& name) {
    constexpr std::size_t longest = 253;  // RFC 1035 2.3.4, without the root
    constexpr std::string_view allowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
    return !name.empty() && name.size() <= longest && name.front() != '-' &&
           name.find_first_not_of(allowed) == name.npos;
}

void set_if(Maybe<std::string>& fact, std::string text) {
    if (!text.empty()) fact = std::move(text);
}

}  // namespace

std::string fingerprint(const X509* certificate) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    if (X509_digest(certificate, EVP_sha256(), digest.data(), &length) != 1) return {};
    std::string text;
    for (unsigned i = 0; i < length; ++i) {
        std::array<char, 4> hex{};
        std::snprintf(hex.data(), hex.size(), "%s%02x", i == 0 ? "" : ":", digest[i]);
        text += hex.data();
    }
    return text;
}

bool is_self_signed(X509* certificate) {
    if (X509_NAME_cmp(X509_get_subject_name(certificate), X509_get_issuer_name(certificate)) != 0)
        return false;
    EVP_PKEY* const key = X509_get0_pubkey(certificate);
    return key && X509_verify(certificate, key) == 1;
}

void read_contents(X509* certificate, std::time_t now, CertificateFacts& facts) {
    const X509_NAME* const subject = X509_get_subject_name(certificate);
    const X509_NAME* const issuer = X509_get_issuer_name(certificate);
    set_if(facts.subject, distinguished_name(subject));
    set_if(facts.subject_cn, common_name(subject));
    if (facts.subject_cn && can_be_host(*facts.subject_cn)) facts.host_name = facts.subject_cn;
    set_if(facts.issuer, distinguished_name(issuer));
    set_if(facts.issuer_cn, common_name(issuer));
    facts.names = alternative_names(certificate);
    read_validity(certificate, now, facts);
    read_key(certificate, facts);
    facts.signature_algorithm = signature_algorithm(certificate);
    read_usages(certificate, facts);
    set_if(facts.sha256, fingerprint(certificate));
    facts.self_signed = is_self_signed(certificate);
}

ChainEntryFacts chain_entry(X509* certificate) {
    ChainEntryFacts entry;
    set_if(entry.subject, distinguished_name(X509_get_subject_name(certificate)));
    set_if(entry.issuer, distinguished_name(X509_get_issuer_name(certificate)));
    if (const auto end = civil(X509_get0_notAfter(certificate))) entry.not_after = iso8601(*end);
    CertificateFacts facts;
    read_key(certificate, facts);
    if (facts.key_type)
        entry.key = *facts.key_type + (facts.key_bits ? " " + std::to_string(*facts.key_bits) : "");
    set_if(entry.sha256, fingerprint(certificate));
    return entry;
}

}  // namespace preflight::certificate
