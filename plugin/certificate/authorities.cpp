// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "certificate/authorities.hpp"

#include <openssl/asn1.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace preflight::certificate {
namespace {

constexpr std::size_t most_issuers = 32;
constexpr int most_of_one_hash = 16;
constexpr int most_in_a_file = 2000;

using NamePtr = std::unique_ptr<X509_NAME, Free<X509_NAME_free>>;

struct Block {
    std::vector<unsigned char> der;
    bool trusted = false;  ///< OpenSSL's own form, with trust settings behind the certificate
};

/// The certificates of a PEM file, not yet decoded; none where it cannot be read.
std::vector<Block> read_pem_file(const std::string& path) {
    std::vector<Block> blocks;
    const BioPtr file(BIO_new_file(path.c_str(), "r"));
    for (int i = 0; file && i < most_in_a_file; ++i) {
        char* name = nullptr;
        char* header = nullptr;
        unsigned char* data = nullptr;
        long length = 0;
        if (PEM_read_bio(file.get(), &name, &header, &data, &length) != 1) break;
        const std::string_view kind = name;
        const bool trusted = kind == PEM_STRING_X509_TRUSTED;
        if (trusted || kind == PEM_STRING_X509 || kind == PEM_STRING_X509_OLD)
            blocks.push_back({{data, data + length}, trusted});
        OPENSSL_free(name);
        OPENSSL_free(header);
        OPENSSL_free(data);
    }
    return blocks;
}

/// Steps into, or over, the element at `position`; false where there is none.
bool step(const unsigned char*& position, const unsigned char* end, bool into) {
    long length = 0;
    int tag = 0;
    int tag_class = 0;
    const unsigned char* content = position;
    if (position >= end) return false;
    if (ASN1_get_object(&content, &length, &tag, &tag_class, end - position) & 0x80) return false;
    position = into ? content : content + length;
    return position <= end;
}

/// The subject of a certificate without decoding the rest, RFC 5280 4.1: it stands behind version,
/// serial number, signature, issuer and validity.
NamePtr subject_of(const Block& block) {
    const unsigned char* position = block.der.data();
    const unsigned char* const end = position + block.der.size();
    constexpr unsigned char version_tag = 0xa0;
    if (!step(position, end, true) || !step(position, end, true)) return nullptr;
    if (position < end && *position == version_tag && !step(position, end, false)) return nullptr;
    for (int i = 0; i < 4; ++i)
        if (!step(position, end, false)) return nullptr;
    return NamePtr(d2i_X509_NAME(nullptr, &position, end - position));
}

X509Ptr decode(const Block& block) {
    const unsigned char* position = block.der.data();
    const auto length = static_cast<long>(block.der.size());
    return X509Ptr(block.trusted ? d2i_X509_AUX(nullptr, &position, length)
                                 : d2i_X509(nullptr, &position, length));
}

std::string from_environment(const char* variable, const char* otherwise) {
    const char* const value = std::getenv(variable);
    return value ? value : otherwise;
}

std::vector<std::string> directories(const std::string& further) {
    std::string list =
        from_environment(X509_get_default_cert_dir_env(), X509_get_default_cert_dir());
    std::vector<std::string> all;
    for (std::size_t begin = 0; begin <= list.size();) {
        const std::size_t end = std::min(list.find(':', begin), list.size());
        if (end > begin) all.push_back(list.substr(begin, end - begin));
        begin = end + 1;
    }
    if (!further.empty()) all.push_back(further);
    return all;
}

/// The file of all authorities, not decoded but for their names.
struct Bundle {
    explicit Bundle(const std::string& path) : blocks(read_pem_file(path)) {
        for (const auto& block : blocks) subjects.push_back(subject_of(block));
    }
    std::vector<Block> blocks;
    std::vector<NamePtr> subjects;
};

std::atomic<bool> keeps_bundle{false};

std::shared_ptr<const Bundle> bundle() {
    const std::string path =
        from_environment(X509_get_default_cert_file_env(), X509_get_default_cert_file());
    if (!keeps_bundle) return std::make_shared<const Bundle>(path);
    // Leaked on purpose: threads may still use it while the process ends.
    static const auto* const kept = new auto(std::make_shared<const Bundle>(path));
    return *kept;
}

/// Finds authorities by name.
class Search {
  public:
    explicit Search(const std::string& directory)
        : directories_(directories(directory)), bundle_(bundle()) {}

    std::vector<X509Ptr> named(const X509_NAME* name) const {
        std::vector<X509Ptr> found;
        const auto& [blocks, subjects] = *bundle_;
        for (std::size_t i = 0; i < blocks.size(); ++i)
            if (subjects[i] && X509_NAME_cmp(subjects[i].get(), name) == 0) take(blocks[i], found);
        for (const auto& directory : directories_) in_directory(directory, name, found);
        return found;
    }

  private:
    static void take(const Block& block, std::vector<X509Ptr>& found) {
        X509Ptr certificate = decode(block);
        if (certificate && found.size() < most_issuers) found.push_back(std::move(certificate));
    }

    /// The files are called HASH.0, HASH.1 and so on, openssl-rehash(1).
    static void in_directory(const std::string& directory, const X509_NAME* name,
                             std::vector<X509Ptr>& found) {
        const unsigned long hash = X509_NAME_hash(const_cast<X509_NAME*>(name));
        for (int i = 0; i < most_of_one_hash; ++i) {
            std::array<char, 32> file{};
            std::snprintf(file.data(), file.size(), "/%08lx.%d", hash, i);
            const auto blocks = read_pem_file(directory + file.data());
            if (blocks.empty()) break;
            for (const auto& block : blocks) take(block, found);
        }
    }

    std::vector<std::string> directories_;
    std::shared_ptr<const Bundle> bundle_;
};

}  // namespace

StorePtr issuers_store(std::span<const X509Ptr> chain, const std::string& directory) {
    StorePtr store(X509_STORE_new());
    if (!store) return nullptr;
    const Search search(directory);
    std::vector<X509Ptr> found;
    std::vector<const X509_NAME*> asked;
    const auto ask = [&](X509* certificate) {
        const X509_NAME* const issuer = X509_get_issuer_name(certificate);
        const auto same = [&](const X509_NAME* other) { return X509_NAME_cmp(issuer, other) == 0; };
        if (asked.size() >= most_issuers || std::any_of(asked.begin(), asked.end(), same)) return;
        asked.push_back(issuer);
        for (auto& authority : search.named(issuer)) found.push_back(std::move(authority));
    };
    for (const auto& certificate : chain) ask(certificate.get());
    for (std::size_t i = 0; i < found.size(); ++i) ask(found[i].get());
    for (const auto& authority : found) X509_STORE_add_cert(store.get(), authority.get());
    return store;
}

}  // namespace preflight::certificate

namespace preflight {

void keep_authorities() { certificate::keeps_bundle = true; }

}  // namespace preflight
