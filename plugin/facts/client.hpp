// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/fields.hpp"

namespace preflight {

/// The program that connects, and what it was asked to do.
struct ClientFacts {
    Maybe<std::string> program;
    Maybe<std::string> family;
    Maybe<std::string> freerdp_version;
    Maybe<std::string> openssl_version;
    Maybe<std::string> platform;
    Maybe<std::string> time;
    Maybe<bool> interactive;
    Maybe<bool> display_set;
    Maybe<bool> home_writable;
    Maybe<bool> user_given;
    Maybe<bool> password_empty;
    Maybe<bool> smartcard;
    Maybe<bool> restricted_admin;
    Maybe<bool> remote_guard;
    Maybe<std::string> kdc_proxy;
    Maybe<bool> fips;
    Maybe<bool> md4;
    Texts security;
    Maybe<bool> negotiate;
    Maybe<std::int64_t> tls_security_level;
    Maybe<std::string> tls_min_version;
    Maybe<std::string> tls_max_version;
    Maybe<std::string> tls_ciphers;
    Maybe<std::string> certificate_policy;
    Maybe<bool> auth_only;
    Maybe<std::int64_t> connect_timeout_ms;
    Maybe<std::int64_t> activation_timeout_ms;
    Maybe<bool> auto_reconnect;
    Maybe<bool> prefer_ipv6;
    Maybe<std::string> config_path;
    Maybe<bool> tls_observed;
    Maybe<std::string> errinfo;

    template <class V>
    static void describe(V& v) {
        v("program", &ClientFacts::program,
          "name of the running program, as typed: xfreerdp, xfreerdp3, remmina");
        v("family", &ClientFacts::family,
          "kind of program: freerdp (a FreeRDP command line), remmina, other");
        v("freerdp_version", &ClientFacts::freerdp_version,
          "version of the FreeRDP library in use");
        v("openssl_version", &ClientFacts::openssl_version,
          "version of the OpenSSL library in use");
        v("platform", &ClientFacts::platform, "operating system: linux, macos, other");
        v("time", &ClientFacts::time, "this computer's clock, ISO 8601 in UTC");
        v("interactive", &ClientFacts::interactive,
          "whether a terminal can answer questions on standard input");
        v("display_set", &ClientFacts::display_set, "whether DISPLAY or WAYLAND_DISPLAY is set");
        v("home_writable", &ClientFacts::home_writable,
          "whether FreeRDP's configuration directory can be written");
        v("user_given", &ClientFacts::user_given, "whether a user name was given (never which)");
        v("password_empty", &ClientFacts::password_empty,
          "whether the password was empty when the sign-in had ended (never which it was)");
        v("smartcard", &ClientFacts::smartcard, "whether the client was to use a smart card");
        v("restricted_admin", &ClientFacts::restricted_admin,
          "whether Restricted Admin mode was asked for");
        v("remote_guard", &ClientFacts::remote_guard,
          "whether Remote Credential Guard was asked for");
        v("kdc_proxy", &ClientFacts::kdc_proxy,
          "the KDC proxy that the client was given, in place of finding a Kerberos server");
        v("fips", &ClientFacts::fips, "whether this computer runs in FIPS mode");
        v("md4", &ClientFacts::md4,
          "whether OpenSSL or FreeRDP itself offers MD4, which NTLM needs");
        v("security", &ClientFacts::security,
          "security protocols the client allows: RDP, TLS, NLA, EXT, AAD");
        v("negotiate", &ClientFacts::negotiate,
          "whether the client negotiates the security protocol");
        v("tls_security_level", &ClientFacts::tls_security_level,
          "OpenSSL security level the client was set to");
        v("tls_min_version", &ClientFacts::tls_min_version,
          "lowest TLS version the client was set to, such as TLS 1.2");
        v("tls_max_version", &ClientFacts::tls_max_version,
          "highest TLS version the client was set to");
        v("tls_ciphers", &ClientFacts::tls_ciphers, "cipher list the client was given");
        v("certificate_policy", &ClientFacts::certificate_policy,
          "what the client does with a certificate it does not trust: ask, tofu, deny, ignore");
        v("auth_only", &ClientFacts::auth_only,
          "whether the client only checks the sign-in (+auth-only)");
        v("connect_timeout_ms", &ClientFacts::connect_timeout_ms,
          "limit for a TCP connection, in milliseconds");
        v("activation_timeout_ms", &ClientFacts::activation_timeout_ms,
          "limit for what follows the TLS handshake up to the session (/timeout), in milliseconds");
        v("auto_reconnect", &ClientFacts::auto_reconnect,
          "whether the client connects again by itself when a session is lost (+auto-reconnect)");
        v("prefer_ipv6", &ClientFacts::prefer_ipv6,
          "whether the client takes an IPv6 address before an IPv4 one (/ipv6)");
        v("config_path", &ClientFacts::config_path, "FreeRDP's configuration directory");
        v("tls_observed", &ClientFacts::tls_observed, "whether the TLS library could be observed");
        v("errinfo", &ClientFacts::errinfo,
          "whether preflight switched on error info from the server: on, as-set");
    }
};

/// The host that is to be reached.
struct TargetFacts {
    Maybe<std::string> host;
    Maybe<std::int64_t> port;
    Maybe<std::string> endpoint;
    Maybe<bool> is_address;
    Maybe<std::string> server_name;
    Maybe<bool> redirected;

    template <class V>
    static void describe(V& v) {
        v("host", &TargetFacts::host, "host as given to the client");
        v("port", &TargetFacts::port, "TCP port");
        v("endpoint", &TargetFacts::endpoint,
          "host, with :port unless it is 3389; IPv6 in brackets");
        v("is_address", &TargetFacts::is_address,
          "whether the host was given as a numeric address");
        v("server_name", &TargetFacts::server_name,
          "name that the certificate is checked against, where it differs from the host");
        v("redirected", &TargetFacts::redirected,
          "whether a server redirected the client to this host");
    }
};

/// The client's own verdict.
struct FreerdpFacts {
    Maybe<std::int64_t> result;
    Maybe<std::int64_t> code;
    Maybe<std::string> code_hex;
    Maybe<std::string> name;
    Maybe<std::string> text;
    Maybe<std::string> kind;
    Maybe<std::string> state;
    Maybe<bool> activation_timeout;

    template <class V>
    static void describe(V& v) {
        v("result", &FreerdpFacts::result, "result of the connect call: 0 or -1");
        v("code", &FreerdpFacts::code, "FreeRDP's last error");
        v("code_hex", &FreerdpFacts::code_hex, "the same as 0x%08X");
        v("name", &FreerdpFacts::name,
          "name of the last error, such as ERRCONNECT_TLS_CONNECT_FAILED");
        v("text", &FreerdpFacts::text, "FreeRDP's own text for it");
        v("kind", &FreerdpFacts::kind, "none, connect (ERRCONNECT_*), errinfo (ERRINFO_*), other");
        v("state", &FreerdpFacts::state, "name of the last connection state that FreeRDP reported");
        v("activation_timeout", &FreerdpFacts::activation_timeout,
          "whether FreeRDP's limit for reaching the session ran out; FreeRDP 2 gives no error "
          "then");
    }
};

/// What stopped the client before it dialled.
struct LocalFacts {
    Maybe<std::string> missing_addin;
    Maybe<std::string> problem;
    Maybe<std::string> detail;

    template <class V>
    static void describe(V& v) {
        v("missing_addin", &LocalFacts::missing_addin, "another add-in that could not be loaded");
        v("problem", &LocalFacts::problem, "add-in, display, post-connect, options, other");
        v("detail", &LocalFacts::detail, "what is known about it, in words");
    }
};

}  // namespace preflight
