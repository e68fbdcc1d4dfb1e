// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "channel/legacy_crypto.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

namespace preflight {
namespace {

/// Linux tells of the whole computer here; elsewhere there is no such file.
bool kernel_says_fips() {
    const int file = open("/proc/sys/crypto/fips_enabled", O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    char digit = '0';
    const bool read_one = read(file, &digit, 1) == 1;
    close(file);
    return read_one && digit == '1';
}

}  // namespace

#if OPENSSL_VERSION_NUMBER >= 0x30000000L && !defined(LIBRESSL_VERSION_NUMBER)
bool fips_mode() { return EVP_default_properties_is_fips_enabled(nullptr) || kernel_says_fips(); }

bool openssl_has_md4() {
    EVP_MD* md4 = EVP_MD_fetch(nullptr, "MD4", nullptr);
    EVP_MD_free(md4);
    return md4 != nullptr;
}
#else
bool fips_mode() { return kernel_says_fips(); }

bool openssl_has_md4() { return EVP_get_digestbyname("MD4") != nullptr; }
#endif

}  // namespace preflight
