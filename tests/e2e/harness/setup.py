# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""What a run needs first: where the add-on goes, which client there is, a display."""
from __future__ import annotations

import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import sys


def addin_directory(build: pathlib.Path) -> pathlib.Path:
    cache = (build / "CMakeCache.txt").read_text()
    found = re.search(r"^PREFLIGHT_ADDIN_DIR:\w+=(.+)$", cache, re.M)
    if not found:
        sys.exit(f"{build} is not configured")
    return pathlib.Path(found[1])


def find_client(wanted: str | None, directory: pathlib.Path, shown: str) -> tuple[str, int, str]:
    """The program, its major and its version; even for that it wants a display."""
    major = int(directory.name[-1])
    program = wanted or next(
        (name for name in (f"xfreerdp{major}", "xfreerdp") if shutil.which(name)), None)
    if program is None:
        sys.exit("there is no xfreerdp")
    told = subprocess.run([program, "/version"], env=dict(os.environ, DISPLAY=shown),
                          capture_output=True, text=True, check=False)
    found = re.search(r"version (\d+)\.(\d+\.\d+)", told.stdout + told.stderr)
    if not found or int(found[1]) != major:
        sys.exit(f"{program} is not of FreeRDP {major}")
    return program, major, f"{found[1]}.{found[2]}"


@contextlib.contextmanager
def display():
    """A display without a screen, shared by all cases."""
    command = ["Xvfb", "-displayfd", "1", "-noreset", "-nolisten", "tcp", "-screen", "0",
               "1280x1024x24"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          text=True) as server:
        try:
            yield f":{server.stdout.readline().strip()}"
        finally:
            server.terminate()
