# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""The client's command line for a gateway, and the rows of the survey."""
from __future__ import annotations

import contextlib
import shlex

import survey

from . import EXAMPLES, Gateway


def arguments(major: int, port: int, kind: str = "http") -> list[str]:
    """What makes a client of this major use the gateway. `kind`: http, rpc or auto."""
    if major == 2:
        return [f"/g:127.0.0.1:{port}", "/gu:user", "/gp:password", f"/gt:{kind}"]
    return [f"/gateway:g:127.0.0.1:{port},u:user,p:password,type:{kind}"]


def rows(options):
    """Each case: its name and what the client did. --option=rpc or auto: another transport.
    --server: the session server, as the host behind the gateway."""
    major = 3 if "3" in options.client else 2
    kind = options.option[0] if options.option else "http"
    for case in options.case or EXAMPLES:
        with contextlib.ExitStack() as stack:
            gateway = stack.enter_context(Gateway(case))
            host = 1  # where nothing listens
            if options.server:
                host = stack.enter_context(survey.server(options.server, "disconnected"))
            command = [*shlex.split(options.client), f"/v:host.example.com:{host}", "/u:user",
                       "/p:password", "/cert:ignore", *arguments(major, gateway.port, kind),
                       *options.arg]
            yield case, survey.observe(command, {}, options.patience)
