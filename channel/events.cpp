// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "channel/events.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "channel/addins.hpp"
#include "channel/connection.hpp"
#include "channel/freerdp_compat.hpp"
#include "channel/guest.hpp"
#include "channel/legacy_crypto.hpp"
#include "channel/proxy_origin.hpp"
#include "channel/settings.hpp"
#include "channel/states.hpp"
#include "channel/tap.hpp"
#include "channel/verdict.hpp"

namespace preflight {
namespace {

constexpr int nego_state = 1;
constexpr int initial_state = 0;

std::string text(const char* words) { return words ? words : ""; }

/// Runs `work` with the connection that the event belongs to.
template <class Work>
void handle(void* context, Work&& work) noexcept {
    as_guest([&] {
        if (Connection* connection = context ? Connection::find(context) : nullptr)
            work(*connection, *static_cast<rdpContext*>(context));
    });
}

/// FreeRDP's error of this moment.
ErrorSeen last_error(rdpContext* context) {
    const UINT32 code = freerdp_get_last_error(context);
    if (code == FREERDP_ERROR_SUCCESS) return {};
    return {code, text(freerdp_get_last_error_name(code)),
            text(freerdp_get_last_error_string(code))};
}

/// A step that failed before anything was dialled, or after all was.
void tell_local_problem(Connection& connection, rdpContext& context) {
    const UINT32 code = freerdp_get_last_error(&context);
    if (code == FREERDP_ERROR_PRE_CONNECT_FAILED) {
        const std::string name = missing_addin(&context);
        if (name.empty())
            connection.hear(0,
                            LocalProblem{"other", "", "the client's own preparation (PreConnect)"});
        else
            connection.hear(0, LocalProblem{"add-in", name, addin_file(name) + " does not exist"});
    } else if (code == FREERDP_ERROR_POST_CONNECT_FAILED) {
        connection.hear(
            0, LocalProblem{"post-connect", "", "its window, its graphics or one of its channels"});
    }
}

/// FreeRDP may bring its own MD4.
bool has_md4() {
    const char* build = freerdp_get_build_config();
    return openssl_has_md4() || (build && std::strstr(build, "WITH_INTERNAL_MD4=ON") != nullptr);
}

/// Whether the user, or the client itself, wants to end the connection.
bool wants_to_leave(rdpContext& context) {
#if FREERDP_VERSION_MAJOR >= 3
    return freerdp_shall_disconnect_context(&context);
#else
    return freerdp_shall_disconnect(context.instance);
#endif
}

void failed(Connection& connection, rdpContext& context) {
    tell_local_problem(connection, context);
    Connection::Notes notes = connection.notes();
    describe_proxy(&context, notes.proxy_given, notes.proxy);
    notes.means = {password_empty(&context), fips_mode(), has_md4()};
    connection.note(notes);
    // What we ask ourselves is none of the client's doing.
    bind_thread(nullptr);
    const ErrorSeen error = last_error(&context);
    // Where the failure itself set the flag, it tells nothing of the user.
    const bool set_before = wants_to_leave(context);
    explain_failure(connection, error, [&] { return !set_before && wants_to_leave(context); });
}

void settle_if_succeeded(Connection& connection, const rdpContext& context) {
    if (!connection.succeeded()) return;
    // A sign-in that was only checked has no session behind it.
    if (setting_flag(context.settings, FreeRDP_AuthenticationOnly))
        note_check(connection);
    else
        connection.settle();
    bind_thread(nullptr);
}

/// FreeRDP 3 says -1 after +auth-only whatever came of it; no error means that the sign-in worked.
bool only_signed_in(rdpContext& context, int result) {
    if (!setting_flag(context.settings, FreeRDP_AuthenticationOnly)) return false;
    if (freerdp_major < 3) return result == 0;
    return freerdp_get_last_error(&context) == FREERDP_ERROR_SUCCESS;
}

void on_result(void* context, EventArgs<wEventArgs> event) noexcept {
    handle(context, [&](Connection& connection, rdpContext& ctx) {
        const int result = reinterpret_cast<EventArgs<ConnectionResultEventArgs>>(event)->result;
        const bool signed_in = only_signed_in(ctx, result);
        if (signed_in) {
            connection.hear(0, ConnectEnded{result, {}});
            connection.activated();
        }
        if (result == 0 || signed_in) {
            connection.connected();
            settle_if_succeeded(connection, ctx);
        } else {
            failed(connection, ctx);
        }
    });
}

void round_begins(Connection& connection, rdpContext& context) {
    bind_thread(&connection);
    connection.round(known_now(connection, context), is_redirected(&context));
}

/// One round is over, or FreeRDP 3 gave up between its result and the active session.
void round_is_over(Connection& connection, rdpContext& context) {
    const ErrorSeen error = last_error(&context);
    if (error.code) connection.hear(0, error);
    if (connection.may_still_fail()) failed(connection, context);
}

void on_state(void* context, EventArgs<wEventArgs> event) noexcept {
    handle(context, [&](Connection& connection, rdpContext& ctx) {
        const int state = reinterpret_cast<EventArgs<ConnectionStateChangeEventArgs>>(event)->state;
        if (state == nego_state) round_begins(connection, ctx);
        if (state == initial_state) round_is_over(connection, ctx);
        // A session that changes its size goes through some states again.
        if (connection.listening()) connection.hear(0, StateChanged{state_name(state)});
        const Phase phase = phase_of(state);
        if (phase == Phase::settings) connection.stop_hearing_sent();
        if (phase == Phase::active) {
            connection.hear(0, Activated{ctx.disconnectUltimatum});
            connection.activated();
            settle_if_succeeded(connection, ctx);
        }
    });
}

void on_error_info(void* context, EventArgs<wEventArgs> event) noexcept {
    handle(context, [&](Connection& connection, rdpContext& ctx) {
        const UINT32 code = reinterpret_cast<EventArgs<ErrorInfoEventArgs>>(event)->code;
        connection.hear(
            0, ErrorInfoSeen{code, text(freerdp_get_error_info_name(code)),
                             text(freerdp_get_error_info_string(code)), ctx.disconnectUltimatum});
    });
}

void on_terminate(void* context, EventArgs<wEventArgs>) noexcept {
    handle(context, [](Connection& connection, rdpContext& ctx) {
        connection.hear(0, Terminated{ctx.disconnectUltimatum, last_error(&ctx)});
        if (connection.may_still_fail()) failed(connection, ctx);
    });
}

/// FreeRDP raises ConnectionStateChange but registers no type for it.
bool add_state_event(wPubSub* events) {
    static const char name[] = "ConnectionStateChange";
    if (PubSub_FindEventType(events, name)) return true;
    wEventType type{};
    type.EventName = name;
    PubSub_AddEventTypes(events, &type, 1);
    return PubSub_FindEventType(events, name) != nullptr;
}

bool subscribe_once(wPubSub* events, const char* name, pEventHandler handler) {
    const wEventType* type = PubSub_FindEventType(events, name);
    if (!type) return false;
    const auto* end = type->EventHandlers + type->EventHandlerCount;
    if (std::find(type->EventHandlers + 0, end, handler) != end) return true;
    return PubSub_Subscribe(events, name, handler) >= 0;
}

}  // namespace

Facts known_now(const Connection& connection, const rdpContext& context) {
    Facts known = known_facts(&context);
    const Connection::Notes notes = connection.notes();
    known.client.tls_observed = notes.tapped;
    known.client.errinfo = notes.errinfo_on ? "on" : "as-set";
    return known;
}

bool subscribe(rdpContext* context) {
    wPubSub* events = context->pubSub;
    if (!events || !add_state_event(events)) return false;
    subscribe_once(events, "ErrorInfo", on_error_info);
    subscribe_once(events, "Terminate", on_terminate);
    return subscribe_once(events, "ConnectionStateChange", on_state) &&
           subscribe_once(events, "ConnectionResult", on_result);
}

}  // namespace preflight
