// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors

// The situations that were found in FreeRDP's sources and in people's reports: each has its entry.
#include <cstdio>
#include <iterator>
#include <set>
#include <string>

#include "cmocka.hpp"
#include "diagnose/catalogue.hpp"

using preflight::Catalogue;

namespace {

/// By step. Ids are public and stay; where an entry has another one, it stands beside it.
constexpr struct {
    const char* situation;
    const char* entry = nullptr;
} situations[] = {
    // local
    {"cli-syntax"},
    {"config-dir-unwritable"},
    {"no-display"},
    {"post-connect-failed"},
    {"regression-gateway-3.27.0", "regression-gateway-3-27-0"},
    // dns, tcp, proxy
    {"dns-name-not-found"},
    {"proxy-env-hijack"},
    {"ipv6-first-unreachable"},
    {"tcp-refused"},
    {"tcp-timeout"},
    // negotiation
    {"hyperv-console-nla"},
    {"inconsistent-flags"},
    {"max-outstanding-connections"},
    {"nla-required-client-off"},
    {"not-rdp-on-port"},
    {"reset-after-x224-request"},
    {"restricted-admin-refused"},
    {"selected-protocol-not-enabled"},
    {"server-has-no-certificate"},
    {"tls-not-allowed-rdp-only"},
    {"tls-required-client-rdp"},
    {"xrdp-key-unreadable"},
    // tls
    {"legacy-renegotiation"},
    {"no-shared-cipher"},
    {"no-shared-tls-version"},
    {"reset-after-clienthello-tls13"},
    {"tls-inspection-or-proxy"},
    {"tls-reset-after-clienthello"},
    {"weak-server-key-or-sha1"},
    // certificate
    {"cert-changed"},
    {"cert-expired"},
    {"cert-name-mismatch"},
    {"cert-untrusted-noninteractive"},
    // authentication
    {"account-disabled"},
    {"account-expired"},
    {"account-locked"},
    {"blank-password"},
    {"channel-binding-mismatch"},
    {"credssp-version-too-old"},
    {"entra-id-user-nla"},
    {"fips-ntlm"},
    {"grd-nla-only"},
    {"kdc-not-found"},
    {"kerberos-clock-skew"},
    {"kerberos-spn-missing"},
    {"legacy-crypto-missing"},
    {"logon-failure"},
    {"logon-hours"},
    {"logon-type-not-granted"},
    {"logon-workstation-restriction"},
    {"nla-close-without-tsrequest"},
    {"no-credentials-supplied"},
    {"no-logon-server"},
    {"ntlm-blocked"},
    {"password-certainly-expired-guess"},
    {"password-expired"},
    {"password-must-change"},
    {"protected-users-ntlm"},
    {"smartcard-no-certificate"},
    {"tls-mode-logon-screen"},
    // mcs, licensing, activation, session
    {"activation-timeout"},
    {"disconnect-ultimatum"},
    {"display-driver-failure"},
    {"insufficient-privileges"},
    {"license-aborted"},
    {"license-protocol-mismatch"},
    {"logoff-by-user-immediately", "signed-out"},
    {"mcs-connect-failed"},
    {"redirect-target-unreachable"},
    {"replaced-by-other"},
    {"server-denied-connection"},
    {"vrde-quirks"},
    // gateway
    {"avd-not-started"},
    {"gw-401"},
    {"gw-cap-denied"},
    {"gw-cookie-denied"},
    {"gw-http-refused"},
    {"gw-rap-denied"},
    {"gw-target-unreachable"},
    {"gw-tls"},
};

void each_situation_has_its_entry(void**) {
    const auto ids = Catalogue::builtin().ids();
    const std::set<std::string> known(ids.begin(), ids.end());
    int missing = 0;
    for (const auto& [situation, entry] : situations) {
        if (known.count(entry ? entry : situation)) continue;
        std::fprintf(stderr, "no entry explains %s\n", situation);
        ++missing;
    }
    assert_int_equal(missing, 0);
    assert_int_equal(std::size(situations), 80);
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {cmocka_unit_test(each_situation_has_its_entry)};
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
