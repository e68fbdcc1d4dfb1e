# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""rdp-preflight check against the server of a case, compared with what the client then did."""
from __future__ import annotations

import dataclasses
import json
import subprocess
from dataclasses import dataclass
from typing import Any

from . import client
from .case import Case
from .context import Context

LIMIT = 3.0  # seconds for each check; silent servers use all of it
# Up to here a check sees what the client sees. The certificate is the user's to judge: there a
# check says that the client will ask, and about what.
SEEN = ("local", "dns", "tcp", "negotiation", "tls")
# Arguments that change nothing a check asks. The others are left out: a check speaks for a client
# with its defaults.
NEUTRAL = ("/cert:", "/u:", "/p:", "/d:", "/tune:FreeRDP_TcpConnectTimeout", "/kerberos:")
# What a check cannot know, and why.
BEYOND = {
    "no-display": "whether the client has a display is its own affair",
    "nla-internal-error-early": "FreeRDP's own error code makes the client's guess",
    **dict.fromkeys(["again-reset-once", "again-hello-reset-once", "again-silent-once"],
                    "what the host does depends on how often it was asked"),
    "ipv6-first": "FreeRDP does not tell the add-on which of several addresses it dialled",
    "redirect-unreachable": "a redirection comes after the sign-in",
}
PATIENCE = 12.0  # seconds until a client that waits is ended


@dataclass
class Checked:
    exit_code: int
    report: dict[str, Any]
    seconds: float


def why_not(case: Case) -> str | None:
    """Why a check cannot speak for this case; None: it can."""
    if any("proxy" in name.lower() for name in case.env):
        return "a check goes to the host itself, not through a proxy"
    arguments = case.of(case.args, 3) or ()
    if any(str(argument).startswith("/proxy:") for argument in arguments):
        return "a check goes to the host itself, not through a proxy"
    if any(str(argument).startswith(("/g:", "/gateway:")) for argument in arguments):
        return "a check goes to the host itself, not through a gateway"
    return BEYOND.get(case.name)


def by_default(case: Case, context: Context) -> Case:
    """The case with the client's defaults."""
    kept = [argument for argument in case.of(case.args, context.major) or ()
            if str(argument).startswith(NEUTRAL)]
    # A check asks a host each thing once; so must the add-on that it is compared with. Why a host
    # cannot be reached FreeRDP does not tell: there the add-on looks for itself.
    unreached = case.stage in ("dns", "tcp")
    options = case.options + ("" if unreached else ",probe:off")
    return dataclasses.replace(case, args=kept, patience=case.patience or PATIENCE,
                               options=options)


def run(case: Case, context: Context, port: int, values: dict[str, object]) -> Checked:
    """Once, in the case's network; with the home that the client will have."""
    program = context.build / "cli" / "rdp-preflight"
    host = f"[{case.host}]" if ":" in case.host else case.host
    command = [*context.inside, str(program), "check", f"{host}:{port}", "--format", "json",
               "--timeout", str(LIMIT), "--client", f"{context.client}:{context.version}"]
    done = subprocess.run(command, env=client.environment(case, context, values), timeout=60,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if not done.stdout:
        raise RuntimeError(f"rdp-preflight check printed nothing: {done.stderr.strip()}")
    report = json.loads(done.stdout)
    (context.folder / "check.json").write_text(done.stdout)
    return Checked(done.returncode, report, report["facts"]["duration_ms"] / 1000)


def complaints(case: Case, context: Context, checked: Checked,
               report: dict[str, Any] | None) -> list[str]:
    """Where the check and the client (its report; None: it connected) do not agree."""
    verdict = checked.report["facts"]["check"]["verdict"]
    found = []
    if checked.seconds > LIMIT + 1:
        found.append(f"check: took {checked.seconds} s")
    wanted = 0 if verdict == "would-connect" else 1
    if checked.exit_code not in ((0, 2) if wanted == 0 else (1, 6)):
        found.append(f"check: {verdict}, but exit code {checked.exit_code}")
    stage = report["stage"] if report else None
    if stage in SEEN or (stage == "authentication" and verdict != "would-connect"):
        return found + _same_failure(checked, report)
    if stage == "certificate" and checked.report["stage"] == "authentication":
        return found  # nobody answers a check's question about the certificate: it goes further
    if verdict != "would-connect":
        mine = checked.report.get("diagnosis", {}).get("id")
        return [*found, f"check: {verdict} ({mine}), but the client came to {stage}"]
    return found + (_same_question(checked, report) if stage == "certificate" else [])


def _same_failure(checked: Checked, report: dict[str, Any]) -> list[str]:
    mine = checked.report.get("diagnosis", {}).get("id")
    theirs = report["diagnosis"]["id"]
    return [] if mine == theirs else [f"check: {mine}, the client: {theirs}"]


def _same_question(checked: Checked, report: dict[str, Any]) -> list[str]:
    """The client asked, and nobody said yes: a check tells what it asks about."""
    about = checked.report["facts"]["check"].get("question", [])
    theirs = report["diagnosis"]["id"]
    by_answer = {"cert-untrusted-noninteractive", "cert-denied-by-option", "cert-rejected-by-user",
                 "cert-untrusted"}
    same = theirs in about or (theirs in by_answer and bool(about))
    return [] if same else [f"check: the question is about {about}, the client: {theirs}"]
