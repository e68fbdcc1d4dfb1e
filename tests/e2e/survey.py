#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""What a real client alone prints, and its exit code: a Markdown table.

survey.py servers --server build/tests/session-server/preflight-session-server SCENARIO...
survey.py realm --server build/tests/session-server/preflight-session-server [CASE...]
survey.py gateway [CASE...]
Needs an X server in DISPLAY; realm needs FreeRDP 3 and krb5-kdc, gateway nginx."""
from __future__ import annotations

import argparse
import contextlib
import os
import pathlib
import re
import shlex
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from typing import Iterator

LOGGED = re.compile(r"^\[[\d:]+\] \[[\d:a-f]+\] \[(\w+)\s*\]\[[\w.]+\](?: -|:) (.*)$")
CHATTER = re.compile(
    r"framebuffer|backend for|Virtual Channel|TODO: Trying|Certificate verification|self.signed|"
    r"VERSIONS? OF|@@@|keyboard|keycode|Warning|CN = |Backtrace|^\d+: /|[Cc]aught signal|"
    r"overridden|signal handler|creat(ing|ed) directory|freerdp_post_connect failed|"
    r"ReceiveCallback\(\)|"
    r"binary blob::|expected messageChannelId|status STATE_RUN_FAILED|nla_recv_pdu\(\) fail")

NO_REALM = {"KRB5_CONFIG": "/dev/null"}  # else Debian's example realms slow each sign-in down


@dataclass
class Seen:
    """What a client did: its exit code (None: it had to be ended) and the lines that matter."""

    code: int | None
    lines: list[str]
    seconds: float
    output: str = field(repr=False, default="")

    def row(self, name: str, limit: int) -> str:
        code = f"none in {self.seconds:.0f} s" if self.code is None else str(self.code)
        cells = [f"`{line}`".replace("|", "\\|") for line in self.lines[-limit:]]
        return f"| `{name}` | {code} | {'<br>'.join(cells)} |"


def words(output: str) -> list[str]:
    """Lines of FreeRDP's log without times, thread numbers and chatter, each once."""
    found: list[str] = []
    for line in output.splitlines():
        match = LOGGED.match(line)
        if not match or match[1] in ("DEBUG", "TRACE"):
            continue
        text = re.sub(r"\[0x[0-9a-f]{12,}\]|\[\w+\]: |freerdp_set_last_error_ex ", "", match[2])
        text = re.sub(r"\s+", " ", text).strip()
        if text and not CHATTER.search(text) and text not in found:
            found.append(text)
    return found


def observe(command: list[str], env: dict[str, str], patience: float) -> Seen:
    """Runs the client once, with a home of its own."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as home:
        pathlib.Path(home, ".config/freerdp/server").mkdir(parents=True)
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, errors="replace",
                              start_new_session=True,
                              env={**os.environ, "HOME": home, **NO_REALM, **env}) as client:
            try:
                output, _ = client.communicate(timeout=patience)
                code = client.returncode
            except subprocess.TimeoutExpired:
                os.killpg(client.pid, signal.SIGKILL)
                output, _ = client.communicate()
                code = None
    return Seen(code, words(output), time.monotonic() - began, output)


@contextlib.contextmanager
def server(program: str, *arguments: str, env: dict[str, str] | None = None) -> Iterator[int]:
    """One of our own servers; yields its port."""
    with subprocess.Popen([program, *arguments, "--print-port"], stdout=subprocess.PIPE, text=True,
                          env={**os.environ, **(env or {})}) as process:
        try:
            port = process.stdout.readline().strip()
            if not port:
                raise SystemExit(f"{program} does not start with {' '.join(arguments)}")
            yield int(port)
        finally:
            process.terminate()


def servers(options: argparse.Namespace) -> Iterator[tuple[str, Seen]]:
    for scenario in options.case:
        with server(options.server, *shlex.split(" ".join(options.option)), scenario) as port:
            command = [*shlex.split(options.client), f"/v:{options.host}:{port}", "/u:user",
                       "/p:password", "/cert:ignore", *options.arg]
            yield scenario, observe(command, {}, options.patience)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("subject", choices=("servers", "realm", "gateway"))
    parser.add_argument("--server", help="the program that serves")
    parser.add_argument("--client", default="xfreerdp")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--arg", action="append", default=[], help="one more for the client")
    parser.add_argument("--option", action="append", default=[], help="more for the server")
    parser.add_argument("--patience", type=float, default=15)
    parser.add_argument("--lines", type=int, default=4)
    parser.add_argument("--output", action="store_true", help="all that the client prints, too")
    parser.add_argument("case", nargs="*")
    options = parser.parse_intermixed_args()
    rows = servers
    if options.subject == "realm":
        from realm.cases import rows
    elif options.subject == "gateway":
        from gateway.cases import rows
    print("| case | exit | prints |\n|---|---|---|")
    for name, seen in rows(options):
        print(seen.row(name, options.lines), flush=True)
        if options.output:
            print(seen.output)


if __name__ == "__main__":
    main()
