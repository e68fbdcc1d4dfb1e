// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cmocka.hpp"

#include <dlfcn.h>
#include <freerdp/freerdp.h>
#include <freerdp/svc.h>
#include <freerdp/version.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "channel/states.hpp"

// ADD_IN is the path of the built add-in.

namespace {

using Entry = BOOL (*)(PCHANNEL_ENTRY_POINTS, PVOID);

Entry entry() {
    static void* const library = dlopen(ADD_IN, RTLD_NOW | RTLD_LOCAL);
    assert_non_null(library);
    const auto function = reinterpret_cast<Entry>(dlsym(library, "VirtualChannelEntryEx"));
    assert_non_null(function);
    return function;
}

/// Everything written to standard error while `work` runs.
template <class Work>
std::string told(Work work) {
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    const int before = dup(STDERR_FILENO);
    dup2(ends[1], STDERR_FILENO);
    close(ends[1]);
    work();
    dup2(before, STDERR_FILENO);
    close(before);
    char text[4096];
    const ssize_t size = read(ends[0], text, sizeof text);
    close(ends[0]);
    return std::string(text, size > 0 ? static_cast<std::size_t>(size) : 0);
}

BOOL call(CHANNEL_ENTRY_POINTS_FREERDP_EX* points) {
    return entry()(reinterpret_cast<PCHANNEL_ENTRY_POINTS>(points), nullptr);
}

void whatever_it_is_given_it_says_true(void**) {
    CHANNEL_ENTRY_POINTS_FREERDP_EX points{};
    points.cbSize = sizeof points;
    assert_true(call(nullptr));
    assert_true(call(&points));  // no magic number
    points.MagicNumber = FREERDP_CHANNEL_MAGIC_NUMBER;
    assert_true(call(&points));  // no context
}

void another_major_gets_one_line(void**) {
    CHANNEL_ENTRY_POINTS_FREERDP_EX points{};
    points.cbSize = 16;
    points.MagicNumber = FREERDP_CHANNEL_MAGIC_NUMBER;
    BOOL answer = FALSE;
    const std::string text = told([&] { answer = call(&points); });
    assert_true(answer);
    assert_int_equal(text.rfind("preflight: built for FreeRDP ", 0), 0);
    assert_int_equal(text.find('\n'), text.size() - 1);
}

/// A context of FreeRDP's own, with the settings of a client.
struct Client {
    freerdp* instance = freerdp_new();
    Client() {
        assert_true(freerdp_context_new(instance));
        assert_true(
            freerdp_settings_set_string(instance->context->settings, FreeRDP_ServerHostname, "h"));
    }
    ~Client() {
        freerdp_context_free(instance);
        freerdp_free(instance);
    }
};

void loading_twice_tells_problems_once(void**) {
    Client client;
    char name[] = "preflight";
    char bad[] = "bogus";
    char* words[] = {name, bad};
    ADDIN_ARGV arguments{2, words};
    CHANNEL_ENTRY_POINTS_FREERDP_EX points{};
    points.cbSize = sizeof points;
    points.MagicNumber = FREERDP_CHANNEL_MAGIC_NUMBER;
    points.pExtendedData = &arguments;
    points.context = client.instance->context;
    const std::string first = told([&] { assert_true(call(&points)); });
    const std::string second = told([&] { assert_true(call(&points)); });
    assert_true(first.find("unknown option bogus;") != std::string::npos);
    assert_string_equal(second.c_str(), "");
}

void a_client_without_callbacks_keeps_none(void**) {
    Client client;
    client.instance->VerifyCertificateEx = nullptr;
    client.instance->VerifyChangedCertificateEx = nullptr;
    CHANNEL_ENTRY_POINTS_FREERDP_EX points{};
    points.cbSize = sizeof points;
    points.MagicNumber = FREERDP_CHANNEL_MAGIC_NUMBER;
    points.context = client.instance->context;
    assert_true(call(&points));
    assert_null(client.instance->VerifyCertificateEx);
    assert_null(client.instance->VerifyChangedCertificateEx);
}

#if FREERDP_VERSION_MAJOR >= 3
/// Servers tell their reason only to a client that says it understands it.
void errinfo_is_asked_for_unless_switched_off(void**) {
    for (const bool off : {false, true}) {
        Client client;
        rdpSettings* settings = client.instance->context->settings;
        assert_true(freerdp_settings_set_bool(settings, FreeRDP_SupportErrorInfoPdu, FALSE));
        char name[] = "preflight";
        char option[] = "errinfo:off";
        char* words[] = {name, option};
        ADDIN_ARGV arguments{off ? 2 : 1, words};
        CHANNEL_ENTRY_POINTS_FREERDP_EX points{};
        points.cbSize = sizeof points;
        points.MagicNumber = FREERDP_CHANNEL_MAGIC_NUMBER;
        points.pExtendedData = &arguments;
        points.context = client.instance->context;
        assert_true(call(&points));
        assert_int_equal(freerdp_settings_get_bool(settings, FreeRDP_SupportErrorInfoPdu), !off);
    }
}
#endif

void the_states_have_freerdps_names(void**) {
    using namespace preflight;
    for (int state = CONNECTION_STATE_INITIAL; state <= CONNECTION_STATE_ACTIVE; ++state) {
        const std::string name(state_name(state));
        assert_string_equal(name.c_str(),
                            freerdp_state_string(static_cast<CONNECTION_STATE>(state)));
    }
    assert_true(state_name(-1).empty());
    assert_true(state_name(CONNECTION_STATE_ACTIVE + 1).empty());
    assert_true(phase_of(CONNECTION_STATE_INITIAL) == Phase::idle);
    assert_true(phase_of(CONNECTION_STATE_NEGO) == Phase::connecting);
    assert_true(phase_of(CONNECTION_STATE_NLA) == Phase::connecting);
    assert_true(phase_of(CONNECTION_STATE_MCS_ERECT_DOMAIN) == Phase::settings);
    assert_true(phase_of(CONNECTION_STATE_ACTIVE) == Phase::active);
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(whatever_it_is_given_it_says_true),
        cmocka_unit_test(another_major_gets_one_line),
        cmocka_unit_test(loading_twice_tells_problems_once),
        cmocka_unit_test(a_client_without_callbacks_keeps_none),
#if FREERDP_VERSION_MAJOR >= 3
        cmocka_unit_test(errinfo_is_asked_for_unless_switched_off),
#endif
        cmocka_unit_test(the_states_have_freerdps_names),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
