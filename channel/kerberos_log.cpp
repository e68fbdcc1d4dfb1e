// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "channel/kerberos_log.hpp"

#include <freerdp/version.h>
#include <winpr/wlog.h>

#include "channel/guest.hpp"
#include "channel/kerberos_line.hpp"
#include "channel/tap.hpp"

namespace preflight {

#if FREERDP_VERSION_MAJOR >= 3
namespace {

constexpr char logger_name[] = "com.winpr.sspi.Kerberos";
// A logger has one appender, and ours gives nothing away: what it is handed goes on through a
// second logger, which has the program's. Names are unique, so this one ends in a space.
constexpr char second_name[] = "com.winpr.sspi.Kerberos ";

void hear_line(const char* line) {
    Listener* listener = bound_listener();
    if (!listener || !line) return;
    if (auto error = kerberos_error_in(line))
        listener->hear(0, KerberosFailed{error->code, std::move(error->realm)});
}

BOOL on_message(const wLogMessage* message) noexcept {
    as_guest([&] { hear_line(message->TextString); });
    return WLog_PrintMessage(WLog_Get(second_name), WLOG_MESSAGE_TEXT, message->Level,
                             message->LineNumber, message->FileName, message->FunctionName, "%s",
                             message->TextString);
}

BOOL on_data(const wLogMessage* message) noexcept {
    return WLog_PrintMessage(WLog_Get(second_name), WLOG_MESSAGE_DATA, message->Level,
                             message->LineNumber, message->FileName, message->FunctionName,
                             message->Data, message->Length);
}

bool install() noexcept {
    wLog* log = WLog_Get(logger_name);
    // One that is not the root's was given by the program itself.
    if (!log || WLog_GetLogAppender(log) != WLog_GetLogAppender(WLog_GetRoot())) return false;
    if (!WLog_Get(second_name)) return false;
    if (!WLog_SetLogAppenderType(log, WLOG_APPENDER_CALLBACK)) return false;
    wLogCallbacks callbacks{};
    callbacks.message = on_message;
    callbacks.data = on_data;
    return WLog_ConfigureAppender(WLog_GetLogAppender(log), "callbacks", &callbacks);
}

}  // namespace

void listen_to_kerberos() noexcept {
    static const bool installed = install();
    static_cast<void>(installed);
}
#else
void listen_to_kerberos() noexcept {}
#endif

}  // namespace preflight
