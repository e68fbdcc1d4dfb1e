# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""What happens after the certificate: the step is named, and FreeRDP's code explained."""
from harness.case import WAITING, Case
from harness.servers import scripted

TRUST = ["/cert:ignore"]
TRUST_TLS = ["/cert:ignore", "/sec:tls"]


def row(name: str, scenario: str, stage: str, **rest) -> Case:
    rest = {"args": TRUST_TLS, "confidence": ["certain", "likely", "possible"], **rest}
    return Case(name, scripted(scenario), stage=stage, **rest)


CASES = [
    row("close-after-handshake", "close-after-handshake", "mcs", id="mcs-ended"),
    row("reset-after-handshake", "reset-after-handshake", "mcs", id="mcs-ended"),
    row("reset-after-mcs", "reset-after-mcs", "mcs", id="mcs-ended"),
    row("silent-after-mcs", "silent-after-mcs", "mcs", id="still-waiting", outcome=WAITING,
        patience=4),
    row("nla-close", "nla-close", "authentication", id="sign-in-ended-early", args=TRUST),
    row("nla-reset", "nla-reset", "authentication", id="sign-in-ended-early", args=TRUST),
    row("nla-logon-failure", "nla-status:0xC000006D", "authentication", id="logon-failure",
        args=TRUST),
    row("nla-locked-out", "nla-status:0xC0000234", "authentication", id="account-locked",
        args=TRUST),
    row("nla-unmapped", "nla-status:0xC0000133", "authentication", id="kerberos-clock-skew",
        args=TRUST),
]
