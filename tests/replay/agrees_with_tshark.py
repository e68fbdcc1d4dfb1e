#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""Compares what `rdp-preflight replay` and tshark read of the negotiation in the same captures.

agrees_with_tshark.py RDP-PREFLIGHT CAPTURE...: ends with 77 where there is no tshark.
"""

import json
import pathlib
import shutil
import subprocess
import sys

NO_TSHARK = 77
FIELDS = ["ip.src", "ipv6.src", "tcp.srcport", "ip.dst", "ipv6.dst", "tcp.dstport", "rdp.neg_type",
          "rdp.negReq.requestedProtocols", "rdp.negReq.selectedProtocol", "rdp.negRsp.flags",
          "rdp.negFailure.failureCode"]
REQUEST, RESPONSE, FAILURE = 1, 2, 3


def endpoint(address, port):
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def number(text):
    return int(text, 0) if text else None


def of_tshark(capture):
    """{(client, server): {fact: value}} of every connection with negotiation data."""
    command = ["tshark", "-r", str(capture), "-Y", "rdp.neg_type", "-T", "fields",
               "-E", "occurrence=f", *(part for field in FIELDS for part in ("-e", field))]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = {}
    for line in output.splitlines():
        row = dict(zip(FIELDS, line.split("\t")))
        source = endpoint(row["ip.src"] or row["ipv6.src"], row["tcp.srcport"])
        target = endpoint(row["ip.dst"] or row["ipv6.dst"], row["tcp.dstport"])
        kind = number(row["rdp.neg_type"])
        facts = found.setdefault((source, target) if kind == REQUEST else (target, source), {})
        if kind == REQUEST:
            facts["requested_bits"] = number(row["rdp.negReq.requestedProtocols"])
        elif kind == RESPONSE:
            facts["selected_bits"] = number(row["rdp.negReq.selectedProtocol"])
            facts["flags_bits"] = number(row["rdp.negRsp.flags"])
        elif kind == FAILURE:
            facts["failure_code"] = number(row["rdp.negFailure.failureCode"])
    return found


def of_replay(program, capture):
    """The same, as preflight has it."""
    command = [program, "replay", str(capture), "--all", "--format", "json", "--client", "3.15.0"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    found = {}
    for connection in json.loads(result.stdout)["connections"]:
        attempts = connection["report"]["facts"]["attempts"]
        for tcp, attempt in zip(connection["tcp"], attempts):
            found[(tcp["client"], tcp["server"])] = attempt.get("negotiation", {})
    return found


def differences(capture, program):
    seen, replayed = of_tshark(capture), of_replay(program, capture)
    for ends, facts in seen.items():
        if ends not in replayed:
            yield f"{capture.name}: {ends[0]} to {ends[1]} is missing"
            continue
        for name, value in facts.items():
            mine = replayed[ends].get(name)
            if mine != value:
                yield f"{capture.name}: {name} is {mine}, and tshark says {value}"


def main():
    program, *captures = sys.argv[1:]
    if not shutil.which("tshark"):
        print("tshark is not installed: nothing to compare with")
        return NO_TSHARK
    problems, compared = [], 0
    for capture in map(pathlib.Path, captures):
        problems += differences(capture, program)
        compared += sum(len(facts) for facts in of_tshark(capture).values())
    for problem in problems:
        print(problem)
    print(f"{compared} facts of {len(captures)} captures compared")
    return 1 if problems or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
