// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "channel/proxy_origin.hpp"

#include "channel/freerdp_compat.hpp"
#include "computer/process.hpp"

namespace preflight {

bool proxy_given(const rdpContext* context) {
    const UINT32 type = setting_number(context->settings, FreeRDP_ProxyType);
    return type != PROXY_TYPE_NONE && type != PROXY_TYPE_IGNORE;
}

void describe_proxy(const rdpContext* context, bool given, ProxyFacts& proxy) {
    const rdpSettings* settings = context->settings;
    if (!proxy_given(context)) return;
    proxy.used = true;
    proxy.host = setting_text(settings, FreeRDP_ProxyHostname);
    proxy.port = setting_short(settings, FreeRDP_ProxyPort);
    const bool socks = setting_number(settings, FreeRDP_ProxyType) == PROXY_TYPE_SOCKS;
    proxy.type = socks ? "SOCKS" : "HTTP";
    proxy.origin = given ? "option" : "environment";
    if (given) return;
    // The order in which FreeRDP reads them.
    for (const char* variable : {"https_proxy", "HTTPS_PROXY"}) {
        if (environment(variable).empty()) continue;
        proxy.variable = variable;
        return;
    }
}

}  // namespace preflight
