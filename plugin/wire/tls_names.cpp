// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/tls_names.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <span>

#include "wire/tls_values.hpp"

namespace preflight::wire {
namespace {

constexpr NamedValue versions[] = {
    {0x0002, "SSL 2.0"}, {0x0300, "SSL 3.0"}, {0x0301, "TLS 1.0"},
    {0x0302, "TLS 1.1"}, {0x0303, "TLS 1.2"}, {0x0304, "TLS 1.3"},
};

// RFC 8446 4.2.7, RFC 8422 5.1.1, RFC 7919 2, RFC 8734 2, and the hybrids of ML-KEM
constexpr NamedValue groups[] = {
    {0x0001, "sect163k1"},
    {0x0002, "sect163r1"},
    {0x0003, "sect163r2"},
    {0x0004, "sect193r1"},
    {0x0005, "sect193r2"},
    {0x0006, "sect233k1"},
    {0x0007, "sect233r1"},
    {0x0008, "sect239k1"},
    {0x0009, "sect283k1"},
    {0x000a, "sect283r1"},
    {0x000b, "sect409k1"},
    {0x000c, "sect409r1"},
    {0x000d, "sect571k1"},
    {0x000e, "sect571r1"},
    {0x000f, "secp160k1"},
    {0x0010, "secp160r1"},
    {0x0011, "secp160r2"},
    {0x0012, "secp192k1"},
    {0x0013, "secp192r1"},
    {0x0014, "secp224k1"},
    {0x0015, "secp224r1"},
    {0x0016, "secp256k1"},
    {0x0017, "secp256r1"},
    {0x0018, "secp384r1"},
    {0x0019, "secp521r1"},
    {0x001a, "brainpoolP256r1"},
    {0x001b, "brainpoolP384r1"},
    {0x001c, "brainpoolP512r1"},
    {0x001d, "x25519"},
    {0x001e, "x448"},
    {0x001f, "brainpoolP256r1tls13"},
    {0x0020, "brainpoolP384r1tls13"},
    {0x0021, "brainpoolP512r1tls13"},
    {0x0022, "GC256A"},
    {0x0023, "GC256B"},
    {0x0024, "GC256C"},
    {0x0025, "GC256D"},
    {0x0026, "GC512A"},
    {0x0027, "GC512B"},
    {0x0028, "GC512C"},
    {0x0029, "curveSM2"},
    {0x0100, "ffdhe2048"},
    {0x0101, "ffdhe3072"},
    {0x0102, "ffdhe4096"},
    {0x0103, "ffdhe6144"},
    {0x0104, "ffdhe8192"},
    {0x0200, "MLKEM512"},
    {0x0201, "MLKEM768"},
    {0x0202, "MLKEM1024"},
    {0x11eb, "SecP256r1MLKEM768"},
    {0x11ec, "X25519MLKEM768"},
    {0x11ed, "SecP384r1MLKEM1024"},
    {0x6399, "X25519Kyber768Draft00"},
};

// RFC 8446 4.2.3; the others are pairs of hash and signature, RFC 5246 7.4.1.4.1
constexpr NamedValue signature_algorithms[] = {
    {0x0101, "rsa_pkcs1_md5"},
    {0x0201, "rsa_pkcs1_sha1"},
    {0x0202, "dsa_sha1"},
    {0x0203, "ecdsa_sha1"},
    {0x0301, "rsa_pkcs1_sha224"},
    {0x0302, "dsa_sha224"},
    {0x0303, "ecdsa_sha224"},
    {0x0401, "rsa_pkcs1_sha256"},
    {0x0402, "dsa_sha256"},
    {0x0403, "ecdsa_secp256r1_sha256"},
    {0x0420, "rsa_pkcs1_sha256_legacy"},
    {0x0501, "rsa_pkcs1_sha384"},
    {0x0502, "dsa_sha384"},
    {0x0503, "ecdsa_secp384r1_sha384"},
    {0x0520, "rsa_pkcs1_sha384_legacy"},
    {0x0601, "rsa_pkcs1_sha512"},
    {0x0602, "dsa_sha512"},
    {0x0603, "ecdsa_secp521r1_sha512"},
    {0x0620, "rsa_pkcs1_sha512_legacy"},
    {0x0708, "sm2sig_sm3"},
    {0x0804, "rsa_pss_rsae_sha256"},
    {0x0805, "rsa_pss_rsae_sha384"},
    {0x0806, "rsa_pss_rsae_sha512"},
    {0x0807, "ed25519"},
    {0x0808, "ed448"},
    {0x0809, "rsa_pss_pss_sha256"},
    {0x080a, "rsa_pss_pss_sha384"},
    {0x080b, "rsa_pss_pss_sha512"},
    {0x081a, "ecdsa_brainpoolP256r1tls13_sha256"},
    {0x081b, "ecdsa_brainpoolP384r1tls13_sha384"},
    {0x081c, "ecdsa_brainpoolP512r1tls13_sha512"},
    {0x0904, "mldsa44"},
    {0x0905, "mldsa65"},
    {0x0906, "mldsa87"},
};

// RFC 8446 6, RFC 5246 7.2, RFC 6066 9, and the reserved ones of SSL 3.0 and TLS 1.0
constexpr NamedValue alerts[] = {
    {0, "close_notify"},
    {10, "unexpected_message"},
    {20, "bad_record_mac"},
    {21, "decryption_failed"},
    {22, "record_overflow"},
    {30, "decompression_failure"},
    {40, "handshake_failure"},
    {41, "no_certificate"},
    {42, "bad_certificate"},
    {43, "unsupported_certificate"},
    {44, "certificate_revoked"},
    {45, "certificate_expired"},
    {46, "certificate_unknown"},
    {47, "illegal_parameter"},
    {48, "unknown_ca"},
    {49, "access_denied"},
    {50, "decode_error"},
    {51, "decrypt_error"},
    {52, "too_many_cids_requested"},
    {60, "export_restriction"},
    {70, "protocol_version"},
    {71, "insufficient_security"},
    {80, "internal_error"},
    {86, "inappropriate_fallback"},
    {90, "user_canceled"},
    {100, "no_renegotiation"},
    {109, "missing_extension"},
    {110, "unsupported_extension"},
    {111, "certificate_unobtainable"},
    {112, "unrecognized_name"},
    {113, "bad_certificate_status_response"},
    {114, "bad_certificate_hash_value"},
    {115, "unknown_psk_identity"},
    {116, "certificate_required"},
    {117, "general_error"},
    {120, "no_application_protocol"},
    {121, "ech_required"},
};

// RFC 8446 4, RFC 5246 7.4, RFC 5077 3.3, RFC 6066 8, RFC 8879 4
constexpr NamedValue messages[] = {
    {0, "HelloRequest"},      {1, "ClientHello"},        {2, "ServerHello"},
    {4, "NewSessionTicket"},  {5, "EndOfEarlyData"},     {8, "EncryptedExtensions"},
    {11, "Certificate"},      {12, "ServerKeyExchange"}, {13, "CertificateRequest"},
    {14, "ServerHelloDone"},  {15, "CertificateVerify"}, {16, "ClientKeyExchange"},
    {20, "Finished"},         {21, "CertificateURL"},    {22, "CertificateStatus"},
    {23, "SupplementalData"}, {24, "KeyUpdate"},         {25, "CompressedCertificate"},
    {67, "NextProtocol"},     {254, "message_hash"},
};

std::string_view find(std::span<const NamedValue> list, int value) {
    for (const auto& entry : list)
        if (entry.value == value) return entry.name;
    return {};
}

std::string name_or_hexadecimal(std::span<const NamedValue> list, int value) {
    const std::string_view name = find(list, value);
    return name.empty() ? hexadecimal(value) : std::string(name);
}

}  // namespace

std::string hexadecimal(int value) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "0x%04x", static_cast<unsigned>(value));
    return text.data();
}

std::string tls_version_name(int version) { return name_or_hexadecimal(versions, version); }

std::string group_name(int group) { return name_or_hexadecimal(groups, group); }

std::string signature_algorithm_name(int algorithm) {
    return name_or_hexadecimal(signature_algorithms, algorithm);
}

std::string_view alert_name(int description) { return find(alerts, description); }

std::string handshake_name(int type) {
    const std::string_view name = find(messages, type);
    return name.empty() ? "handshake message " + std::to_string(type) : std::string(name);
}

std::vector<std::string> names_of(const std::vector<int>& values, std::string (*name)(int),
                                  std::size_t limit) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min(limit, values.size()); ++i)
        names.push_back(name(values[i]));
    return names;
}

}  // namespace preflight::wire
