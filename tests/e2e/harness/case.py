# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""One row of the table: a server, a client, and what the report must say."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable, Mapping, Sequence

# A client that waits for ever tells so once; stopped, FreeRDP 3 ends as a failure.
WAITING = {2: "waiting", 3: "*"}
ANY = "*"  # some explanation, whichever
SECRET = "secret-marker-8f3a"  # given as password wherever one is given; must appear nowhere


@dataclass(frozen=True)
class Case:
    """What may differ between FreeRDP 2 and 3 may be a dictionary with the keys 2 and 3."""

    name: str
    server: Callable[..., Any] | None = None  # makes a context manager with .port; None: no server
    id: Any = None  # the leading explanation; None: no report at all
    stage: Any = None
    confidence: Sequence[str] = ("certain", "likely")
    outcome: Any = "failed"
    says: Any = ()  # words that the text must contain
    never: Any = ()  # words that it must not contain
    also: Any = ()  # ids that must be listed beside it
    args: Any = ()
    host: str = "127.0.0.1"
    port: int | None = None  # where no server gives one
    password: bool = True
    env: Mapping[str, str | None] = field(default_factory=dict)
    network: Any = None  # a harness.network.Network
    answer: str | None = None  # typed at the prompt, on a pseudo-terminal
    answer_after: float = 0  # seconds that the user thinks it over
    patience: float | None = None  # the client would wait for ever: SIGTERM after so many seconds
    desktop: bool = False  # a window must open; SIGTERM afterwards
    options: str = ""  # more options of the add-on, such as ",quiet"
    majors: Sequence[int] = (2, 3)
    client: Mapping[int, str] = field(default_factory=dict)  # another program than xfreerdp
    needs: Sequence[str] = ()  # programs without which it is skipped
    check: Callable[..., list[str]] | None = None  # more checks: (result) -> complaints

    def of(self, value: Any, major: int) -> Any:
        """`value`, or its part for this major."""
        if isinstance(value, dict) and set(value) <= {2, 3}:
            return value.get(major)
        return value
