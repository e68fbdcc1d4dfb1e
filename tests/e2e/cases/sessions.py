# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""MCS, licensing, activation and the session: a server that goes all the way and then fails."""
from harness.case import ANY, WAITING, Case
from harness.later import session
from harness.servers import scripted

TLS = ["/cert:ignore", "/sec:tls"]
RDP = ["/cert:ignore", "/sec:rdp"]
ANY_CONFIDENCE = ["certain", "likely", "possible"]


def row(name: str, scenario: str, stage: str, identifier, *options: str, **rest) -> Case:
    rest = {"confidence": ANY_CONFIDENCE, "args": TLS, **rest}
    return Case(name, session(scenario, *options), stage=stage, id=identifier, **rest)


def error_info(code: str, identifier: str, **rest) -> Case:
    return row(f"error-info-{code}", f"error-info={code}", "session", identifier,
               outcome="ended", **rest)


def one_line(result) -> list[str]:
    lines = result.text.splitlines()
    return [] if len(lines) == 1 else [f"{len(lines)} lines in place of one"]


def ending(name: str, scenario: str, identifier: str, **rest) -> Case:
    return row(name, scenario, "session", identifier, outcome="ended", confidence=["certain"],
               check=one_line, **rest)


def lost(name: str, scenario: str, *options: str, **rest) -> Case:
    return row(name, scenario, "session", "session-ended", *options, outcome="ended",
               confidence=["certain"], **rest)


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
        confidence=["certain"], says=["the server to start the session", "/timeout:60000"]),
    row("license-2-goes-on", "license=2,2", None, "license-aborted"),
    row("activation-reset", "reset=demand-active", "activation", "activation-ended"),
    row("error-info-before-session", "error-info-connect=7", None, "server-denied-connection"),
    row("logon-error", "logon-error-connect=0xFFFFFFFA,2", None, "logon-denied-in-session"),
    row("redirect-unreachable", "redirect=127.0.0.2", None, "redirect-target-unreachable"),
    Case("session-healthy", session("healthy"), args=TLS, desktop=True),
    Case("session-checked-first", session("healthy"), args=TLS, options=",check", desktop=True),
    Case("session-redirected", session("redirect=127.0.0.1"), args=TLS, desktop=True),
    Case("session-disconnected", session("disconnected"), args=TLS),
    Case("session-logged-off", session("logged-off"), args=TLS),
    Case("session-error-info-none", session("error-info-only=0"), args=TLS, desktop=True),
]

# A session that ends for a reason. What ends in an ordinary way takes one line.
CASES += [
    error_info("7", "server-denied-connection", confidence=["certain"]),
    error_info("9", "insufficient-privileges"),
    error_info("0x10A", "license-refused", confidence=["certain"]),
    error_info("0x112F", "display-driver-failure", confidence=["certain"]),
    error_info("0x777", "error-info"),
    ending("error-info-1", "error-info=1", "ended-by-administrator"),
    ending("error-info-2", "error-info=2", "ended-by-administrator"),
    ending("error-info-3", "error-info=3", "session-limit"),
    ending("error-info-5", "error-info=5", "replaced-by-other"),
    ending("session-ultimatum", "ultimatum=1", "disconnect-ultimatum"),
    Case("session-ultimatum-user", session("ultimatum=3"), args=TLS),
    row("ultimatum", "ultimatum-connect=1", "activation", "disconnect-ultimatum",
        never=["administrator on the host"]),
    row("ultimatum-user", "ultimatum-connect=3", "activation", "disconnect-ultimatum"),
    row("logon-error-then-end", "logon-error-end=0xFFFFFFFA,2,12", "session",
        "logon-denied-in-session", outcome="ended"),
    row("logon-error-on-screen", "logon-error=0xC000006D,0", "session", "tls-mode-logon-screen",
        outcome="connected", patience=5, check=one_line),
    Case("logon-continues", session("logon-error=0xFFFFFFFE,2"), args=TLS, desktop=True),
    lost("session-reset", "reset=active,1", says=["broke", "(reset)"]),
    lost("session-closed", "close=active,1"),
    lost("session-dropped", "drop=active,1"),
    row("rdp-security-error-info", "error-info=7", "session", "server-denied-connection",
        "--security", "rdp", args=RDP, outcome="ended"),
    row("rdp-security-closed", "close=licensing", None, ANY, "--security", "rdp", args=RDP,
        also=["standard-security-unreadable", "password-not-checked"]),
]

# The client tries to get a lost session back.
CASES += [
    Case("reconnect-succeeds", session("drop=active,1", "--then", "healthy"),
         args=[*TLS, "+auto-reconnect"], patience=8),
    lost("reconnect-in-vain", "drop=active,1", "--then", "close=signed-in", says=["2 tries"],
         args=[*TLS, "+auto-reconnect", "/auto-reconnect-max-retries:2"]),
    lost("reconnect-host-gone", "drop=active,1", "--leave", args=[*TLS, "+auto-reconnect",
         "/auto-reconnect-max-retries:2"], says=["ECONNREFUSED"]),
]

# Where the password was never checked, nothing says that it was right.
CASES += [
    row("auth-only-tls", "healthy", None, "auth-only-checked-nothing", outcome="connected",
        args=[*TLS, "+auth-only"], confidence=["certain"], check=one_line),
    Case("auth-only-nla", session("healthy", "--security", "nla"),
         args=["/cert:ignore", "/sec:nla", "+auth-only"]),
]
