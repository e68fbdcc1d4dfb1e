# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""A Kerberos realm of our own on loopback: KDC, database and keytab in a temporary folder.

with Realm() as realm: env |= realm.env() ... Needs krb5-kdc (krb5kdc, kdb5_util, kadmin.local);
a clock that is off needs libfaketime."""
from __future__ import annotations

import contextlib
import functools
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

NAME = "PREFLIGHT.TEST"
HOST = "rdp.preflight.test"  # the one that TERMSRV is known for
USER, PASSWORD = "user", "password"
PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
PROGRAMS = ("krb5kdc", "kdb5_util", "kadmin.local")

# Principals that the KDC turns away, each in its own way.
PRINCIPALS = {
    "expired": "-expire yesterday",
    "stale": "-pwexpire yesterday",
    "newcomer": "+needchange",
    "barred": "-allow_tix",
}


def missing() -> list[str]:
    """What a realm and its host need and this machine lacks."""
    lacking = [program for program in PROGRAMS if not shutil.which(program, path=PATH)]
    if interpreter() is None:
        lacking.append("python3-gssapi")
    return lacking + ([] if faketime_library() else ["libfaketime"])


@functools.cache
def interpreter() -> str | None:
    """A Python that has gssapi: the one that runs, or the system's, for which packages are made."""
    for program in (sys.executable, "/usr/bin/python3"):
        found = subprocess.run([program, "-c", "import gssapi"], capture_output=True, check=False)
        if found.returncode == 0:
            return program
    return None


def faketime_library() -> pathlib.Path | None:
    return next(iter(sorted(pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)


def faketime(seconds: int) -> dict[str, str]:
    """An environment in which a program's clock is off by so many seconds."""
    library = faketime_library()
    if library is None:
        raise RuntimeError("libfaketime is missing")
    return {"LD_PRELOAD": str(library), "FAKETIME": f"{seconds:+d}", "FAKETIME_DONT_RESET": "1"}


def free_port() -> int:
    with contextlib.closing(socket.socket()) as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Realm:
    """`hosts` are those whose TERMSRV principal is known. `clock`: the KDC's, in seconds ahead."""

    def __init__(self, hosts: tuple[str, ...] = (HOST,), clock: int = 0,
                 password: str = PASSWORD) -> None:
        self.hosts = hosts
        self.password = password
        self.clock = clock
        self.port = free_port()
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> "Realm":
        with contextlib.ExitStack() as stack:
            self.folder = pathlib.Path(stack.enter_context(
                tempfile.TemporaryDirectory(prefix="preflight-realm-")))
            self._write_configuration()
            self._make_database()
            self._start(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_) -> None:
        self._stack.close()

    @property
    def keytab(self) -> pathlib.Path:
        return self.folder / "host.keytab"

    def env(self, *, reachable: bool = True, timesync: bool = True) -> dict[str, str]:
        """What a client needs. Not reachable: nothing listens where its KDC should be. Without
        timesync libkrb5 does not make up for a clock that differs from the KDC's."""
        name = f"krb5-{int(reachable)}{int(timesync)}.conf"
        port = self.port if reachable else free_port()
        (self.folder / name).write_text(self._krb5_conf(port, timesync))
        return {"KRB5_CONFIG": str(self.folder / name),
                "KRB5CCNAME": f"FILE:{self.folder / 'cache'}-{time.monotonic_ns()}"}

    def server_env(self) -> dict[str, str]:
        """What a server needs that accepts tickets of this realm."""
        return self.env() | {"KRB5_KTNAME": f"FILE:{self.keytab}",
                             "KRB5RCACHEDIR": str(self.folder)}

    def identity(self) -> list[str]:
        """A certificate and its key, as arguments for host.py."""
        certificate, key = str(self.folder / "host.crt"), str(self.folder / "host.key")
        self._run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30",
                  "-subj", f"/CN={HOST}", "-keyout", key, "-out", certificate)
        return ["--certificate", certificate, "--key", key]

    def _krb5_conf(self, port: int, timesync: bool) -> str:
        return (f"[libdefaults]\n default_realm = {NAME}\n dns_lookup_kdc = false\n"
                f" dns_lookup_realm = false\n dns_canonicalize_hostname = false\n rdns = false\n"
                f" kdc_timesync = {int(timesync)}\n"
                f"[realms]\n {NAME} = {{\n  kdc = 127.0.0.1:{port}\n }}\n"
                f"[domain_realm]\n .test = {NAME}\n")

    def _write_configuration(self) -> None:
        (self.folder / "kdc.conf").write_text(
            f"[kdcdefaults]\n kdc_listen = 127.0.0.1:{self.port}\n"
            f" kdc_tcp_listen = 127.0.0.1:{self.port}\n"
            f"[realms]\n {NAME} = {{\n  database_name = {self.folder}/principal\n"
            f"  key_stash_file = {self.folder}/stash\n  acl_file = {self.folder}/kadm5.acl\n"
            f"  default_principal_flags = +preauth\n }}\n"
            f"[logging]\n kdc = FILE:{self.folder}/kdc.log\n")
        (self.folder / "krb5.conf").write_text(self._krb5_conf(self.port, True))

    def _kdc_env(self) -> dict[str, str]:
        return os.environ | {"PATH": PATH, "KRB5_CONFIG": str(self.folder / "krb5.conf"),
                             "KRB5_KDC_PROFILE": str(self.folder / "kdc.conf")}

    def _run(self, *command: str) -> None:
        done = subprocess.run(command, env=self._kdc_env(), capture_output=True, text=True,
                              check=False, timeout=60)
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {done.stderr.strip() or done.stdout.strip()}")

    def _make_database(self) -> None:
        self._run("kdb5_util", "create", "-s", "-r", NAME, "-P", "master")
        commands = [f"addprinc -pw {self.password} {USER}"]
        commands += [f"addprinc -pw {self.password} {how} {who}" for who, how in PRINCIPALS.items()]
        for host in self.hosts:
            commands += [f"addprinc -randkey TERMSRV/{host}",
                         f"ktadd -k {self.keytab} TERMSRV/{host}"]
        for command in commands:
            self._run("kadmin.local", "-r", NAME, "-q", command)

    def _start(self, stack: contextlib.ExitStack) -> None:
        clock = faketime(self.clock) if self.clock else {}
        kdc = subprocess.Popen(["krb5kdc", "-n", "-r", NAME, "-P", f"{self.folder}/pid"],
                               env=self._kdc_env() | clock, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        stack.callback(self._stop, kdc)
        for _ in range(100):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            time.sleep(0.05)
        raise RuntimeError("the KDC does not start: " + (self.folder / "kdc.log").read_text())

    @staticmethod
    def _stop(kdc: subprocess.Popen) -> None:
        kdc.terminate()
        try:
            kdc.wait(5)
        except subprocess.TimeoutExpired:
            kdc.kill()
            kdc.wait(5)
