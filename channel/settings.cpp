// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "channel/settings.hpp"

#include <arpa/inet.h>

#include "channel/freerdp_compat.hpp"
#include "computer/process.hpp"

namespace preflight {
namespace {

constexpr std::int64_t rdp_port = 3389;
constexpr std::int64_t gateway_port = 443;

/// TLSMinVersion and TLSMaxVersion came with 2.8; asking an older library for them makes it log.
bool knows_tls_versions() {
    constexpr int since_minor = 8;
    int major = 0;
    int minor = 0;
    int revision = 0;
    freerdp_get_version(&major, &minor, &revision);
    return major >= 3 || minor >= since_minor;
}

Maybe<std::string> tls_version_name(unsigned version) {
    switch (version) {
        case 0x0300:
            return "SSL 3.0";
        case 0x0301:
            return "TLS 1.0";
        case 0x0302:
            return "TLS 1.1";
        case 0x0303:
            return "TLS 1.2";
        case 0x0304:
            return "TLS 1.3";
        default:
            return {};
    }
}

std::string certificate_policy(const rdpSettings* settings) {
    if (setting_flag(settings, FreeRDP_IgnoreCertificate)) return "ignore";
    if (setting_flag(settings, FreeRDP_AutoDenyCertificate)) return "deny";
    if (setting_flag(settings, FreeRDP_AutoAcceptCertificate)) return "tofu";
    return "ask";
}

Texts security(const rdpSettings* settings) {
    Texts allowed;
    const auto add = [&](int id, const char* name) {
        if (setting_flag(settings, id)) allowed.emplace_back(name);
    };
    add(FreeRDP_RdpSecurity, "RDP");
    add(FreeRDP_TlsSecurity, "TLS");
    add(FreeRDP_NlaSecurity, "NLA");
    add(FreeRDP_ExtSecurity, "EXT");
#if FREERDP_VERSION_MAJOR >= 3
    add(FreeRDP_AadSecurity, "AAD");
#endif
    return allowed;
}

void set_if_any(Maybe<std::string>& fact, std::string value) {
    if (!value.empty()) fact = std::move(value);
}

/// Looks at the password where it lies: nothing of it is copied.
bool has_no_password(const rdpSettings* settings) {
    const char* password = freerdp_settings_get_string(settings, FreeRDP_Password);
    return !password || !*password;
}

void describe_sign_in(const rdpSettings* settings, ClientFacts& client) {
    client.password_empty = has_no_password(settings);
    client.smartcard = setting_flag(settings, FreeRDP_SmartcardLogon);
    client.restricted_admin = setting_flag(settings, FreeRDP_RestrictedAdminModeRequired);
#if FREERDP_VERSION_MAJOR == 3 && FREERDP_VERSION_MINOR >= 9
    client.remote_guard = setting_flag(settings, FreeRDP_RemoteCredentialGuard);
#endif
#if FREERDP_VERSION_MAJOR >= 3
    set_if_any(client.kdc_proxy, setting_text(settings, FreeRDP_KerberosKdcUrl));
#endif
}

void describe_client(const rdpSettings* settings, ClientFacts& client) {
    client.freerdp_version = freerdp_get_version_string();
    client.security = security(settings);
    client.negotiate = setting_flag(settings, FreeRDP_NegotiateSecurityLayer);
    client.tls_security_level = setting_number(settings, FreeRDP_TlsSecLevel);
    if (knows_tls_versions()) {
        client.tls_min_version = tls_version_name(setting_short(settings, FreeRDP_TLSMinVersion));
        client.tls_max_version = tls_version_name(setting_short(settings, FreeRDP_TLSMaxVersion));
    }
    set_if_any(client.tls_ciphers, setting_text(settings, FreeRDP_AllowedTlsCiphers));
    client.certificate_policy = certificate_policy(settings);
    client.auth_only = setting_flag(settings, FreeRDP_AuthenticationOnly);
    client.user_given = !setting_text(settings, FreeRDP_Username).empty();
    describe_sign_in(settings, client);
    client.connect_timeout_ms = setting_number(settings, FreeRDP_TcpConnectTimeout);
    client.activation_timeout_ms = setting_number(settings, FreeRDP_TcpAckTimeout);
    client.auto_reconnect = setting_flag(settings, FreeRDP_AutoReconnectionEnabled);
    client.prefer_ipv6 = setting_flag(settings, FreeRDP_PreferIPv6OverIPv4);
    set_if_any(client.config_path, setting_text(settings, FreeRDP_ConfigPath));
    if (client.config_path) client.home_writable = can_write_into(*client.config_path);
}

bool is_address(const std::string& host) {
    in_addr ipv4;
    in6_addr ipv6;
    return inet_pton(AF_INET, host.c_str(), &ipv4) == 1 ||
           inet_pton(AF_INET6, host.c_str(), &ipv6) == 1;
}

std::string endpoint(const std::string& host, std::int64_t port, std::int64_t usual_port) {
    std::string text = host.find(':') == host.npos ? host : "[" + host + "]";
    return port == usual_port ? text : text + ":" + std::to_string(port);
}

std::string server_name(const rdpSettings* settings) {
    std::string name = setting_text(settings, FreeRDP_CertificateName);
#if FREERDP_VERSION_MAJOR >= 3
    if (name.empty()) name = setting_text(settings, FreeRDP_UserSpecifiedServerName);
#endif
    return name;
}

void describe_target(const rdpSettings* settings, TargetFacts& target) {
    const std::string host = setting_text(settings, FreeRDP_ServerHostname);
    if (host.empty()) return;
    target.host = host;
    target.port = setting_number(settings, FreeRDP_ServerPort);
    target.endpoint = endpoint(host, *target.port, rdp_port);
    target.is_address = is_address(host);
    const std::string name = server_name(settings);
    if (name != host) set_if_any(target.server_name, name);
    target.redirected = setting_number(settings, FreeRDP_RedirectionFlags) != 0;
}

void describe_gateway(const rdpSettings* settings, GatewayFacts& gateway) {
    gateway.used = setting_flag(settings, FreeRDP_GatewayEnabled);
    if (!*gateway.used) return;
    set_if_any(gateway.host, setting_text(settings, FreeRDP_GatewayHostname));
    gateway.port = setting_number(settings, FreeRDP_GatewayPort);
    if (gateway.host) gateway.endpoint = endpoint(*gateway.host, *gateway.port, gateway_port);
    const bool http = setting_flag(settings, FreeRDP_GatewayHttpTransport);
    if (http && setting_flag(settings, FreeRDP_GatewayHttpUseWebsockets))
        gateway.transports.emplace_back("websocket");
    if (http) gateway.transports.emplace_back("HTTP");
    if (setting_flag(settings, FreeRDP_GatewayRpcTransport)) gateway.transports.emplace_back("RPC");
}

}  // namespace

bool password_empty(const rdpContext* context) { return has_no_password(context->settings); }

bool is_redirected(const rdpContext* context) {
    return setting_number(context->settings, FreeRDP_RedirectionFlags) != 0;
}

Facts known_facts(const rdpContext* context) {
    Facts known;
    describe_process(known.client);
    if (!context->settings) return known;
    describe_client(context->settings, known.client);
    describe_target(context->settings, known.target);
    describe_gateway(context->settings, known.gateway);
    return known;
}

}  // namespace preflight
