# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""Feeds every client-side action of the catalogue to the real client's command line parser."""
from __future__ import annotations

import operator
import os
import re
import shlex
import subprocess
import tempfile
import tomllib
from typing import Iterator

from .context import Context

COMPARE = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
           "=": operator.eq}
SAMPLES = {"certificate.sha256": ":".join(["ab"] * 32), "certificate.host_name": "host.test",
           "target.endpoint": "127.0.0.1:1", "target.host": "127.0.0.1",
           "target.port": "1", "tcp.port": "1", "tcp.address": "127.0.0.1",
           "tcp.other_address": "127.0.0.1"}
WORDS = {"PORT": "1"}  # what the reader is to fill in
REJECTED = re.compile(r"Failed at index|Unexpected|^Usage: ", re.M)


def version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))


def admits(conditions: str, running: str) -> bool:
    """Whether a range such as ">=3.0.0 <3.27.0" admits this version."""
    parts = (re.fullmatch(r"([<>=]+)([\d.]+)", part) for part in conditions.split())
    return all(COMPARE[part[1]](version(running), version(part[2])) for part in parts)


def filled(text: str, context: Context) -> str:
    """Texts name facts in braces, with words to fall back on after the last bar."""
    samples = {**SAMPLES, "client.program": context.client}

    def value(match: re.Match) -> str:
        *names, last = match[1].split("|")
        return next((samples[name] for name in [*names, last] if name in samples), last)

    text = re.sub(r"\{([^}]*)\}", value, text)
    return re.sub(r"\b(PORT)\b", lambda match: WORDS[match[1]], text)


def command_lines(context: Context) -> Iterator[tuple[str, str]]:
    """Each action's name with a shell command that uses its spelling for the running client."""
    actions = tomllib.loads((context.source / "catalog" / "actions.toml").read_text())
    host = "/v:127.0.0.1:1"
    whole = f"{context.client} {host}"
    for name, action in actions.items():
        for spelling in action.get("spelling", []):
            if spelling.get("client", "freerdp") != "freerdp":
                continue
            if not admits(spelling.get("freerdp", ""), context.version):
                continue
            if "shell" in spelling and context.client not in filled(spelling["shell"], context):
                continue  # a command for the shell alone
            if "shell" in spelling:
                yield name, filled(spelling["shell"], context)
            elif "env" in spelling:
                yield name, f"{filled(spelling['env'], context)} {whole}"
            elif "args" in spelling:
                args = spelling["args"]
                args = shlex.split(filled(args, context)) if isinstance(args, str) else args
                start = [context.client] if any(a.startswith("/v:") for a in args) else [whole]
                yield name, " ".join([*start, *map(shlex.quote, args)])


def accepted(context: Context, name: str, line: str) -> str:
    """Nothing listens on port 1: an understood command line ends with a failed connection."""
    with tempfile.TemporaryDirectory() as home:
        env = dict(os.environ, HOME=home, XDG_CONFIG_HOME=home, DISPLAY=context.display)
        run = subprocess.run(["sh", "-c", line], env=env, cwd=home, capture_output=True, text=True,
                             errors="backslashreplace", stdin=subprocess.DEVNULL, timeout=60,
                             check=False)
    output = run.stdout + run.stderr
    tried = "ERRCONNECT_" in output or "/v:" not in line
    verdict = "ok" if tried and not REJECTED.search(output) else "FAIL"
    print(f"{verdict:4} action {name}: {line}", flush=True)
    if verdict == "FAIL":
        print("\n".join("     | " + text for text in output.splitlines()[-5:]), flush=True)
    return verdict


def perform(context: Context, pool) -> list[str]:
    work = [pool.submit(accepted, context, name, line) for name, line in command_lines(context)]
    return [task.result() for task in work]
