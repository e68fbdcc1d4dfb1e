# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""What all parts of a run know."""
from __future__ import annotations

import dataclasses
import pathlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Context:
    source: pathlib.Path  # the source tree
    build: pathlib.Path
    client: str  # the program, such as xfreerdp or xfreerdp3
    major: int
    version: str  # of FreeRDP, such as 2.11.7
    display: str
    folder: pathlib.Path = pathlib.Path("/nonexistent")  # of this case: home, JSON, logs
    inside: tuple[str, ...] = ()  # words before a command, to run it in the case's network

    @property
    def scripted_server(self) -> pathlib.Path:
        return self.build / "tests" / "server" / "rdp-scripted-server"

    def with_(self, **changes) -> "Context":
        return dataclasses.replace(self, **changes)
