// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <freerdp/client/cmdline.h>
#include <freerdp/event.h>
#include <freerdp/freerdp.h>
#include <freerdp/settings.h>
#include <freerdp/svc.h>
#include <freerdp/version.h>

#include <string>

/// What differs between FreeRDP 2 and 3 in what we use, in one place. The two need a binary each.

namespace preflight {

inline constexpr int freerdp_major = FREERDP_VERSION_MAJOR;

#if FREERDP_VERSION_MAJOR >= 3
template <class Event>
using EventArgs = const Event*;
#else
template <class Event>
using EventArgs = Event*;
#endif

/// A text of the settings; empty where there is none.
inline std::string setting_text(const rdpSettings* settings, int id) {
#if FREERDP_VERSION_MAJOR >= 3
    const char* text =
        freerdp_settings_get_string(settings, static_cast<FreeRDP_Settings_Keys_String>(id));
#else
    const char* text = freerdp_settings_get_string(settings, static_cast<size_t>(id));
#endif
    return text ? text : "";
}

inline bool setting_flag(const rdpSettings* settings, int id) {
#if FREERDP_VERSION_MAJOR >= 3
    return freerdp_settings_get_bool(settings, static_cast<FreeRDP_Settings_Keys_Bool>(id));
#else
    return freerdp_settings_get_bool(settings, static_cast<size_t>(id));
#endif
}

inline UINT32 setting_number(const rdpSettings* settings, int id) {
#if FREERDP_VERSION_MAJOR >= 3
    return freerdp_settings_get_uint32(settings, static_cast<FreeRDP_Settings_Keys_UInt32>(id));
#else
    return freerdp_settings_get_uint32(settings, static_cast<size_t>(id));
#endif
}

/// The settings that are 16 bits wide in both majors.
inline UINT16 setting_short(const rdpSettings* settings, int id) {
#if FREERDP_VERSION_MAJOR >= 3
    return freerdp_settings_get_uint16(settings, static_cast<FreeRDP_Settings_Keys_UInt16>(id));
#else
    return freerdp_settings_get_uint16(settings, static_cast<size_t>(id));
#endif
}

/// The arguments of the static channel number `index`, or nullptr.
inline const ADDIN_ARGV* static_channel(const rdpSettings* settings, UINT32 index) {
#if FREERDP_VERSION_MAJOR >= 3
    return static_cast<const ADDIN_ARGV*>(
        freerdp_settings_get_pointer_array(settings, FreeRDP_StaticChannelArray, index));
#else
    return settings->StaticChannelArray ? settings->StaticChannelArray[index] : nullptr;
#endif
}

}  // namespace preflight
