# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""Servers for the steps after TLS: a session server, gateways that refuse, a Kerberos realm."""
from __future__ import annotations

import contextlib
import os
import pathlib
import shutil
import subprocess
from typing import Iterator

import realm as kerberos
from gateway import Gateway

from .case import SECRET
from .context import Context
from .servers import Server, free_port, stop


@contextlib.contextmanager
def _started(context: Context, command: list[str], env: dict[str, str] | None = None):
    """A program that prints its port; yields it."""
    with subprocess.Popen([*context.inside, *command], stdout=subprocess.PIPE, text=True,
                          env={**os.environ, **(env or {})}) as process:
        try:
            yield int(process.stdout.readline())
        finally:
            stop(process)


def session(scenario: str, *options: str):
    """The session server of tests/session-server; its user is "user" with the secret."""

    @contextlib.contextmanager
    def start(context: Context) -> Iterator[Server]:
        program = context.build / "tests/session-server/preflight-session-server"
        with _started(context, [str(program), "--print-port", "--password", SECRET, *options,
                                scenario]) as port:
            yield Server(port)

    return start


def gateway(case: str, behind=None):
    """A gateway of tests/e2e/gateway, {gateway} in `args`, and the server behind it. Its own
    certificate is {ca}."""

    @contextlib.contextmanager
    def start(context: Context) -> Iterator[Server]:
        with contextlib.ExitStack() as stack:
            if case == "closed":
                yield Server(3389, None, free_port())
                return
            own = stack.enter_context(Gateway(case))
            host = stack.enter_context(behind(context)).port if behind else 3389
            yield Server(host, own.folder / "gateway.crt", own.port)

    return start


def via_gateway(kind: str = "http", trust: bool = True) -> dict[int, list[str]]:
    """The client's arguments for it; `kind`: http or rpc. With `trust` no certificate matters."""
    ignore = ["/cert:ignore"] * trust
    return {2: [*ignore, "/g:127.0.0.1:{gateway}", "/gu:user", f"/gp:{SECRET}", f"/gt:{kind}"],
            3: [*ignore, f"/gateway:g:127.0.0.1:{{gateway}},u:user,p:{SECRET},type:{kind}"]}


def realm(clock: int = 0, host_clock: int = 0, reachable: bool = True, timesync: bool = True):
    """A realm, and a host in it that takes its tickets; for a Case of FreeRDP 3 with IN_REALM as
    `args`, REALM_ENV as `env` and REALM_NEEDS as `needs`. Clocks are in seconds ahead."""

    @contextlib.contextmanager
    def start(context: Context) -> Iterator[Server]:
        with contextlib.ExitStack() as stack:
            own = stack.enter_context(kerberos.Realm(clock=clock, password=SECRET))
            env = own.env(reachable=reachable, timesync=timesync)
            shutil.copy(env["KRB5_CONFIG"], context.folder / "krb5.conf")
            behind = stack.enter_context(session("disconnected")(context))
            skewed = kerberos.faketime(host_clock) if host_clock else {}
            host = str(pathlib.Path(kerberos.__file__).with_name("host.py"))
            command = [kerberos.interpreter(), host, *own.identity(), "--behind", str(behind.port)]
            port = stack.enter_context(_started(
                context, command,
                {**own.server_env(), **skewed}))
            yield Server(port)

    return start


IN_REALM = ["/cert:ignore", "/sec:nla", f"/d:{kerberos.NAME}", f"/server-name:{kerberos.HOST}",
            "/auth-pkg-list:!ntlm"]
REALM_ENV = {"KRB5_CONFIG": "{folder}/krb5.conf", "KRB5CCNAME": "FILE:{folder}/cache"}
REALM_NEEDS = kerberos.missing()
