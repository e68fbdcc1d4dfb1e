# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""Runs the real client once."""
from __future__ import annotations

import fcntl
import os
import pathlib
import pty
import re
import select
import signal
import subprocess
import termios
import time
from dataclasses import dataclass, field

from .case import SECRET, Case
from .context import Context

LIMIT = 40.0  # seconds; no case may take longer
# FreeRDP 3 up to 3.15 takes no notice of SIGTERM in a TLS handshake: SIGKILL follows.
PROMPT = re.compile(rb"\(Y/T/N\)|\(Y/N\)")


@dataclass
class Run:
    exit_code: int
    stdout: str
    stderr: str
    seconds: float
    window: bool = False  # the client opened its window
    ended_by_us: bool = False
    json_path: pathlib.Path | None = None
    command: list[str] = field(default_factory=list)


def environment(case: Case, context: Context, values: dict[str, object]) -> dict[str, str]:
    env = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    home = context.folder / "home"
    home.mkdir(exist_ok=True)
    env.update(HOME=str(home), XDG_CONFIG_HOME=str(home / ".config"), LC_ALL="C.UTF-8",
               DISPLAY=context.display)
    for name in ("WAYLAND_DISPLAY", "XAUTHORITY", "WLOG_LEVEL", "NO_COLOR"):
        env.pop(name, None)
    for name, value in case.env.items():
        if value is None:
            env.pop(name, None)
        else:
            env[name] = value.format(**values)
    return env


def command_line(case: Case, context: Context, port: int, values: dict, addon: bool) -> list[str]:
    program = context.client
    if case.client:
        program = case.client[context.major]
    host = f"[{case.host}]" if ":" in case.host else case.host
    target = f"/v:{host}" if port == 3389 else f"/v:{host}:{port}"
    command = [*context.inside, program, target, f"/t:{context.folder.name}"]
    if addon:
        report = context.folder / "report.json"
        command.append(f"/vc:preflight,json:{report},wait:2{case.options.format(**values)}")
    if case.password:
        command += ["/u:user", f"/p:{SECRET}"]
    command += [str(argument).format(**values)
                for argument in case.of(case.args, context.major) or ()]
    return command


def has_window(context: Context) -> bool:
    tree = subprocess.run(["xwininfo", "-root", "-tree", "-display", context.display],
                          capture_output=True, text=True, check=False)
    return f'"{context.folder.name}"' in tree.stdout


class Session:
    """One running client: collects what it prints, answers its prompt, ends it in time."""

    def __init__(self, case: Case, context: Context, command: list[str], env: dict) -> None:
        self.case, self.context = case, context
        self.master, slave = pty.openpty() if case.answer is not None else (-1, -1)

        def own_terminal() -> None:
            os.setsid()
            if slave >= 0:
                fcntl.ioctl(slave, termios.TIOCSCTTY, 0)

        stdin = slave if slave >= 0 else subprocess.DEVNULL
        self.process = subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, env=env, preexec_fn=own_terminal)
        if slave >= 0:
            os.close(slave)
        self.streams = {self.process.stdout.fileno(): b"", self.process.stderr.fileno(): b""}
        self.began = time.monotonic()
        self.asked_at = 0.0
        self.window = self.answered = self.ended_by_us = False

    def run(self) -> None:
        open_streams = set(self.streams)
        watched = lambda: open_streams | ({self.master} if self.master >= 0 else set())
        while open_streams:
            ready, _, _ = select.select(list(watched()), [], [], 0.2)
            for stream in ready:
                data = self._read(stream)
                if stream == self.master:
                    self.streams[self.process.stdout.fileno()] += data
                    if not data:
                        os.close(self.master)
                        self.master = -1
                elif data:
                    self.streams[stream] += data
                else:
                    open_streams.discard(stream)
            self._answer()
            self._end_in_time()
        self.process.wait(5)
        if self.master >= 0:
            os.close(self.master)

    @staticmethod
    def _read(stream: int) -> bytes:
        try:
            return os.read(stream, 65536)
        except OSError:  # a pseudo-terminal whose other side is closed
            return b""

    def _answer(self) -> None:
        if self.master < 0 or self.answered:
            return
        if not self.asked_at and PROMPT.search(b"".join(self.streams.values())):
            self.asked_at = time.monotonic()
        if self.asked_at and time.monotonic() - self.asked_at >= self.case.answer_after:
            os.write(self.master, self.case.answer.encode())
            self.answered = True

    def _end_in_time(self) -> None:
        if self.process.poll() is not None:
            return
        age = time.monotonic() - self.began
        if self.case.desktop and not self.ended_by_us and has_window(self.context):
            self.window = True
            time.sleep(1)
            self._signal(signal.SIGTERM)
        elif self.case.patience and age > self.case.patience and not self.ended_by_us:
            self._signal(signal.SIGTERM)
        elif age > (self.case.patience + 2 if self.case.patience else LIMIT):
            self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        self.ended_by_us = True
        os.killpg(self.process.pid, number)


def run(case: Case, context: Context, port: int, values: dict, addon: bool) -> Run:
    command = command_line(case, context, port, values, addon)
    session = Session(case, context, command, environment(case, context, values))
    session.run()
    out, err = (text.decode("utf-8", "backslashreplace") for text in session.streams.values())
    for stream in (session.process.stdout, session.process.stderr):
        stream.close()
    return Run(session.process.returncode, out, err, time.monotonic() - session.began,
               session.window, session.ended_by_us, context.folder / "report.json", command)
