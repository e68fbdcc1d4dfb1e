# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""What may go wrong between the promise of TLS and the certificate."""
from harness.case import ANY, WAITING, Case
from harness.servers import scripted

LEVEL_2 = {2: ["/tls-seclevel:2"], 3: ["/tls:seclevel:2"]}
ONLY_TLS_1_2 = {2: ["+enforce-tlsv1_2"], 3: ["/tls:enforce:1.2"]}


def row(name: str, scenario: str, id: str, **rest) -> Case:
    return Case(name, scripted(scenario), id=id, stage="tls", **rest)


CASES = [
    row("tls10-only", "tls10-only", "no-shared-tls-version",
        says={2: ["TLS 1.0", "/tls-seclevel:0"], 3: ["TLS 1.0", "/tls:seclevel:0"]}),
    row("tls11-only", "tls11-only", "no-shared-tls-version"),
    row("tls13-only-against-12", "tls13-only", "no-shared-tls-version", args=ONLY_TLS_1_2),
    row("anonymous-cipher", "anonymous-cipher", "no-shared-cipher"),
    row("small-dh", "small-dh", "weak-server-key-or-sha1", args=LEVEL_2),
    row("sha1-signatures", "sha1-signatures", "no-shared-cipher"),
    row("legacy-renegotiation", "legacy-renegotiation", "legacy-renegotiation"),
    row("reset-after-hello", "reset-after-client-hello", "tls-reset-after-clienthello",
        confidence=["likely", "possible"]),
    row("close-after-hello", "close-after-client-hello", "tls-reset-after-clienthello",
        confidence=["likely", "possible"]),
    row("reset-after-hello-12", "reset-after-client-hello", "tls-reset-after-clienthello",
        args=ONLY_TLS_1_2),
    row("reset-after-promise", "reset-after-promise", "tls-reset-after-clienthello",
        confidence=["likely", "possible"]),
    row("reset-after-server-hello", "reset-after-server-hello", ANY,
        confidence=["certain", "likely", "possible"]),
    row("not-tls", "not-tls", "not-tls"),
    row("silent-after-hello", "silent-after-client-hello", "tls-silent", outcome=WAITING,
        patience=8),
    row("silent-after-server-hello", "silent-after-server-hello", "tls-silent",
        outcome=WAITING, patience=8),
    row("alert-internal-error", "alert:80", "tls-reset-after-clienthello",
        says=["internal_error", "80"]),
    row("alert-handshake-failure", "alert:40", "no-shared-cipher", says=["40"]),
    row("alert-protocol-version", "alert:70", "no-shared-tls-version", says=["70"]),
    row("alert-access-denied", "alert:49", "tls-alert", says=["access_denied", "49"]),
    row("alert-unrecognized-name", "alert:112", "tls-alert", says=["unrecognized_name"]),
    row("alert-unknown", "alert:200", "tls-alert", says=["200"]),
]
