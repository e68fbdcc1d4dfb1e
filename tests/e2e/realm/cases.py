# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""Sign-ins with Kerberos that succeed or fail, each in its own way."""
from __future__ import annotations

import contextlib
import pathlib
import shlex
from dataclasses import dataclass

import survey

from . import HOST, NAME, PASSWORD, USER, Realm, faketime, interpreter

TEN_MINUTES = 600
HOST_PROGRAM = str(pathlib.Path(__file__).with_name("host.py"))


@dataclass(frozen=True)
class Case:
    name: str
    user: str = USER
    password: str = PASSWORD
    domain: str = NAME
    name_of_host: str = HOST  # as the client is told, for TERMSRV/name; "": its address
    kdc_clock: int = 0  # seconds ahead of the client's
    host_clock: int = 0
    reachable: bool = True
    timesync: bool = True
    ntlm: bool = False  # whether the client may fall back to NTLM


CASES = [
    Case("success"),
    Case("wrong-password", password="wrong"),
    Case("unknown-user", user="nobody"),
    Case("no-kdc", reachable=False),
    Case("no-kdc-ntlm", reachable=False, ntlm=True),
    Case("unknown-realm", domain="ELSEWHERE.TEST"),
    Case("netbios-domain-ntlm", domain="ELSEWHERE", ntlm=True),
    Case("unknown-spn", name_of_host="alias.preflight.test"),
    Case("by-address", name_of_host=""),
    Case("unknown-spn-ntlm", name_of_host="alias.preflight.test", ntlm=True),
    Case("kdc-clock-ahead", kdc_clock=TEN_MINUTES, host_clock=TEN_MINUTES),
    Case("kdc-clock-ahead-no-timesync", kdc_clock=TEN_MINUTES, timesync=False),
    Case("kdc-clock-behind-no-timesync", kdc_clock=-TEN_MINUTES, timesync=False),
    Case("host-clock-ahead", host_clock=TEN_MINUTES),
    Case("host-clock-behind", host_clock=-TEN_MINUTES),
    Case("account-expired", user="expired"),
    Case("password-expired", user="stale"),
    Case("password-must-change", user="newcomer"),
    Case("account-revoked", user="barred"),
]


def command(case: Case, client: str, port: int) -> list[str]:
    words = [*shlex.split(client), f"/v:127.0.0.1:{port}", f"/u:{case.user}",
             f"/d:{case.domain}", f"/p:{case.password}", "/cert:ignore", "/sec:nla"]
    if case.name_of_host:
        words.append(f"/server-name:{case.name_of_host}")
    return words if case.ntlm else [*words, "/auth-pkg-list:!ntlm"]


@contextlib.contextmanager
def host(case: Case, realm: Realm, options):
    """A host that takes tickets; or FreeRDP's server side, which takes NTLM. Yields its port."""
    if case.ntlm:
        with survey.server(options.server, "--security", "nla", *options.option,
                           "disconnected", env=realm.server_env()) as port:
            yield port
        return
    clock = faketime(case.host_clock) if case.host_clock else {}
    with survey.server(options.server, *options.option, "disconnected") as session, \
            survey.server(interpreter(), HOST_PROGRAM, *realm.identity(), "--behind", str(session),
                          env={**realm.server_env(), **clock}) as port:
        yield port


def rows(options):
    """Each case: its name and what the client (of FreeRDP 3) did."""
    for case in CASES:
        if options.case and case.name not in options.case:
            continue
        with contextlib.ExitStack() as stack:
            realm = stack.enter_context(Realm(clock=case.kdc_clock))
            port = stack.enter_context(host(case, realm, options))
            env = realm.env(reachable=case.reachable, timesync=case.timesync)
            yield case.name, survey.observe([*command(case, options.client, port), *options.arg],
                                            env, options.patience)
