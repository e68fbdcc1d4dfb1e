# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""Certificates that the client does not accept."""
from harness.case import ANY, Case
from harness.real import changed_certificate
from harness.servers import scripted

TLS = ["/sec:tls"]
DENY = ["/sec:tls", "/cert:deny"]
TRUSTED = {"SSL_CERT_FILE": "{ca}"}


def row(name: str, scenario: str, id: str, **rest) -> Case:
    rest = {"args": TLS, **rest}
    return Case(name, scripted(scenario), id=id, stage="certificate", **rest)


def no_second_fix(result) -> list[str]:
    found = [line for line in result.text.splitlines() if line.startswith("  Fix")]
    return [] if len(found) == 1 else ["a name forged a line of the report"]


CASES = [
    row("cert-self-signed", "self-signed", "cert-untrusted-noninteractive",
        says=["/cert:fingerprint:sha256:", "First contact"]),
    row("cert-unknown-authority", "unknown-authority", "cert-untrusted-noninteractive",
        says=["Scripted Server Authority"]),
    row("cert-denied", "self-signed", "cert-denied-by-option", args=DENY),
    row("cert-expired", "expired", "cert-expired", env=TRUSTED, says=["expired on"]),
    row("cert-expired-untrusted", "expired-self-signed", "cert-expired"),
    row("cert-not-yet-valid", "not-yet-valid", "cert-not-yet-valid", env=TRUSTED),
    row("cert-wrong-name", "wrong-name", "cert-name-mismatch", env=TRUSTED,
        says=["other.example.org", "127.0.0.1"]),
    row("cert-many-defects", "many-defects", ANY),
    row("cert-hostile-name", "hostile-name", ANY, never=["\x1b", "\x07"]),
    row("cert-forging-name", "forging-name", ANY, never=["'/v:", "/cert:name:"],
        check=no_second_fix),
    row("cert-many-names", "many-names", ANY),
    Case("cert-huge", scripted("huge-certificate"), id="tls-alert-sent", stage="tls", args=TLS,
         says=["excessive message size"]),
    Case("cert-changed", changed_certificate(), id="cert-changed", stage="certificate", args=TLS),
    Case("cert-changed-denied", changed_certificate(), id="cert-denied-by-option",
         stage="certificate", args=DENY),
    row("cert-rejected", "self-signed", "cert-rejected-by-user", answer="N\n"),
    # Whoever is asked may take long; nobody else is being waited for then.
    row("cert-rejected-late", "self-signed", "cert-rejected-by-user", answer="N\n",
        answer_after=4, never=["still waiting"]),
]
