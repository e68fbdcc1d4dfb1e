// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "channel/addins.hpp"

#include <freerdp/addin.h>
#include <freerdp/build-config.h>
#include <freerdp/client/channels.h>
#include <unistd.h>

#include <cstdlib>

#include "channel/freerdp_compat.hpp"

namespace preflight {
namespace {

bool is_built_in(const std::string& name) {
    constexpr DWORD plain = FREERDP_ADDIN_CHANNEL_STATIC;
    constexpr DWORD extended = FREERDP_ADDIN_CHANNEL_STATIC | FREERDP_ADDIN_CHANNEL_ENTRYEX;
    for (const DWORD flags : {plain, extended})
        if (freerdp_channels_load_static_addin_entry(name.c_str(), nullptr, nullptr, flags))
            return true;
    return false;
}

std::string addin_folder() {
    char* path = freerdp_get_dynamic_addin_install_path();
    std::string folder = path ? path : "";
    std::free(path);
    return folder;
}

}  // namespace

std::string addin_file(const std::string& name) {
    const std::string folder = addin_folder();
    const std::string file =
        FREERDP_SHARED_LIBRARY_PREFIX + name + "-client" FREERDP_SHARED_LIBRARY_SUFFIX;
    return folder.empty() ? file : folder + "/" + file;
}

std::string missing_addin(const rdpContext* context) {
    const UINT32 count = setting_number(context->settings, FreeRDP_StaticChannelCount);
    for (UINT32 i = 0; i < count; ++i) {
        const ADDIN_ARGV* channel = static_channel(context->settings, i);
        if (!channel || channel->argc < 1 || !channel->argv[0]) continue;
        const std::string name = channel->argv[0];
        const std::string file = addin_file(name);
        if (file.find('/') == file.npos) return "";  // found by the system's search: cannot tell
        if (!is_built_in(name) && access(file.c_str(), F_OK) != 0) return name;
    }
    return "";
}

}  // namespace preflight
