# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""The real client against a real server, through the proxy: once whole, then cut."""
from __future__ import annotations

import base64
import contextlib
import itertools
import json
import pathlib
import shutil
import signal
import time
from dataclasses import dataclass
from typing import Iterator

from harness import client, schema
from harness.case import SECRET, Case as ClientCase
from harness.checks import Result
from harness.context import Context
from harness.later import session as session_server
from plan import Case
from proxy import RECEIVED, Proxy
from steps import Oracle, Records, spans, step_of

WAIT = 2.0  # seconds: the add-on's option, as harness/client.py gives it
LATE = 3.0  # seconds more that a busy machine may take
LIMIT = 25.0  # seconds after which a client that neither ended nor reported is ended
NUMBER = itertools.count()


@dataclass
class Served:
    """A server, and what a whole connection with it looked like."""

    security: str
    port: int
    lines: list[dict]  # observations, labelled
    received: bytes
    sent: bytes
    order: list[tuple[str, int]]  # which way how many bytes went, in turn

    def step(self, way: str, at: int) -> str:
        """The step that is cut when byte `at` does not arrive. What the client sends belongs to
        the step of the answer that it does not get."""
        pieces = spans(self.lines)
        return step_of(pieces, at if way == RECEIVED else self._received_before(at))

    def _received_before(self, sent: int) -> int:
        count = {"sent": 0, "received": 0}
        for way, size in self.order:
            if way == "sent" and count["sent"] + size > sent:
                break
            count[way] += size
        return count["received"]


NO_REALM = {"KRB5_CONFIG": "/dev/null"}  # else Debian's example realms slow each sign-in down
TLS_1_2 = {2: ["/sec:tls", "+enforce-tlsv1_2"], 3: ["/sec:tls", "/tls:enforce:1.2"]}


def client_case(security: str, major: int, **rest) -> ClientCase:
    how = TLS_1_2[major] if security == "tls12" else [f"/sec:{security}"]
    env = {**NO_REALM, **rest.pop("env", {})}
    return ClientCase("cut", args=["/cert:ignore", *how], env=env, **rest)


class Session(client.Session):
    """A client that is ended once its report is there, if it does not end by itself."""

    def _end_in_time(self) -> None:
        if self.process.poll() is not None or self.ended_by_us:
            return
        if self._reported() or time.monotonic() - self.began > LIMIT:
            self._signal(signal.SIGKILL)
        elif self.case.desktop and client.has_window(self.context):
            self.window = True
            time.sleep(1)
            self._signal(signal.SIGKILL)

    def _reported(self) -> bool:
        """Both forms of it: the text comes first."""
        report = self.context.folder / "report.json"
        return report.exists() and time.time() - report.stat().st_mtime > 0.5


def run_client(context: Context, port: int, case: ClientCase) -> Result:
    own = context.with_(folder=context.folder / f"{next(NUMBER)}")
    own.folder.mkdir()
    command = client.command_line(case, own, port, {}, addon=True)
    session = Session(case, own, command, client.environment(case, own, {}))
    session.run()
    out, err = (text.decode("utf-8", "surrogateescape") for text in session.streams.values())
    for stream in (session.process.stdout, session.process.stderr):
        stream.close()
    ran = client.Run(session.process.returncode, out, err, time.monotonic() - session.began,
                     session.window, session.ended_by_us, own.folder / "report.json", command)
    return Result(case, own, ran, ran)


@contextlib.contextmanager
def serve(context: Context, security: str) -> Iterator[Served]:
    """Starts the server and records one connection that goes all the way."""
    limits = ("--connections", "1000000", "--seconds", "36000")
    with session_server("healthy", "--security", security[:3], *limits)(context) as server:
        with Proxy(server.port) as proxy:
            recording = context.folder / f"{security}.jsonl"
            case = client_case(security, context.major, desktop=True,
                               env={"PREFLIGHT_RECORDING": str(recording)})
            result = run_client(context, proxy.port, case)
        if not result.alone.window:
            raise RuntimeError(f"no whole connection to record:\n{result.alone.stderr}")
        yield recorded(security, server.port, recording, proxy)


def recorded(security: str, port: int, recording: pathlib.Path, proxy: Proxy) -> Served:
    told = [json.loads(line) for line in recording.read_text().splitlines()]
    lines = Oracle().label(Records().split(told))
    total = max(end for _, end, _, _ in spans(lines))
    transcript = proxy.connections[-1].transcript
    received, sent, order = b"", b"", []
    for way, data in transcript.parts:
        if len(received) >= total:
            break
        if way == RECEIVED:
            received += data
        else:
            sent += data
        order.append((way, len(data)))
    if received[:total] != wire_bytes(lines, total):
        raise RuntimeError("the tap did not hear what the proxy passed on")
    return Served(security, port, lines, received[:total], sent, order)


def wire_bytes(lines: list[dict], total: int) -> bytes:
    return b"".join(base64.b64decode(line["bytes"]) for line in lines
                    if line.get("layer") == "wire" and line["way"] == RECEIVED)[:total]


def keep(served: Served, folder: pathlib.Path, major: int) -> None:
    """Writes the recording for the unit tests, up to the active session."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{served.security}-freerdp{major}.jsonl"
    ends = next(i for i, line in enumerate(served.lines) if line["what"] == "activated")
    path.write_text("".join(json.dumps(line, separators=(",", ":")) + "\n"
                            for line in served.lines[:ends + 1]))
    print(f"{path}: {path.stat().st_size} bytes, {len(served.received)} from the server")


def perform(context: Context, served: Served, case: Case) -> tuple[list[str], str]:
    """Complaints, and the report's text."""
    whole = case.deed.kind == "single"
    may_work = case.deed.kind in ("single", "flip")
    with Proxy(served.port, case.deed) as proxy:
        result = run_client(context, proxy.port,
                            client_case(case.security, context.major, desktop=may_work))
    struck = [connection.struck for connection in proxy.connections if connection.struck]
    found = undisturbed(result) if whole else [
        *sound(result), *right_step(result, case), *in_time(result, case, struck)]
    shutil.rmtree(result.context.folder)
    return found, result.text.encode("utf-8", "backslashreplace").decode()


def undisturbed(result: Result) -> list[str]:
    found = [] if result.with_addon.window else ["no desktop"]
    return found + ([f"printed something: {result.text}"] if result.text else [])


def sound(result: Result) -> list[str]:
    """The client did not crash, and what was said is valid."""
    ran, found = result.with_addon, []
    if ran.exit_code < 0 and not ran.ended_by_us:
        found.append(f"ended by signal {-ran.exit_code}")
    if ran.ended_by_us and not ran.window and result.report is None:
        found.append(f"neither ended nor told anything in {LIMIT:.0f} s")
    if any(ord(char) < 32 and char != "\n" for char in result.text):
        found.append("a control character in the text")
    if any(0xDC80 <= ord(char) <= 0xDCFF for char in result.text):
        found.append("the text is not UTF-8")
    if SECRET in result.text + json.dumps(result.report):
        found.append("the password is in the report")
    if result.report:
        rules = json.loads((result.context.source / "docs/report.schema.json").read_text())
        found += [f"schema: {what}" for what in list(schema.complaints(result.report, rules))[:3]]
    return found


def in_time(result: Result, case: Case, struck: list[float]) -> list[str]:
    """What ends is told when it ends; what hangs, when the limit of `wait:` is over. FreeRDP tries
    twice without a word: the last one counts."""
    if result.report is None or not struck or case.step is None:
        return []
    took = result.with_addon.json_path.stat().st_mtime - max(struck)
    return [f"told after {took:.1f} s"] if took > WAIT + LATE else []


def right_step(result: Result, case: Case) -> list[str]:
    report = result.report
    if case.step is None:
        return []
    if report is None:
        return [f"no report; it is {case.step} that was cut"]
    found = []
    if report["stage"] != case.step:
        found.append(f"says {report['stage']}: {report['diagnosis']['id']}")
    if report["outcome"] not in ("failed", "waiting" if case.deed.kind == "hold" else "failed"):
        found.append(f"outcome {report['outcome']}")
    return found
