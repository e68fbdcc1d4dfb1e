// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "certificate/verify.hpp"

#include "certificate/authorities.hpp"

namespace preflight::certificate {
namespace {

constexpr std::size_t most_errors = 32;

/// Where the callback writes. OpenSSL's callback has no argument for it but the context's own data,
/// which is an index of the process; a thread's own pointer needs none.
thread_local std::vector<VerifyError>* found = nullptr;

/// Notes the error and goes on, so that all of them show.
int note_error(int ok, X509_STORE_CTX* context) {
    if (ok == 1 || !found || found->size() >= most_errors) return 1;
    // Called from C: a vector with room does not throw.
    found->push_back({X509_STORE_CTX_get_error(context), X509_STORE_CTX_get_error_depth(context)});
    return 1;
}

/// Borrows the certificates: the stack does not own them.
struct Borrowed {
    explicit Borrowed(std::span<const X509Ptr> chain) : stack(sk_X509_new_null()) {
        for (const auto& certificate : chain)
            if (stack) sk_X509_push(stack, certificate.get());
    }
    ~Borrowed() { sk_X509_free(stack); }
    Borrowed(const Borrowed&) = delete;
    Borrowed& operator=(const Borrowed&) = delete;
    STACK_OF(X509) * stack;
};

std::vector<VerifyError> verify_for(X509_STORE* store, std::span<const X509Ptr> chain,
                                    const Borrowed& borrowed, int purpose, std::time_t now) {
    std::vector<VerifyError> errors;
    errors.reserve(most_errors);
    const StoreContextPtr context(X509_STORE_CTX_new());
    if (!context ||
        X509_STORE_CTX_init(context.get(), store, chain.front().get(), borrowed.stack) != 1)
        return {{X509_V_ERR_OUT_OF_MEM, 0}};
    X509_STORE_CTX_set_purpose(context.get(), purpose);
    X509_STORE_CTX_set_time(context.get(), 0, now);
    X509_STORE_CTX_set_verify_cb(context.get(), note_error);
    found = &errors;
    const int result = X509_verify_cert(context.get());
    found = nullptr;
    if (result != 1 && errors.empty())
        errors.push_back({X509_STORE_CTX_get_error(context.get()), 0});
    return errors;
}

}  // namespace

std::vector<VerifyError> verify(std::span<const X509Ptr> chain, std::time_t now,
                                const std::string& directory) {
    const StorePtr store = issuers_store(chain, directory);
    if (!store || chain.empty()) return {{X509_V_ERR_UNSPECIFIED, 0}};
    const Borrowed borrowed(chain);
    std::vector<VerifyError> errors;
    for (const int purpose : {X509_PURPOSE_SSL_SERVER, X509_PURPOSE_SSL_CLIENT, X509_PURPOSE_ANY}) {
        errors = verify_for(store.get(), chain, borrowed, purpose, now);
        if (errors.empty() || errors.front().code != X509_V_ERR_INVALID_PURPOSE) break;
    }
    return errors;
}

}  // namespace preflight::certificate
