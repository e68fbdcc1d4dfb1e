# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""Where a connection is cut: the list of cases, made from its recording."""
from __future__ import annotations

import itertools
from dataclasses import dataclass

from proxy import RECEIVED, SENT, Deed
from steps import records

SECURITY = ["nla", "tls", "tls12", "rdp"]
DEEDS = ["close", "reset", "hold", "single", "flip"]


@dataclass(frozen=True)
class Case:
    security: str
    deed: Deed
    step: str | None  # that the report must name; None: whichever

    @property
    def name(self) -> str:
        deed = self.deed
        if deed.kind == "single":
            return f"{self.security} single bytes"
        return f"{self.security} {deed.kind} {deed.way} {deed.at} ({self.step})"

    @property
    def kind(self) -> str:
        return f"{self.security}, {self.deed.kind}"


def near(starts: list[int], total: int) -> list[int]:
    """At each boundary one of: its first byte, its second byte, the last byte before it."""
    offsets = itertools.cycle((0, 1, -1))
    found = {min(max(0, start + next(offsets)), total - 1) for start in starts}
    return sorted(found)


def first_of_each_step(served, way: str, starts: list[int]) -> list[int]:
    found: dict[str, int] = {}
    for start in starts:
        found.setdefault(served.step(way, start), start)
    return list(found.values())


def places(served, kind: str, way: str, exhaustive: bool) -> list[int]:
    """The bytes at which a deed is done. Holding still is slow: it is done at messages only."""
    stream = served.received if way == RECEIVED else served.sent
    starts = records(stream)
    if kind == "hold":
        return starts if exhaustive else first_of_each_step(served, way, starts)
    if exhaustive:
        return list(range(len(stream)))
    each = {"close": 1, "reset": 4, "flip": 6}[kind]
    return near(starts, len(stream))[::each]


def cuts(served, kind: str, exhaustive: bool) -> list[Case]:
    """Cuts in both directions; only what the server sends is damaged."""
    ways = (RECEIVED,) if kind == "flip" else (RECEIVED, SENT)
    return [Case(served.security, Deed(kind, way, at),
                 None if kind == "flip" else served.step(way, at))
            for way in ways for at in places(served, kind, way, exhaustive)]


def cases(served, deeds: list[str], exhaustive: bool) -> list[Case]:
    found = []
    for kind in deeds:
        if kind == "single":
            found.append(Case(served.security, Deed("single"), None))
        else:
            found += cuts(served, kind, exhaustive)
    return found
