# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""The sign-in: each way in which CredSSP and Kerberos fail, by servers that the client believes."""
from harness.case import ANY, SECRET, WAITING, Case
from harness.later import IN_REALM, REALM_ENV, REALM_NEEDS, realm, session
from harness.servers import scripted

TRUST = ["/cert:ignore"]
ELSEWHERE = [word for word in IN_REALM if not word.startswith("/server-name")] + [
    "/server-name:alias.preflight.test"]


def nla(name: str, scenario: str, identifier, **rest) -> Case:
    server = scripted(scenario, "--password", SECRET)
    rest = {"confidence": ["certain", "likely", "possible"], "args": TRUST,
            "stage": "authentication", **rest}
    return Case(name, server, id=identifier, **rest)


def log_goes_on(result) -> list[str]:
    """What FreeRDP logs of Kerberos, to which the add-on listens, comes out as it would without."""
    def lines(run) -> list[str]:
        return [line.split("] - ", 1)[-1] for line in (run.stdout + run.stderr).splitlines()
                if "[com.winpr.sspi.Kerberos" in line]

    alone, with_addon = lines(result.alone), lines(result.with_addon)
    return [] if alone == with_addon else [f"the log says {with_addon}, alone {alone}"]


def kerberos(name: str, identifier, server=None, **rest) -> Case:
    rest = {"args": IN_REALM, "confidence": ["certain", "likely"], "check": log_goes_on, **rest}
    return Case(f"kerberos-{name}", server or realm(), id=identifier, stage="authentication",
                env=REALM_ENV, needs=REALM_NEEDS, majors=[3], **rest)


CASES = [
    nla("nla-blank-password", "nla-refused:0xC000006E", "blank-password", password=False,
        args=[*TRUST, "/u:user", "/p:"]),
    nla("nla-no-credentials", "nla-refused:0xC000006D", "no-credentials-supplied", password=False),
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
    nla("nla-old-version", "nla-version:2", "nla-close-without-tsrequest", confidence=["certain"],
        says=["authenticate", "access_denied (49)"]),
    nla("nla-denied-negotiate", "nla-denied-negotiate", "sign-in-ended-early",
        says=["The client's last message: negotiate", "access_denied (49)"]),
    nla("nla-denied-authenticate", "nla-denied-authenticate", "nla-close-without-tsrequest",
        says=["access_denied (49)"]),
    nla("nla-denied-credentials", "nla-denied-credentials", "ended-after-credentials",
        stage=None),
    nla("nla-close-negotiate", "nla-close-negotiate", "sign-in-ended-early"),
    nla("nla-close-authenticate", "nla-close-authenticate", "nla-close-without-tsrequest"),
    nla("nla-close-credentials", "nla-close-credentials", "ended-after-credentials", stage=None),
    nla("nla-reset-negotiate", "nla-reset-negotiate", "sign-in-ended-early"),
    nla("nla-reset-authenticate", "nla-reset-authenticate", "nla-close-without-tsrequest"),
    nla("nla-internal-error-early", "nla-internal-error-negotiate",
        "password-certainly-expired-guess", says=["before it: negotiate"]),
    nla("nla-silent-authenticate", "nla-silent-authenticate", "waiting-for-sign-in",
        outcome=WAITING, patience=4),
    nla("nla-wrong-key", "nla-wrong-key", "tls-inspection-or-proxy"),
    nla("nla-restricted-admin", "nla-flags:3", "restricted-admin-refused",
        args=[*TRUST, "/restricted-admin"]),
    nla("nla-remote-guard", "nla-flags:3", "remote-guard-refused", args=[*TRUST, "/remoteGuard"],
        majors=[3]),
    nla("nla-smartcard", "nla-refused:0xC000006D", "smartcard-no-certificate",
        args=[*TRUST, "/smartcard-logon"], majors=[3]),
    # OpenSSL finds no provider with the old algorithms, as where it was built without them.
    nla("nla-no-md4", "nla-refused:0xC000006D", "legacy-crypto-missing",
        env={"OPENSSL_MODULES": "/nonexistent"}, majors=[3]),  # FreeRDP 2 crashes of it
    kerberos("no-kdc", "kdc-not-found", realm(reachable=False), says=["PREFLIGHT.TEST"]),
    kerberos("wrong-password", "wrong-password", password=False,
             args=[*IN_REALM, "/u:user", "/p:other"]),
    kerberos("unknown-user", "kerberos-user-unknown", password=False,
             args=[*IN_REALM, "/u:nobody", f"/p:{SECRET}"]),
    kerberos("unknown-spn", "kerberos-spn-missing", args=ELSEWHERE,
             says=["TERMSRV/alias.preflight.test"]),
    kerberos("kdc-clock", "kerberos-clock-skew", realm(clock=600, timesync=False)),
    kerberos("password-expired", "password-expired", password=False,
             args=[*IN_REALM, "/u:stale", f"/p:{SECRET}"]),
    kerberos("account-expired", "account-expired", password=False,
             args=[*IN_REALM, "/u:expired", f"/p:{SECRET}"]),
    kerberos("account-revoked", "client-revoked", password=False,
             args=[*IN_REALM, "/u:barred", f"/p:{SECRET}"]),
]
