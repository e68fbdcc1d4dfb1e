// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <freerdp/api.h>
#include <unistd.h>
#include <winpr/synch.h>

#include "channel/check_first.hpp"
#include "channel/connection.hpp"
#include "channel/events.hpp"
#include "channel/freerdp_compat.hpp"
#include "channel/guest.hpp"
#include "channel/kerberos_log.hpp"
#include "channel/output.hpp"
#include "channel/pin.hpp"
#include "channel/prompts.hpp"
#include "channel/proxy_origin.hpp"
#include "channel/session.hpp"
#include "channel/tap.hpp"
#include "diagnose/catalogue.hpp"

namespace preflight {
namespace {

std::vector<std::string> arguments_of(const CHANNEL_ENTRY_POINTS_FREERDP_EX& entry) {
    std::vector<std::string> arguments;
    const auto* given = static_cast<const ADDIN_ARGV*>(entry.pExtendedData);
    for (int i = 1; given && i < given->argc; ++i)
        if (given->argv[i]) arguments.emplace_back(given->argv[i]);
    return arguments;
}

/// The client's FreeRDP must be of the major that we are built for: layouts differ.
bool is_our_major(UINT32 size) {
    int major = 0;
    int minor = 0;
    int revision = 0;
    freerdp_get_version(&major, &minor, &revision);
    if (major == freerdp_major && size >= sizeof(CHANNEL_ENTRY_POINTS_FREERDP_EX)) return true;
    say("built for FreeRDP " + std::to_string(freerdp_major) + ", but this client runs FreeRDP " +
        freerdp_get_version_string() + ": install the preflight for FreeRDP " +
        std::to_string(major) + ". Nothing will be explained.");
    return false;
}

void say_if(bool wanted, const std::string& line) {
    if (wanted) say(line);
}

/// A file that cannot be written is not tried again at the end.
void drop_unwritable(const char* option, std::string& path, bool tell) {
    if (path.empty()) return;
    const std::string problem = why_unwritable(path);
    if (problem.empty()) return;
    say_if(tell, std::string("cannot write the ") + option + " file: " + problem);
    path.clear();
}

void check_catalogue(const std::string& folder) {
    if (folder.empty()) return;
    for (const std::string& problem : Catalogue::builtin().add_directory(folder)) say(problem);
}

/// The options; what is wrong with them is told the first time that a client loads us.
Options read_options(const CHANNEL_ENTRY_POINTS_FREERDP_EX& entry, bool first_time) {
    ParsedOptions parsed = parse_options(arguments_of(entry));
    Options& options = parsed.options;
    for (const std::string& problem : parsed.problems) say_if(first_time, problem);
    drop_unwritable("json", options.json_file, first_time);
    drop_unwritable("text", options.text_file, first_time);
    if (first_time) check_catalogue(options.catalogue);
    if (first_time && options.help) write_descriptor(STDERR_FILENO, options_help());
    return options;
}

/// FreeRDP 3 does not tell servers that it understands their reasons, so they keep them.
bool ask_for_errinfo(rdpContext* context, const Options& options) {
#if FREERDP_VERSION_MAJOR >= 3
    if (!options.errinfo || setting_flag(context->settings, FreeRDP_SupportErrorInfoPdu))
        return false;
    return freerdp_settings_set_bool(context->settings, FreeRDP_SupportErrorInfoPdu, TRUE);
#else
    static_cast<void>(context);
    static_cast<void>(options);
    return false;
#endif
}

/// FreeRDP 3.9 and later hand their socket to the BIO as a layer of their own, and give out only
/// the event that waits for it; that event's descriptor is the socket.
int socket_of(BIO* bio) {
    constexpr int get_event = 1103;  // BIO_C_GET_EVENT, core/tcp.h
    HANDLE event = nullptr;
    if (BIO_ctrl(bio, get_event, 0, &event) != 1 || !event) return -1;
    return GetEventFileDescriptor(event);
}

void load(const CHANNEL_ENTRY_POINTS_FREERDP_EX& entry) {
    rdpContext* context = entry.context;
    const bool first_time = Connection::find(context) == nullptr;
    Connection& connection = Connection::of(context);
    const Options options = read_options(entry, first_time);
    pin_code();
    set_socket_finder(socket_of);
    const bool tapped = install_tap();
    if (!subscribe(context)) {
        say("this FreeRDP tells nothing about its connection. Nothing will be explained.");
        return;
    }
    listen_to_prompts(context);
    listen_to_kerberos();
    listen_to_session(context);
    Connection::Notes notes = connection.notes();
    notes.tapped = tapped;
    // Asked each time: a redirection brings new settings, and a new context may get the address of
    // one that is gone.
    const bool asked = ask_for_errinfo(context, options);
    notes.errinfo_on = asked || (notes.errinfo_on && options.errinfo);
    // Later on the setting also holds a proxy that FreeRDP took from the environment.
    if (first_time) notes.proxy_given = proxy_given(context);
    connection.note(notes);
    const Facts known = known_now(connection, *context);
    if (first_time && options.check) check_first(known, notes.proxy_given, options);
    connection.begin(options, known);
    bind_thread(&connection);
}

}  // namespace
}  // namespace preflight

/// The add-on's way in. Always TRUE: FALSE would keep the client from connecting. Calls nothing of
/// the entry points, so no channel is announced to the server.
extern "C" __attribute__((visibility("default"))) BOOL VCAPITYPE
VirtualChannelEntryEx(PCHANNEL_ENTRY_POINTS entry_points, PVOID) noexcept {
    using namespace preflight;
    as_guest([&] {
        const auto* entry = reinterpret_cast<CHANNEL_ENTRY_POINTS_FREERDP_EX*>(entry_points);
        if (!entry || !is_our_major(entry->cbSize)) return;
        if (entry->MagicNumber != FREERDP_CHANNEL_MAGIC_NUMBER) return;
        if (entry->context && entry->context->settings) load(*entry);
    });
    return TRUE;
}
