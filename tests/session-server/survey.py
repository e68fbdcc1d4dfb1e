#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""What a real client prints, and its exit code, for each scenario of a server: a Markdown table.

survey.py --server build/tests/session-server/preflight-session-server [--client "xfreerdp"]
          [--arg=/sec:nla]... [--option="--security nla"]... SCENARIO...
Needs an X server in DISPLAY."""
from __future__ import annotations

import argparse
import os
import pathlib
import re
import shlex
import signal
import subprocess
import tempfile

STAMP = re.compile(r"^\[[\d:]+\] \[[\d:a-f]+\] \[(\w+)\s*\]\[([\w.]+)\] - (.*)$")
SHORT = re.compile(r"^\[[\d:]+\] \[[\d:a-f]+\] \[(\w+)\s*\]\[([\w.]+)\]: (.*)$")
CHATTER = re.compile(r"framebuffer|backend for|Virtual Channel|TODO: Trying|Certificate verification|"
                     r"self.signed|VERSIONS? OF|@@@|keyboard|Warning|CN = |Backtrace|^\d+: /|"
                     r"Caught signal|creat(ing|ed) directory|overridden|signal handler|caught signal")


def words(output: str, limit: int) -> list[str]:
    """The lines that matter, without times and thread numbers, each once."""
    found: list[str] = []
    for line in output.splitlines():
        match = STAMP.match(line) or SHORT.match(line)
        if not match or match[1] in ("DEBUG", "TRACE"):
            continue
        text = re.sub(r"\s+", " ", re.sub(r"\[0x[0-9a-f]{12,}\]", "", match[3])).strip()
        if text and not CHATTER.search(text) and text not in found:
            found.append(text)
    return found[-limit:]


def run(options: argparse.Namespace, scenario: str) -> tuple[str, list[str]]:
    with subprocess.Popen([options.server, "--print-port", "--seconds", str(options.patience + 20),
                           *shlex.split(" ".join(options.option)), scenario],
                          stdout=subprocess.PIPE, text=True) as server:
        port = server.stdout.readline().strip()
        if not port:
            raise SystemExit(f"the server does not start with {scenario}")
        host = f"{options.host}:{port}"
        with tempfile.TemporaryDirectory() as home:
            pathlib.Path(home, ".config/freerdp/server").mkdir(parents=True)
            command = [*shlex.split(options.client), f"/v:{host}", "/u:user", "/p:password",
                       "/cert:ignore", *options.arg]
            with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True, errors="replace",
                                  start_new_session=True,
                                  env={**os.environ, "HOME": home}) as client:
                try:
                    output, _ = client.communicate(timeout=options.patience)
                    code = str(client.returncode)
                except subprocess.TimeoutExpired:
                    os.killpg(client.pid, signal.SIGKILL)
                    output, _ = client.communicate()
                    code = f"none in {options.patience} s"
        server.terminate()
    return code, words(output, options.lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", required=True)
    parser.add_argument("--client", default="xfreerdp")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--arg", action="append", default=[], help="one more for the client")
    parser.add_argument("--option", action="append", default=[], help="one more for the server")
    parser.add_argument("--patience", type=int, default=15)
    parser.add_argument("--lines", type=int, default=4)
    parser.add_argument("scenario", nargs="+")
    options = parser.parse_args()
    print("| scenario | exit | prints |\n|---|---|---|")
    for scenario in options.scenario:
        code, lines = run(options, scenario)
        text = "<br>".join("`" + line.replace("|", "\\|") + "`" for line in lines)
        print(f"| `{scenario}` | {code} | {text} |", flush=True)


if __name__ == "__main__":
    main()
