// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "channel/prompts.hpp"

#include <freerdp/client.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <map>
#include <mutex>

#include "channel/connection.hpp"
#include "channel/freerdp_compat.hpp"
#include "channel/guest.hpp"

namespace preflight {
namespace {

/// The client's own callbacks.
struct Originals {
    pVerifyCertificateEx verify = nullptr;
    pVerifyChangedCertificateEx verify_changed = nullptr;
    pAuthenticate authenticate = nullptr;
    pAuthenticate authenticate_gateway = nullptr;
    pPresentGatewayMessage gateway_message = nullptr;
#if FREERDP_VERSION_MAJOR >= 3
    pAuthenticateEx authenticate_ex = nullptr;
#endif
};

struct Registry {
    std::mutex mutex;
    std::map<const void*, Originals> originals;
};

Registry& registry() {
    static auto* const all = new Registry;  // leaked: callbacks may come until the process ends
    return *all;
}

Originals originals_of(const freerdp* instance) {
    Registry& all = registry();
    const std::lock_guard lock(all.mutex);
    return all.originals[instance->context];
}

Connection* connection_of(const freerdp* instance) noexcept {
    return Connection::find(instance->context);
}

void opened(freerdp* instance) noexcept {
    as_guest([&] {
        if (Connection* connection = connection_of(instance)) connection->question(+1);
    });
}

void closed(freerdp* instance) noexcept {
    as_guest([&] {
        if (Connection* connection = connection_of(instance)) connection->question(-1);
    });
}

void certificate_asked(freerdp* instance, DWORD flags, bool changed, const char* stored) noexcept {
    opened(instance);
    as_guest([&] {
        CertificateAsked asked;
        asked.changed = changed;
        asked.name_mismatch = (flags & VERIFY_CERT_FLAG_MISMATCH) != 0;
        asked.gateway = (flags & VERIFY_CERT_FLAG_GATEWAY) != 0;
        if (stored) asked.stored_fingerprint = stored;
        if (Connection* connection = connection_of(instance)) connection->hear(0, asked);
    });
}

/// Whether the client asks on standard input; a graphical one asks in a window.
bool asks_on_stdin(pVerifyCertificateEx verify) {
    return verify == client_cli_verify_certificate_ex;
}
bool asks_on_stdin(pVerifyChangedCertificateEx verify) {
    return verify == client_cli_verify_changed_certificate_ex;
}

int bytes_on_stdin() noexcept {
    int count = 0;
    return ioctl(STDIN_FILENO, FIONREAD, &count) == 0 ? count : 0;
}

/// Whether nobody could answer a question on standard input: it is no terminal, and neither had an
/// answer ready beforehand nor has one now. FreeRDP 2 reads it as a stream, 3 past the stream.
bool nobody_answered(const freerdp* instance, int bytes_before) noexcept {
    if (setting_flag(instance->context->settings, FreeRDP_CredentialsFromStdin)) return true;
    if (feof(stdin) || ferror(stdin)) return true;
    return bytes_before == 0 && bytes_on_stdin() == 0 && !isatty(STDIN_FILENO);
}

void certificate_answered(freerdp* instance, DWORD answer, bool nobody) noexcept {
    using Answer = CertificateAnswered::Answer;
    const Answer known = answer == 1   ? Answer::always
                         : answer == 2 ? Answer::once
                         : nobody      ? Answer::none
                                       : Answer::no;
    as_guest([&] {
        if (Connection* connection = connection_of(instance))
            connection->hear(0, CertificateAnswered{known});
    });
    closed(instance);
}

/// Asks with the client's own callback, and notes what came of it.
template <class Callback, class... Arguments>
DWORD ask(freerdp* instance, Callback original, Arguments... arguments) {
    const int before = bytes_on_stdin();
    const DWORD answer = original(instance, arguments...);
    const bool nobody = asks_on_stdin(original) && nobody_answered(instance, before);
    certificate_answered(instance, answer, nobody);
    return answer;
}

// Remmina cancels the thread while a question is open. Cancelling unwinds, so nothing below that
// calls an original is noexcept or catches.

DWORD on_verify(freerdp* instance, const char* host, UINT16 port, const char* common_name,
                const char* subject, const char* issuer, const char* fingerprint, DWORD flags) {
    const pVerifyCertificateEx original = originals_of(instance).verify;
    if (!original) return 0;
    certificate_asked(instance, flags, false, nullptr);
    return ask(instance, original, host, port, common_name, subject, issuer, fingerprint, flags);
}

DWORD on_verify_changed(freerdp* instance, const char* host, UINT16 port, const char* common_name,
                        const char* subject, const char* issuer, const char* fingerprint,
                        const char* old_subject, const char* old_issuer,
                        const char* old_fingerprint, DWORD flags) {
    const pVerifyChangedCertificateEx original = originals_of(instance).verify_changed;
    if (!original) return 0;
    certificate_asked(instance, flags, true, old_fingerprint);
    return ask(instance, original, host, port, common_name, subject, issuer, fingerprint,
               old_subject, old_issuer, old_fingerprint, flags);
}

/// A message that must be agreed to; the gateway waits as long as the user reads.
BOOL on_gateway_message(freerdp* instance, UINT32 type, BOOL show, BOOL agree, size_t length,
                        const WCHAR* message) {
    const pPresentGatewayMessage original = originals_of(instance).gateway_message;
    if (!original) return FALSE;
    opened(instance);
    const BOOL answer = original(instance, type, show, agree, length, message);
    if (type == GATEWAY_MESSAGE_CONSENT)
        as_guest([&] {
            if (Connection* connection = connection_of(instance))
                connection->hear(0, GatewayMessageAnswered{answer != FALSE});
        });
    closed(instance);
    return answer;
}

#if FREERDP_VERSION_MAJOR >= 3
BOOL on_authenticate_ex(freerdp* instance, char** username, char** password, char** domain,
                        rdp_auth_reason reason) {
    const pAuthenticateEx original = originals_of(instance).authenticate_ex;
    if (!original) return FALSE;
    opened(instance);
    const BOOL answer = original(instance, username, password, domain, reason);
    closed(instance);
    return answer;
}
#else
BOOL on_authenticate(freerdp* instance, char** username, char** password, char** domain) {
    const pAuthenticate original = originals_of(instance).authenticate;
    if (!original) return FALSE;
    opened(instance);
    const BOOL answer = original(instance, username, password, domain);
    closed(instance);
    return answer;
}

BOOL on_authenticate_gateway(freerdp* instance, char** username, char** password, char** domain) {
    const pAuthenticate original = originals_of(instance).authenticate_gateway;
    if (!original) return FALSE;
    opened(instance);
    const BOOL answer = original(instance, username, password, domain);
    closed(instance);
    return answer;
}
#endif

/// FreeRDP prefers some callbacks over others by whether they are set, so an empty one stays empty.
template <class Callback>
void wrap(Callback& callback, Callback& original, Callback ours) {
    if (!callback || callback == ours) return;
    original = callback;
    callback = ours;
}

}  // namespace

void listen_to_prompts(rdpContext* context) {
    freerdp* instance = context->instance;
    if (!instance) return;
    Registry& all = registry();
    const std::lock_guard lock(all.mutex);
    Originals& originals = all.originals[context];
    wrap(instance->VerifyCertificateEx, originals.verify, &on_verify);
    wrap(instance->VerifyChangedCertificateEx, originals.verify_changed, &on_verify_changed);
    wrap(instance->PresentGatewayMessage, originals.gateway_message, &on_gateway_message);
#if FREERDP_VERSION_MAJOR >= 3
    wrap(instance->AuthenticateEx, originals.authenticate_ex, &on_authenticate_ex);
#else
    wrap(instance->Authenticate, originals.authenticate, &on_authenticate);
    wrap(instance->GatewayAuthenticate, originals.authenticate_gateway, &on_authenticate_gateway);
#endif
}

}  // namespace preflight
