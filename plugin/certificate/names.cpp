// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "certificate/names.hpp"

#include <arpa/inet.h>
#include <strings.h>

#include <algorithm>
#include <array>

#include "wire/text.hpp"

namespace preflight::certificate {
namespace {

constexpr int most_names = 100;
constexpr std::size_t longest_text = 512;

std::string raw_text(const ASN1_STRING* string) {
    unsigned char* utf8 = nullptr;
    const int length = string ? ASN1_STRING_to_UTF8(&utf8, string) : -1;
    if (length < 0) return {};
    const TextPtr owner(utf8);
    return {reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(length)};
}

NamesPtr alternative(const X509* certificate) {
    return NamesPtr(static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
}

std::string address_text(const ASN1_OCTET_STRING* address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const int length = ASN1_STRING_length(address);
    const int family = length == 4 ? AF_INET : length == 16 ? AF_INET6 : AF_UNSPEC;
    if (family == AF_UNSPEC) return {};
    inet_ntop(family, ASN1_STRING_get0_data(address), text.data(), text.size());
    return text.data();
}

/// The last common name as it stands in the certificate, or null.
const ASN1_STRING* last_common_name(const X509_NAME* name) {
    int index = -1;
    for (int next = index; (next = X509_NAME_get_index_by_NID(name, NID_commonName, next)) >= 0;)
        index = next;
    if (index < 0) return nullptr;
    return X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index));
}

bool same_letters(std::string_view a, std::string_view b) {
    return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

bool matches_pattern(std::string_view pattern, std::string_view name) {
    // A NUL inside was once a way to pass for another host: such a name matches nothing.
    if (pattern.find('\0') != pattern.npos) return false;
    if (same_letters(pattern, name)) return true;
    if (pattern.size() <= 2 || pattern.substr(0, 2) != "*." || name.size() < pattern.size())
        return false;
    pattern.remove_prefix(1);
    return same_letters(pattern, name.substr(name.size() - pattern.size()));
}

}  // namespace

std::string text_of(const ASN1_STRING* string) {
    if (!string) return {};
    const std::string text = raw_text(string);
    if (!text.empty() || ASN1_STRING_length(string) == 0)
        return wire::printable(text, longest_text);
    // Not in the encoding it claims: its bytes, as far as they can be shown.
    return wire::printable(wire::Bytes(ASN1_STRING_get0_data(string),
                                       static_cast<std::size_t>(ASN1_STRING_length(string))),
                           longest_text);
}

std::string distinguished_name(const X509_NAME* name) {
    const BioPtr memory(BIO_new(BIO_s_mem()));
    // RFC 2253, but characters above ASCII and control characters as they are: `printable` shows
    // them in one way everywhere.
    const unsigned long flags =
        XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB | ASN1_STRFLGS_ESC_CTRL);
    if (!memory || !name || X509_NAME_print_ex(memory.get(), name, 0, flags) < 0) return {};
    char* data = nullptr;
    const long length = BIO_get_mem_data(memory.get(), &data);
    if (length <= 0) return {};
    return wire::printable(std::string_view(data, static_cast<std::size_t>(length)), longest_text);
}

std::string common_name(const X509_NAME* name) { return text_of(last_common_name(name)); }

Texts alternative_names(const X509* certificate) {
    Texts texts;
    const NamesPtr names = alternative(certificate);
    const int count = names ? std::min(most_names, sk_GENERAL_NAME_num(names.get())) : 0;
    for (int i = 0; i < count; ++i) {
        const GENERAL_NAME* const name = sk_GENERAL_NAME_value(names.get(), i);
        std::string text;
        if (name->type == GEN_DNS) text = text_of(name->d.dNSName);
        if (name->type == GEN_IPADD) text = address_text(name->d.iPAddress);
        if (!text.empty()) texts.push_back(std::move(text));
    }
    return texts;
}

bool matches_name(const X509* certificate, const std::string& name) {
    if (matches_pattern(raw_text(last_common_name(X509_get_subject_name(certificate))), name))
        return true;
    const NamesPtr names = alternative(certificate);
    const int count = names ? sk_GENERAL_NAME_num(names.get()) : 0;
    for (int i = 0; i < count; ++i) {
        const GENERAL_NAME* const entry = sk_GENERAL_NAME_value(names.get(), i);
        if (entry->type == GEN_DNS && matches_pattern(raw_text(entry->d.dNSName), name))
            return true;
    }
    return false;
}

}  // namespace preflight::certificate
