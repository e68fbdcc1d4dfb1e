// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "majors.hpp"

#include <freerdp/version.h>
#if FREERDP_VERSION_MAJOR >= 3
#include <freerdp/crypto/certificate.h>
#include <freerdp/crypto/privatekey.h>
#include <freerdp/redirection.h>
#endif

#include <memory>

namespace session {
namespace {

void (*at_licensing_)(freerdp_peer*) = nullptr;  // one peer per process

}  // namespace

#if FREERDP_VERSION_MAJOR >= 3

bool use_identity(freerdp_peer* peer, const Identity& identity) {
    rdpSettings* settings = peer->context->settings;
    rdpPrivateKey* key = freerdp_key_new_from_pem(identity.key.c_str());
    rdpCertificate* certificate = freerdp_certificate_new_from_pem(identity.certificate.c_str());
    return key && certificate &&
           freerdp_settings_set_pointer_len(settings, FreeRDP_RdpServerRsaKey, key, 1) &&
           freerdp_settings_set_pointer_len(settings, FreeRDP_RdpServerCertificate, certificate, 1);
}

bool send_redirection(freerdp_peer* peer, const Target& target) {
    const std::unique_ptr<rdpRedirection, decltype(&redirection_free)> owned(redirection_new(),
                                                                             redirection_free);
    rdpRedirection* redirection = owned.get();
    const auto add = [&](std::uint32_t flag, const std::string& text) {
        return text.empty() || redirection_set_string_option(redirection, flag, text.c_str());
    };
    const std::uint32_t flags = (target.address.empty() ? 0u : LB_TARGET_NET_ADDRESS) |
                                (target.fqdn.empty() ? 0u : LB_TARGET_FQDN) |
                                (target.netbios.empty() ? 0u : LB_TARGET_NETBIOS_NAME);
    std::uint32_t missing = 0;
    return redirection && redirection_set_flags(redirection, flags) &&
           redirection_set_session_id(redirection, 1) &&
           add(LB_TARGET_NET_ADDRESS, target.address) && add(LB_TARGET_FQDN, target.fqdn) &&
           add(LB_TARGET_NETBIOS_NAME, target.netbios) &&
           redirection_settings_are_valid(redirection, &missing) &&
           peer->SendServerRedirection(peer, redirection);
}

void watch_licensing(freerdp_peer* peer, void (*at_licensing)(freerdp_peer*)) {
    at_licensing_ = at_licensing;
    peer->ReachedState = [](freerdp_peer* reached, CONNECTION_STATE state) -> BOOL {
        if (state == CONNECTION_STATE_LICENSING) at_licensing_(reached);
        return TRUE;
    };
}

#else

namespace {
const char* or_null(const std::string& text) { return text.empty() ? nullptr : text.c_str(); }
}  // namespace

bool use_identity(freerdp_peer* peer, const Identity& identity) {
    rdpSettings* settings = peer->context->settings;
    return freerdp_settings_set_string(settings, FreeRDP_CertificateContent,
                                       identity.certificate.c_str()) &&
           freerdp_settings_set_string(settings, FreeRDP_PrivateKeyContent, identity.key.c_str()) &&
           freerdp_settings_set_string(settings, FreeRDP_RdpKeyContent, identity.key.c_str());
}

bool send_redirection(freerdp_peer* peer, const Target& target) {
    return peer->SendServerRedirection(peer, 1, or_null(target.address), nullptr, nullptr, nullptr,
                                       nullptr, or_null(target.fqdn), or_null(target.netbios), 0,
                                       nullptr, 0, nullptr);
}

void watch_licensing(freerdp_peer* peer, void (*at_licensing)(freerdp_peer*)) {
    static psPeerLicenseCallback usual = nullptr;
    usual = peer->LicenseCallback;
    at_licensing_ = at_licensing;
    peer->LicenseCallback = [](freerdp_peer* reached, wStream* s) {
        at_licensing_(reached);
        return usual(reached, s);
    };
}

#endif

}  // namespace session
