# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""A private mount namespace in which the client finds the add-on; the system stays untouched."""
from __future__ import annotations

import os
import pathlib
import shutil
import subprocess
import sys

INSIDE = "PREFLIGHT_E2E_SANDBOX"


def enter() -> None:
    """Starts this program anew in a mount namespace of its own, unless it is in one already."""
    if os.environ.get(INSIDE):
        return
    flags = ["--mount"] if os.geteuid() == 0 else ["--user", "--map-root-user", "--mount"]
    probe = subprocess.run(["unshare", *flags, "true"], capture_output=True, text=True, check=False)
    if probe.returncode:
        sys.exit(f"e2e: no mount namespace to be had ({probe.stderr.strip()}); run as root, or "
                 "allow unprivileged user namespaces")
    os.environ[INSIDE] = "1"
    os.execvp("unshare", ["unshare", *flags, sys.executable, *sys.argv])


def overlay(base: pathlib.Path) -> None:
    """Lets us write below `base` for this namespace only."""
    scratch = pathlib.Path("/mnt")  # hidden by what is mounted there, for this namespace only
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", scratch], check=True)
    (scratch / "upper").mkdir()
    (scratch / "work").mkdir()
    layers = f"lowerdir={base},upperdir={scratch}/upper,workdir={scratch}/work"
    subprocess.run(["mount", "-t", "overlay", "overlay", "-o", layers, base], check=True)


def offer_addin(addin: pathlib.Path, directory: pathlib.Path) -> None:
    """Makes `addin` appear in `directory`, for this namespace only."""
    base = directory
    while not base.is_dir():
        base = base.parent
    overlay(base)
    directory.mkdir(parents=True, exist_ok=True)
    shutil.copy2(addin, directory / addin.name)
