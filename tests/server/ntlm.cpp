// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "ntlm.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#if OPENSSL_VERSION_NUMBER >= 0x30000000L
#include <openssl/provider.h>
#endif

#include <algorithm>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string_view>

#include "identity.hpp"

namespace scripted {
namespace {

const Bytes server_challenge = {0xC1, 0xA1, 0x1E, 0x46, 0x0D, 0x5A, 0x27, 0x93};

/// NEGOTIATE_56, KEY_EXCH, 128, VERSION, TARGET_INFO, EXTENDED_SESSIONSECURITY, TARGET_TYPE_DOMAIN,
/// ALWAYS_SIGN, NTLM, SEAL, SIGN, REQUEST_TARGET, UNICODE: what Windows answers.
constexpr std::uint32_t challenge_flags = 0xE2898235;

enum AvId : std::uint16_t {
    end_of_list = 0,
    nb_computer = 1,
    nb_domain = 2,
    dns_computer = 3,
    dns_domain = 4,
    dns_tree = 5,
    timestamp = 7
};

void put(Bytes& bytes, std::uint64_t value, int size) {
    for (int i = 0; i < size; ++i) bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

void append(Bytes& bytes, const Bytes& more) {
    bytes.insert(bytes.end(), more.begin(), more.end());
}

Bytes utf16(std::string_view ascii) {
    Bytes bytes;
    for (const char c : ascii) put(bytes, static_cast<std::uint8_t>(c), 2);
    return bytes;
}

void put_pair(Bytes& bytes, AvId id, const Bytes& value) {
    put(bytes, id, 2);
    put(bytes, value.size(), 2);
    append(bytes, value);
}

/// Now, in steps of 100 ns since 1601.
std::uint64_t file_time(long offset) {
    using namespace std::chrono;
    constexpr std::uint64_t from_1601_to_1970 = 11644473600;
    const auto now = duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
    return (static_cast<std::uint64_t>(now + offset) + from_1601_to_1970) * 10'000'000;
}

Bytes target_info(const NtlmHost& host) {
    Bytes info, clock;
    put(clock, file_time(host.clock), 8);
    put_pair(info, nb_domain, utf16(host.domain));
    put_pair(info, nb_computer, utf16(host.computer));
    put_pair(info, dns_domain, utf16(host.dns_domain));
    put_pair(info, dns_computer, utf16(host.dns_computer));
    put_pair(info, dns_tree, utf16(host.dns_domain));
    put_pair(info, timestamp, clock);
    put_pair(info, end_of_list, {});
    return info;
}

/// MD4 and RC4 are in OpenSSL's legacy provider since version 3.
void need_legacy() {
#if OPENSSL_VERSION_NUMBER >= 0x30000000L
    static const bool loaded = OSSL_PROVIDER_load(nullptr, "legacy") != nullptr &&
                               OSSL_PROVIDER_load(nullptr, "default") != nullptr;
    if (!loaded) throw std::runtime_error("OpenSSL's legacy provider is missing: NTLM needs it");
#endif
}

Bytes digest(const char* name, const Bytes& data) {
    Bytes result(EVP_MAX_MD_SIZE);
    unsigned size = 0;
    const EVP_MD* md = EVP_get_digestbyname(name);
    if (!md || !EVP_Digest(data.data(), data.size(), result.data(), &size, md, nullptr))
        throw std::runtime_error(std::string(name) + ": " + openssl_reason());
    result.resize(size);
    return result;
}

Bytes hmac_md5(const Bytes& key, const Bytes& data) {
    Bytes result(16);
    unsigned size = 0;
    HMAC(EVP_md5(), key.data(), static_cast<int>(key.size()), data.data(), data.size(),
         result.data(), &size);
    return result;
}

Bytes rc4(const Bytes& key, const Bytes& data) {
    const std::unique_ptr<EVP_CIPHER_CTX, Freed<EVP_CIPHER_CTX_free>> context{EVP_CIPHER_CTX_new()};
    Bytes result(data.size());
    int size = 0;
    if (!EVP_EncryptInit_ex(context.get(), EVP_rc4(), nullptr, key.data(), nullptr) ||
        !EVP_EncryptUpdate(context.get(), result.data(), &size, data.data(),
                           static_cast<int>(data.size())))
        throw std::runtime_error("RC4: " + openssl_reason());
    return result;
}

/// What a fields structure (length, maximum, offset) at `at` points to; empty where it is wrong.
Bytes field(const Bytes& message, std::size_t at) {
    if (message.size() < at + 8) return {};
    const std::size_t size = message[at] | message[at + 1] << 8;
    const std::size_t offset = message[at + 4] | message[at + 5] << 8;
    if (offset > message.size() || size > message.size() - offset) return {};
    const auto* begin = message.data() + offset;
    return {begin, begin + size};
}

Bytes upper(Bytes text) {
    for (std::size_t i = 0; i + 1 < text.size(); i += 2)
        if (text[i + 1] == 0 && text[i] >= 'a' && text[i] <= 'z') text[i] -= 'a' - 'A';
    return text;
}

Bytes derived(const Bytes& session_key, std::string_view purpose) {
    Bytes input = session_key;
    const std::string text =
        "session key to server-to-client " + std::string(purpose) + " key magic constant";
    input.insert(input.end(), text.begin(), text.end());
    input.push_back(0);
    return digest("MD5", input);
}

}  // namespace

Bytes Ntlm::challenge(const NtlmHost& host) const {
    constexpr std::size_t head = 56;
    const Bytes name = utf16(host.domain), info = target_info(host);
    Bytes message = {'N', 'T', 'L', 'M', 'S', 'S', 'P', 0};
    put(message, 2, 4);
    put(message, name.size() | name.size() << 16 | head << 32, 8);
    put(message, challenge_flags, 4);
    append(message, server_challenge);
    put(message, 0, 8);
    put(message, info.size() | info.size() << 16 | (head + name.size()) << 32, 8);
    put(message, 10, 2);  // Windows 10.0, then the build
    put(message, host.build, 2);
    put(message, std::uint64_t{15} << 24, 4);  // NTLMSSP_REVISION_W2K3
    append(message, name);
    append(message, info);
    return message;
}

bool Ntlm::accept(const Bytes& authenticate, const std::string& password) {
    need_legacy();
    const Bytes response = field(authenticate, 20), domain = field(authenticate, 28),
                user = field(authenticate, 36), encrypted_key = field(authenticate, 52);
    if (response.size() < 24 || encrypted_key.size() != 16) return false;
    Bytes who = upper(user);
    append(who, domain);
    const Bytes response_key = hmac_md5(digest("MD4", utf16(password)), who);
    const Bytes proof(response.begin(), response.begin() + 16);
    Bytes proven = server_challenge;
    proven.insert(proven.end(), response.begin() + 16, response.end());
    if (hmac_md5(response_key, proven) != proof) return false;
    const Bytes session_key = rc4(hmac_md5(response_key, proof), encrypted_key);
    sign_key_ = derived(session_key, "signing");
    seal_key_ = derived(session_key, "sealing");
    return true;
}

Bytes Ntlm::seal(const Bytes& message) {
    Bytes signed_part(4, 0);  // sequence number: this is the only message
    append(signed_part, message);
    Bytes checksum = hmac_md5(sign_key_, signed_part);
    checksum.resize(8);
    Bytes stream = message;  // one RC4 stream over both, the message first
    append(stream, checksum);
    const Bytes sealed = rc4(seal_key_, stream);
    const auto middle = sealed.begin() + static_cast<std::ptrdiff_t>(message.size());
    Bytes result;
    put(result, 1, 4);  // version
    append(result, Bytes(middle, sealed.end()));
    put(result, 0, 4);
    append(result, Bytes(sealed.begin(), middle));
    return result;
}

}  // namespace scripted
