# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""MCS, licensing, activation and the session: a server that goes all the way and then fails."""
from harness.case import ANY, WAITING, Case
from harness.later import session
from harness.servers import scripted

TLS = ["/cert:ignore", "/sec:tls"]
ANY_CONFIDENCE = ["certain", "likely", "possible"]


def row(name: str, scenario: str, stage: str, identifier, *options: str, **rest) -> Case:
    rest = {"confidence": ANY_CONFIDENCE, "args": TLS, **rest}
    return Case(name, session(scenario, *options), stage=stage, id=identifier, **rest)


def error_info(code: str, identifier: str, **rest) -> Case:
    return row(f"error-info-{code}", f"error-info={code}", "session", identifier, **rest)


def mcs(name: str, scenario: str, identifier: str) -> Case:
    return Case(name, scripted(scenario), stage="mcs", id=identifier, args=TLS)


CASES = [
    mcs("mcs-refused", "mcs-refused:14", "mcs-connect-failed"),
    mcs("attach-refused", "attach-refused:2", "mcs-connect-failed"),
    mcs("join-refused", "join-refused:2", "mcs-channel-refused"),
    row("license-2", "license=2", "licensing", "license-aborted", confidence=["certain"]),
    row("license-8", "license=8", "licensing", "license-aborted", confidence=["certain"]),
    row("license-silent", "silent=licensing", "licensing", ANY, outcome=WAITING, patience=6),
    row("license-reset", "reset=licensing", "licensing", "licensing-ended"),
    row("activation-silent", "silent=demand-active", "activation", ANY, outcome=WAITING,
        patience=6),
    row("activation-timeout", "silent=demand-active", "activation", "activation-timeout",
        majors=[3]),
    row("activation-reset", "reset=demand-active", "activation", "activation-ended"),
    row("error-info-before-session", "error-info-connect=7", None, "server-denied-connection"),
    row("logon-error", "logon-error-connect=0xFFFFFFFA,2", None, "logon-denied-in-session"),
    row("redirect-unreachable", "redirect=127.0.0.2", None, "redirect-target-unreachable"),
    Case("session-healthy", session("healthy"), args=TLS, desktop=True),
    Case("session-redirected", session("redirect=127.0.0.1"), args=TLS, desktop=True),
    Case("session-disconnected", session("disconnected"), args=TLS),
    Case("session-logged-off", session("logged-off"), args=TLS),
    Case("session-error-info-none", session("error-info-only=0"), args=TLS, desktop=True),
]

# What the report shall say, and does not say yet: the end of an active session, first of all.
PENDING = [
    row("activation-timeout-2", "silent=demand-active", "activation", "activation-timeout",
        majors=[2]),
    error_info("5", "replaced-by-other", confidence=["certain"]),
    error_info("7", "server-denied-connection", confidence=["certain"]),
    error_info("9", "insufficient-privileges"),
    error_info("3", "session-limit", confidence=["certain"]),
    error_info("0x10A", "license-refused", confidence=["certain"]),
    error_info("0x112F", "display-driver-failure", confidence=["certain"]),
    error_info("0x777", "error-info"),
    row("ultimatum", "ultimatum-connect=1", None, "disconnect-ultimatum"),
    row("session-reset", "reset=active,1", "session", "session-ended"),
    row("rdp-security-error-info", "error-info=7", "session", "server-denied-connection",
        "--security", "rdp", args=["/cert:ignore", "/sec:rdp"]),
]
