# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""What NTLM makes of a password."""
from __future__ import annotations

import functools
import shutil
import subprocess


@functools.cache
def nt_hash(word: str) -> str:
    """MD4 of a password in UTF-16 (MS-NLMP 3.3.1), as hexadecimal digits; empty: not to be had."""
    if not shutil.which("openssl"):
        return ""
    done = subprocess.run(["openssl", "dgst", "-provider", "legacy", "-provider", "default", "-md4",
                           "-r"], input=word.encode("utf-16-le"), capture_output=True, check=False)
    return done.stdout.split()[0].decode() if done.stdout else ""
