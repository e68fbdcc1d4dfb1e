# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""Gateways that refuse: with HTTP, or with the gateway protocol's own codes."""
from harness.case import Case
from harness.later import VIA_GATEWAY, gateway

HOST = "host.example.com"


def row(case: str, identifier: str, **rest) -> Case:
    rest = {"confidence": ["certain", "likely", "possible"], **rest}
    name = "gateway-" + case.replace(":", "-")
    return Case(name, gateway(case), id=identifier, stage="gateway", host=HOST, port=3389,
                args=VIA_GATEWAY, needs=["openssl", "nginx"], **rest)


CASES = [
    row("401", "gw-401"),
    row("401-basic", "gw-401"),
    row("401-ntlm", "gw-401"),
    row("401-restricted", "gw-account-restricted"),
    row("403", "gw-http-refused"),
    row("403-after-sign-in", "gw-http-refused"),
    row("404", "gw-not-a-gateway"),
    row("407", "gw-proxy-auth"),
    row("502", "gw-unavailable"),
    row("503", "gw-unavailable"),
    row("no-upgrade", "gw-websocket-refused"),
    row("rdg:handshake:0x800759D8", "gw-internal-error", confidence=["certain"]),
    row("rdg:tunnel:0x800759F8", "gw-cookie-denied", confidence=["certain"]),
    row("rdg:tunnel:0x800759F9", "gw-auth-method", confidence=["certain"]),
    row("rdg:authorization:0x800759DB", "gw-cap-denied", confidence=["certain"]),
    row("rdg:channel:0x800759DA", "gw-rap-denied", confidence=["certain"]),
    row("rdg:channel:0x800759DD", "gw-target-unreachable", confidence=["certain"]),
]

# What the report shall say, and does not say yet.
PENDING = [
    row("reason-restricted", "gw-account-restricted"),
    row("web-server", "gw-not-a-gateway"),
    row("no-tls", "gw-tls"),
    row("rdg:consent", "gw-consent"),
    row("rdg:channel:0x000059E6", "gw-full"),
]
