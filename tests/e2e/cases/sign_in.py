# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""The sign-in: each way in which CredSSP and Kerberos fail, by servers that the client believes."""
from harness.case import ANY, SECRET, WAITING, Case
from harness.later import IN_REALM, REALM_ENV, REALM_NEEDS, realm, session
from harness.servers import scripted

TRUST = ["/cert:ignore"]


def nla(name: str, scenario: str, identifier, **rest) -> Case:
    server = scripted(scenario, "--password", SECRET)
    rest = {"confidence": ["certain", "likely", "possible"], "args": TRUST,
            "stage": "authentication", **rest}
    return Case(name, server, id=identifier, **rest)


def refused(status: str, identifier: str, **rest) -> Case:
    return nla(f"nla-refused-{identifier}", f"nla-refused:{status}", identifier, **rest)


def kerberos(name: str, identifier, server=None, **rest) -> Case:
    rest = {"args": IN_REALM, "confidence": ["certain", "likely"], **rest}
    return Case(f"kerberos-{name}", server or realm(), id=identifier, stage="authentication",
                env=REALM_ENV, needs=REALM_NEEDS, majors=[3], **rest)


CASES = [
    refused("0xC000006D", "logon-failure"),
    refused("0xC000006A", "wrong-password"),
    refused("0xC0000064", "no-such-user"),
    refused("0xC000006E", "protected-users-ntlm"),
    refused("0xC000006F", "logon-hours"),
    refused("0xC0000070", "logon-workstation-restriction"),
    refused("0xC0000071", "password-expired"),
    refused("0xC0000072", "account-disabled"),
    refused("0xC0000193", "account-expired"),
    refused("0xC0000224", "password-must-change"),
    refused("0xC0000234", "account-locked"),
    refused("0xC000015B", "logon-type-not-granted"),
    refused("0xC0000022", "access-denied"),
    refused("0xC000005E", "no-logon-server"),
    refused("0xC0000418", "ntlm-blocked"),
    refused("0xC000035B", "channel-binding-mismatch"),
    nla("nla-clock-ahead", "nla-clock-ahead:600", "kerberos-clock-skew"),
    nla("nla-clock-behind", "nla-clock-behind:600", "kerberos-clock-skew"),
    nla("nla-workgroup", "nla-workgroup", "logon-failure"),
    nla("nla-internal-error", "nla-internal-error-authenticate",
        "password-certainly-expired-guess"),
    nla("nla-reset-credentials", "nla-reset-credentials", ANY, stage=None),  # or already at mcs
    nla("nla-silent", "nla-silent-negotiate", "waiting-for-sign-in", outcome=WAITING, patience=4),
    nla("nla-authorisation", "nla-authorisation:5", "insufficient-privileges",
        args=[*TRUST, "/sec:ext"], majors=[3]),
    Case("nla-session", session("healthy", "--security", "nla"), args=TRUST, desktop=True),
    kerberos("host-clock", "kerberos-clock-skew", realm(host_clock=600)),
    Case("kerberos-session", realm(), args=IN_REALM, env=REALM_ENV, needs=REALM_NEEDS,
         majors=[3]),
]

# What the report shall say, and does not say yet.
PENDING = [
    nla("nla-old-version", "nla-version:2", "nla-close-without-tsrequest"),
    nla("nla-denied-negotiate", "nla-denied-negotiate", "nla-close-without-tsrequest"),
    nla("nla-denied-authenticate", "nla-denied-authenticate", "nla-close-without-tsrequest"),
    nla("nla-close-negotiate", "nla-close-negotiate", "sign-in-ended-early"),
    nla("nla-close-authenticate", "nla-close-authenticate", "nla-close-without-tsrequest"),
    nla("nla-wrong-key", "nla-wrong-key", "tls-inspection-or-proxy"),
    kerberos("no-kdc", "kdc-not-found", realm(reachable=False)),
    kerberos("wrong-password", "logon-failure", args=[*IN_REALM, "/p:other"]),
    kerberos("unknown-user", "kerberos-user-unknown", args=[*IN_REALM, "/u:nobody"]),
    kerberos("unknown-spn", "kerberos-spn-missing",
             args=[*IN_REALM, "/server-name:alias.preflight.test"]),
    kerberos("kdc-clock", "kerberos-clock-skew", realm(clock=600, timesync=False)),
    kerberos("password-expired", "password-expired", args=[*IN_REALM, "/u:stale"]),
    kerberos("account-expired", "account-expired", args=[*IN_REALM, "/u:expired"]),
    kerberos("account-revoked", "account-disabled", args=[*IN_REALM, "/u:barred"]),
]
