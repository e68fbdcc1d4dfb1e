#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""Runs the fuzzers that scripts/fuzz built, one after the other, and holds them to a gate.

Each must find nothing, run as often and reach as much code as the table says; the one with a
planted fault must find it. --keep adds what they learned to tests/fuzz/corpus, minimised.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "fuzz" / "corpus"
LONGEST_KEPT = 2048  # bytes of an input
MOST_KEPT = 12 * 1024  # bytes of one target's corpus

# Executions per second and edges that must be reached at least: about a tenth of the pace
# and four fifths of the edges that twelve seconds gave on two busy cores. The last four were not
# measured: they must run at all.
GATE = {
    "x224": (800, 420), "tls-record": (60, 150), "tls-message": (180, 320),
    "ts-request": (60, 570), "spnego": (90, 590), "ntlm": (800, 280), "mcs": (60, 410),
    "gcc": (2000, 110), "licensing": (1800, 80), "share": (500, 290), "http": (900, 500),
    "gateway": (15, 190), "rdstls-entra": (150, 210), "certificate": (80, 1400),
    "recorder": (5, 4300),
    "options": (1, 1), "catalogue": (1, 1), "report": (1, 1), "capture": (1, 1),
}


def environment():
    """No authorities of this computer: loading them takes longer than everything else."""
    return {**os.environ, "SSL_CERT_FILE": "/dev/null", "SSL_CERT_DIR": "/nonexistent",
            "ASAN_OPTIONS": "detect_leaks=1:allocator_may_return_null=1",
            "UBSAN_OPTIONS": "print_stacktrace=1"}


def call(program, *arguments, limit):
    try:
        result = subprocess.run([str(program), *map(str, arguments)], cwd=ROOT, env=environment(),
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=limit,
                                check=False)
        return result.returncode, result.stdout.decode(errors="replace")
    except subprocess.TimeoutExpired as late:
        return 1, (late.stdout or b"").decode(errors="replace") + "\nhangs"


def figure(pattern, text):
    found = re.findall(pattern, text)
    return int(found[-1]) if found else 0


class Fuzzer:
    def __init__(self, name, build, work):
        self.name = name
        self.folder = build / "tests" / "fuzz"
        self.program = self.folder / f"fuzz-{name}"
        self.learned = work / name / "learned"
        self.seeds = work / name / "seeds"
        self.found = work / name / "found"
        for folder in (self.learned, self.seeds, self.found):
            folder.mkdir(parents=True)
        seeds_of = "x224" if name == "planted" else name
        call(self.folder / "fuzz-seeds", seeds_of, self.seeds, limit=120)

    def inputs(self):
        own = CORPUS / self.name
        return [self.seeds, *([own] if own.is_dir() else [])]

    def run(self, seconds):
        return call(self.program, f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=2048",
                    "-max_len=16384", "-print_final_stats=1", "-use_value_profile=0",
                    f"-artifact_prefix={self.found}/", self.learned, *self.inputs(),
                    limit=seconds + 240)

    def keep(self):
        """What reaches code that the seeds do not, the smallest first."""
        merged = self.learned.parent / "merged"
        shutil.copytree(self.seeds, merged)
        call(self.program, "-merge=1", "-max_len=16384", merged, *self.inputs()[1:], self.learned,
             limit=600)
        known = {path.name for path in self.seeds.iterdir()}
        fresh = sorted((path for path in merged.iterdir() if path.name not in known),
                       key=lambda path: path.stat().st_size)
        own = CORPUS / self.name
        shutil.rmtree(own, ignore_errors=True)
        own.mkdir(parents=True)
        room = MOST_KEPT
        for path in fresh:
            size = path.stat().st_size
            if size > LONGEST_KEPT or size > room:
                break
            room -= size
            shutil.copy(path, own / path.name)


def judge(name, code, output):
    """What is wrong with a run; the figures of it."""
    executions = figure(r"stat::number_of_executed_units: (\d+)", output)
    pace = figure(r"stat::average_exec_per_sec: +(\d+)", output)
    edges = figure(r"cov: (\d+)", output)
    figures = f"{executions:>9} runs {pace:>6}/s {edges:>5} edges"
    if name == "planted":
        seen = code != 0 and "heap-buffer-overflow" in output
        return ([] if seen else ["the planted fault was not found"]), figures
    least_pace, least_edges = GATE[name]
    problems = []
    if code != 0:
        problems.append("found a fault")
    if pace < least_pace:
        problems.append(f"slower than {least_pace}/s")
    if edges < least_edges:
        problems.append(f"reached fewer than {least_edges} edges")
    return problems, figures


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("names", nargs="*", help="which fuzzers (all)")
    parser.add_argument("--seconds", type=int, default=60, help="for each (60)")
    parser.add_argument("--keep", action="store_true", help="add to tests/fuzz/corpus")
    wanted = parser.parse_args()
    names = wanted.names or ["planted", *GATE]
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="preflight-fuzz-") as folder:
        for name in names:
            fuzzer = Fuzzer(name, wanted.build.resolve(), pathlib.Path(folder))
            began = time.monotonic()
            code, output = fuzzer.run(wanted.seconds)
            problems, figures = judge(name, code, output)
            took = time.monotonic() - began
            print(f"{'FAIL' if problems else 'ok  '} {name:<13}{figures} in {took:.0f} s  "
                  f"{', '.join(problems)}", flush=True)
            passed, failed = passed + (not problems), failed + bool(problems)
            if problems and name != "planted":
                kept = pathlib.Path(tempfile.mkdtemp(prefix=f"preflight-found-{name}-"))
                (kept / "output.txt").write_text(output)
                shutil.copytree(fuzzer.found, kept / "found")
                print(f"     see {kept}")
            elif wanted.keep and name != "planted":
                fuzzer.keep()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
