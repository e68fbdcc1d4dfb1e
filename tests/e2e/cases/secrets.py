# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""The password is nowhere in the add-on's memory: not in what it gave back or kept, nor in its
variables. Looked for as UTF-8, as UTF-16 and as the hash that NTLM makes of it. That the search can
find something, two cases show in which the add-on must keep the words that are looked for: in the
name of a file, and in the name that a host gives itself.

Works with tests/witness, preloaded into the client."""
from __future__ import annotations

from typing import Callable

from harness.case import ANY, SECRET, Case
from harness.later import IN_REALM, REALM_ENV, REALM_NEEDS, realm, session
from harness.ntlm import nt_hash
from harness.servers import scripted

TRUST = ["/cert:ignore"]
PLANTED = "planted-word-51cd"
ENOUGH = 100  # allocations: the add-on was seen at work


def env(word: str = SECRET) -> dict[str, str]:
    forms = {"utf8": word.encode().hex(), "utf16": word.encode("utf-16-le").hex(),
             "nthash": nt_hash(word)}
    return {"LD_PRELOAD": "{build}/tests/witness/libpreflight-witness.so",
            "PREFLIGHT_WITNESS": "{folder}/witness",
            "PREFLIGHT_SECRETS": ",".join(f"{name}={digits}" for name, digits in forms.items())}


def testimony(result) -> tuple[dict[str, int], list[str]]:
    """The counts of the witness, and what it found."""
    lines = (result.with_addon.json_path.parent / "witness").read_text().splitlines()
    found = [line for line in lines if line.startswith("hit ")]
    return {name: int(value) for name, value in
            (line.split() for line in lines if not line.startswith("hit "))}, found


def seen_to_work(counts: dict[str, int]) -> list[str]:
    if not counts:
        return ["the witness did not speak to the end"]
    found = [] if counts["secrets"] == 3 else ["it does not know what to look for"]
    found += [] if counts["allocations"] >= ENOUGH else [f"allocations: {counts['allocations']}"]
    return found + ([f"it lost {counts['lost']} blocks"] if counts["lost"] else [])


def nowhere(result) -> list[str]:
    counts, found = testimony(result)
    return seen_to_work(counts) + [f"the password is in memory: {line}" for line in found]


def there(form: str) -> Callable[..., list[str]]:
    def check(result) -> list[str]:
        counts, found = testimony(result)
        missing = not any(line.startswith(f"hit {form} ") for line in found)
        return seen_to_work(counts) + ([f"{form} was not found"] if missing else [])

    return check


def case(name: str, server, identifier=ANY, **rest) -> Case:
    rest = {"args": TRUST, "confidence": ["certain", "likely", "possible"], "options": ",verbose",
            "check": nowhere, "env": env(), "needs": ["openssl"], **rest}
    return Case(f"secret-{name}", server, id=identifier, **rest)


def nla(scenario: str, *options: str):
    return scripted(scenario, "--password", SECRET, *options)


CASES = [
    case("nla-refused", nla("nla-refused:0xC000006D"), "logon-failure"),
    case("nla-accepted", nla("nla-close-credentials"), "ended-after-credentials"),
    case("nla-session", session("license=2", "--security", "nla")),
    case("tls", session("license=2"), args=[*TRUST, "/sec:tls"]),
    case("rdp", session("license=2", "--security", "rdp"), args=[*TRUST, "/sec:rdp"]),
    case("kerberos", realm(host_clock=600), "kerberos-clock-skew", args=IN_REALM,
         env={**env(), **REALM_ENV}, needs=["openssl", *REALM_NEEDS], majors=[3]),
    case("planted-in-a-name", nla("nla-refused:0xC000006D"), env=env(PLANTED),
         options=f",text:{{folder}}/{PLANTED},quiet", check=there("utf8")),
    case("planted-by-a-host", nla("nla-refused:0xC000006D", "--computer", PLANTED),
         env=env(PLANTED), check=there("utf16")),
]
