// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "channel/session.hpp"

#include <map>
#include <mutex>

#include "channel/connection.hpp"
#include "channel/freerdp_compat.hpp"
#include "channel/guest.hpp"
#include "channel/tap.hpp"
#include "channel/verdict.hpp"

namespace preflight {
namespace {

/// The client's own callbacks.
struct Originals {
    pPostDisconnect post_disconnect = nullptr;
    pLogonErrorInfo logon_error_info = nullptr;
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

// Remmina cancels its connecting thread; nothing below that calls an original is noexcept.

/// FreeRDP calls this once the client is done with the connection; attempts to get a lost session
/// back lie before it.
void on_post_disconnect(freerdp* instance) {
    as_guest([&] {
        Connection* connection = Connection::find(instance->context);
        if (!connection || !connection->in_session()) return;
        explain_end(*connection);
        bind_thread(nullptr);
    });
    if (const auto original = originals_of(instance).post_disconnect) original(instance);
}

int on_logon_error_info(freerdp* instance, UINT32 data, UINT32 type) {
    as_guest([&] {
        Connection* connection = Connection::find(instance->context);
        if (!connection) return;
        connection->hear(0, LogonErrorSeen{type, data});
        note_sign_in(*connection);
    });
    const auto original = originals_of(instance).logon_error_info;
    return original ? original(instance, data, type) : 0;
}

/// FreeRDP calls either whether or not the client has one.
template <class Callback>
void wrap(Callback& callback, Callback& original, Callback ours) {
    if (callback == ours) return;
    original = callback;
    callback = ours;
}

}  // namespace

void listen_to_session(rdpContext* context) {
    freerdp* instance = context->instance;
    if (!instance) return;
    Registry& all = registry();
    const std::lock_guard lock(all.mutex);
    Originals& originals = all.originals[context];
    wrap(instance->PostDisconnect, originals.post_disconnect, &on_post_disconnect);
    wrap(instance->LogonErrorInfo, originals.logon_error_info, &on_logon_error_info);
}

}  // namespace preflight
