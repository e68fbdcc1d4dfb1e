# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""The add-on's own options, and bad ones: one clear line each, the connection untouched."""
from harness.case import Case
from harness.servers import closed_port, scripted


def prints(*words: str):
    """The add-on's stderr holds each of these."""
    return lambda result: [f"does not print: {text}" for text in words
                           if text not in result.with_addon.stderr]


def refused(name: str, **rest) -> Case:
    return Case(name, closed_port(), id="tcp-refused", stage="tcp", **rest)


def one_line(result) -> list[str]:
    lines = result.text.splitlines()
    return [] if len(lines) == 1 else [f"{len(lines)} lines"]


CASES = [
    refused("option-unknown", options=",nonsense", check=prints("nonsense")),
    refused("option-bad-value", options=",color:blue", check=prints("color", "always")),
    refused("option-bad-wait", options=",wait:soon", check=prints("wait", "soon")),
    refused("option-quiet", options=",quiet", check=one_line),
    refused("option-verbose", options=",verbose"),
    refused("option-unwritable-text", options=",text:/nonexistent/report.txt",
            check=prints("/nonexistent/report.txt")),
    refused("option-no-catalogue", options=",catalog:/nonexistent",
            check=prints("/nonexistent")),
    refused("option-ascii", env={"LC_ALL": "C"},
            check=lambda r: [] if r.text.isascii() else ["not ASCII"]),
    refused("option-check", options=",check", check=prints("preflight: check: ", "[tcp-refused]")),
    Case("option-check-tls", scripted("tls13-only"), args=["/sec:tls", "/cert:ignore"],
         options=",check,quiet", id="mcs-ended", stage="mcs", check=one_line),
]
