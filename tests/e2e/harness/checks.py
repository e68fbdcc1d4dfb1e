# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""Judges one case: the client alone, the client with the add-on, and what was reported."""
from __future__ import annotations

import json
import stat
from dataclasses import dataclass
from typing import Any

from . import schema
from .case import ANY, SECRET, Case
from .client import Run
from .context import Context


@dataclass
class Result:
    """One case, run twice."""

    case: Case
    context: Context
    alone: Run
    with_addon: Run

    @property
    def report(self) -> dict[str, Any] | None:
        path = self.with_addon.json_path
        if path is None or not path.exists():
            return None
        return json.loads(path.read_text())

    @property
    def text(self) -> str:
        """All that the add-on printed: its blocks begin at the margin and go on indented."""
        lines: list[str] = []
        within = False
        for line in self.with_addon.stderr.splitlines():
            if line.startswith("preflight: "):
                within = True
            elif line and not line.startswith("  "):
                within = False
            if within:
                lines.append(line)
        return "\n".join(lines).rstrip()


def complaints(result: Result) -> list[str]:
    """Everything that is not as it must be; empty when all is well."""
    case, found = result.case, []
    found += _untouched(result)
    found += _no_report(result) if case.id is None else _report(result)
    if case.check:
        found += case.check(result)
    return found


def _untouched(result: Result) -> list[str]:
    """The client behaves as it does alone, keeps its secrets, and its stdout."""
    alone, with_addon, found = result.alone, result.with_addon, []
    if alone.exit_code != with_addon.exit_code:
        found.append(f"exit code {with_addon.exit_code}, without the add-on {alone.exit_code}")
    if result.case.desktop and not (alone.window and with_addon.window):
        found.append(f"no desktop (alone {alone.window}, with the add-on {with_addon.window})")
    if result.case.patience and not with_addon.ended_by_us:
        found.append("ended by itself, though it was to wait")
    if "preflight:" in with_addon.stdout:
        found.append("wrote to stdout")
    for kind, text in (("text", result.text), ("JSON", json.dumps(result.report))):
        if SECRET in text:
            found.append(f"the password is in the {kind}")
    return found


def _no_report(result: Result) -> list[str]:
    found = []
    if result.text:
        found.append(f"printed something:\n{result.text}")
    if result.report is not None and result.report.get("outcome") == "failed":
        found.append("wrote a report")
    return found


def _report(result: Result) -> list[str]:
    report = result.report
    if report is None:
        return ["no JSON report" + (f"; printed:\n{result.text}" if result.text else "")]
    return [*_verdict(result, report), *_words(result), *_form(result), *_valid(result, report)]


def _verdict(result: Result, report: dict[str, Any]) -> list[str]:
    case, major, found = result.case, result.context.major, []
    diagnosis = report["diagnosis"]
    expected = {"id": (case.of(case.id, major), diagnosis["id"]),
                "stage": (case.of(case.stage, major), report["stage"]),
                "outcome": (case.of(case.outcome, major), report["outcome"])}
    for what, (wanted, got) in expected.items():
        if wanted not in (None, ANY, got):
            found.append(f"{what} {got}, expected {wanted}")
    if diagnosis["confidence"] not in case.confidence:
        found.append(f"confidence {diagnosis['confidence']}")
    also = [other["id"] for other in report.get("also", [])]
    found += [f"{other} is not listed beside it: {also}"
              for other in case.of(case.also, major) or () if other not in also]
    return found


def _words(result: Result) -> list[str]:
    case, major = result.case, result.context.major
    flat = " ".join(result.text.split())
    values = {"client": result.context.client}
    found = [f"does not say: {words}" for words in case.of(case.says, major) or ()
             if words.format(**values) not in flat]
    found += [f"says: {words}" for words in case.of(case.never, major) or () if words in flat]
    return found


def _form(result: Result) -> list[str]:
    """At most 80 columns into a pipe, no escape codes, the id in it, once."""
    found, text = [], result.text
    found += [f"line of {len(line)} columns: {line}" for line in text.splitlines()
              if len(line) > 80 and not _unbreakable(line)]
    if any(ord(char) < 32 and char != "\n" for char in text):
        found.append("a control character in the text")
    if "quiet" not in result.case.options and result.report["diagnosis"]["id"] not in text:
        found.append("the id is not in the text")
    return found


def _unbreakable(line: str) -> bool:
    """A command or an address, which must stay in one piece to be pasted; a notice in one line."""
    return line.startswith(("          ", "preflight: ")) or " " not in line.strip()


def _valid(result: Result, report: dict[str, Any]) -> list[str]:
    mode = stat.S_IMODE(result.with_addon.json_path.stat().st_mode)
    found = [] if mode == 0o600 else [f"the JSON file has mode {mode:o}"]
    path = result.context.source / "docs" / "report.schema.json"
    if not path.exists():
        return [*found, "docs/report.schema.json is missing"]
    rules = json.loads(path.read_text())
    return found + [f"schema: {what}" for what in list(schema.complaints(report, rules))[:5]]
