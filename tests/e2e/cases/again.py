# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""What the add-on learns when it asks the host again after a failure."""
from __future__ import annotations

from harness.case import WAITING, Case
from harness.servers import scripted

CERTAIN = ["certain"]
ASKED = "Asked again, without signing in"
ONLY_NLA, ONLY_TLS = ["/sec:nla"], ["/sec:tls"]


def bounded(result) -> list[str]:
    """At most four connections in three seconds, and the facts say how many."""
    again = result.report["facts"].get("again", {})
    complaints = []
    if not 1 <= again.get("connections", 0) <= 4:
        complaints.append(f"connections: {again.get('connections')}")
    if again.get("duration_ms", 9999) > 3200:
        complaints.append(f"took {again.get('duration_ms')} ms")
    return complaints


def nothing_asked(result) -> list[str]:
    facts = result.report["facts"]
    return ["asked again"] if "again" in facts or "answers_now" in facts.get("tcp", {}) else []


def row(name: str, scenario: str, id: str, stage: str, **rest) -> Case:
    rest.setdefault("check", bounded)
    rest.setdefault("says", [ASKED])
    return Case(f"again-{name}", scripted(scenario), id=id, stage=stage, **rest)


CASES = [
    row("tls13-intolerant", "tls13-intolerant", "tls13-not-tolerated", "tls", confidence=CERTAIN,
        says=[ASKED, "TLS 1.2 works"]),
    # OpenSSL sends post-quantum keys from 3.5 on, which only the later of the two systems has.
    row("long-hello", "long-hello-intolerant", "tls-greeting-too-long", "tls", majors=[3],
        confidence=CERTAIN, says=[ASKED, "post-quantum"]),
    row("hello-reset-whatever", "reset-after-client-hello", "tls-reset-after-clienthello", "tls",
        says=["TLS 1.2 alone: reset"]),
    row("old-signatures", "sha1-signatures", "no-shared-cipher", "tls", confidence=CERTAIN),
    row("reset-once", "reset-first:2", "answers-now", "negotiation", args=ONLY_TLS,
        confidence=CERTAIN),
    row("hello-reset-once", "reset-hello-first:2", "answers-now", "tls", args=ONLY_TLS,
        confidence=CERTAIN),
    row("silent-once", "silent-first:1", "answers-now", "negotiation", outcome=WAITING,
        patience=6, confidence=CERTAIN),
    row("silent-for-ever", "silent", "server-silent", "negotiation", outcome=WAITING, patience=8),
    row("hello-silent", "silent-after-client-hello", "tls-silent", "tls", outcome=WAITING,
        patience=8),
    row("nla-unwanted", "reset-on-nla", "answers-other-request", "negotiation", args=ONLY_NLA,
        confidence=CERTAIN, says=[ASKED, "/sec:tls"]),
    row("forbidden", "tls13-intolerant", "reset-after-clienthello-tls13", "tls",
        options=",probe:off", says=["can't use its certificate"], never=[ASKED],
        check=nothing_asked),
    row("after-sign-in", "nla-reset", "sign-in-ended-early", "authentication",
        args=["/cert:ignore"], confidence=["certain", "likely", "possible"], says=[],
        never=[ASKED], check=nothing_asked),
]
