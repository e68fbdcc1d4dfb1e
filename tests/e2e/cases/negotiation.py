# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""What a server may answer to the X.224 connection request."""
from harness.case import WAITING, Case
from harness.servers import scripted

RDP, TLS, NLA = ["/sec:rdp"], ["/sec:tls"], ["/sec:nla"]


def row(name: str, scenario: str, id: str, **rest) -> Case:
    return Case(name, scripted(scenario), id=id, stage="negotiation", **rest)


CASES = [
    row("nla-required-tls", "nla-required", "nla-required-client-off", args=TLS,
        confidence=["certain"], says=["{client} /v:127.0.0.1"]),
    row("nla-required-rdp", "nla-required", "nla-required-client-off", args=RDP),
    row("tls-required", "tls-required", "tls-required-client-rdp", args=RDP,
        confidence=["certain"]),
    row("rdp-only-tls", "rdp-only", "tls-not-allowed-rdp-only", args=TLS),
    row("rdp-only-nla", "rdp-only", "tls-not-allowed-rdp-only", args=NLA),
    row("no-certificate", "no-certificate", "server-has-no-certificate"),
    row("inconsistent-flags", "inconsistent-flags", "inconsistent-flags"),
    row("user-auth-required", "user-auth-required", "user-auth-required",
        confidence=["certain"], says=["6"]),
    row("unknown-failure", "failure:42", "unknown-negotiation-failure", says=["42"]),
    row("unasked-protocol", "unasked-protocol", "selected-protocol-not-enabled", args=TLS),
    row("no-negotiation-data", "no-negotiation-data", "selected-protocol-not-enabled", args=NLA),
    row("silent", "silent", "server-silent", outcome=WAITING, patience=8),
    row("half-answer", "half-answer", "server-silent", outcome=WAITING, patience=8),
    row("reset-after-request", "reset-after-request", "reset-after-x224-request"),
    row("close-after-request", "close-after-request", "reset-after-x224-request"),
    row("reset-on-accept", "reset-on-accept", "reset-after-x224-request"),
    row("garbage", "garbage", "not-rdp-on-port", never=["\x1b"]),
    row("ssh", "ssh", "not-rdp-on-port", says=["SSH", "OpenSSH_9.2"]),
    row("http", "http", "not-rdp-on-port", says=["web server"]),
    row("vnc", "vnc", "not-rdp-on-port", says=["VNC"]),
    row("tls-port", "tls-port", "not-rdp-on-port", says=["TLS"]),
    row("smtp", "smtp", "not-rdp-on-port", says=["220 mail.example.org"]),
]
