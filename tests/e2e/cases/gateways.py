# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""Gateways that refuse: with HTTP, or with the gateway protocol's own codes; gateways that let the
client through to a host that refuses."""
from harness.case import Case
from harness.later import gateway, via_gateway
from harness.servers import scripted

HOST = "host.example.com"
TRUSTED = {"SSL_CERT_FILE": "{ca}"}
CERTAIN = ["certain"]


def row(case: str, identifier: str, *, name: str = "", behind=None, **rest) -> Case:
    rest = {"confidence": ["certain", "likely"], "stage": "gateway", "args": via_gateway(), **rest}
    name = "gateway-" + (name or case).replace(":", "-")
    return Case(name, gateway(case, behind), id=identifier, host=HOST, needs=["openssl", "nginx"],
                **rest)


def rounds(report) -> int:
    """How often the client began anew: once, and once more after a transport failure."""
    return 1 + sum(event["what"] == "connecting again" for event in report["facts"]["events"])


def one_attempt_a_round(result) -> list[str]:
    """Two connections, one for each direction, are one attempt."""
    attempts = result.report["facts"]["attempt_count"]
    wanted = rounds(result.report)
    return [] if attempts == wanted else [f"{attempts} attempts in {wanted} rounds"]


def both_certificates(result) -> list[str]:
    """The gateway's certificate is kept apart from the host's."""
    facts = result.report["facts"]
    names = [facts["certificate"].get("sha256"),
             facts["gateway"].get("certificate", {}).get("sha256")]
    found = [] if all(names) and names[0] != names[1] else [f"certificates {names}"]
    if facts["tls"].get("peer") != "host":
        found.append(f"tls speaks of the {facts['tls'].get('peer')}")
    if facts["gateway"]["tls"].get("peer") != "gateway":
        found.append("gateway.tls does not speak of the gateway")
    return found


CASES = [
    row("401", "gw-401"),
    row("401-basic", "gw-401"),
    row("401-negotiate", "gw-401"),
    row("401-ntlm", "gw-401", says=["127.0.0.1:"]),
    row("401-restricted", "gw-account-restricted", confidence=CERTAIN),
    row("reason-restricted", "gw-account-restricted", confidence=CERTAIN),
    row("403", "gw-http-refused"),
    row("403-after-sign-in", "gw-http-refused"),
    row("404", "gw-not-a-gateway"),
    row("410", "gw-not-a-gateway"),
    row("web-server", "gw-not-a-gateway", says=["welcome"]),
    row("no-tls", "gw-not-a-gateway", confidence=CERTAIN, stage="tls"),
    row("redirect", "gw-http-refused", says=["https://login.example.com/"]),
    row("407", "gw-proxy-auth", confidence=CERTAIN),
    row("500", "gw-internal-error", confidence=CERTAIN),
    row("502", "gw-unavailable", confidence=CERTAIN),
    row("503", "gw-unavailable", confidence=CERTAIN),
    row("503-after-sign-in", "gw-unavailable", confidence=CERTAIN),
    row("no-upgrade", "gw-websocket-refused"),
    row("closes", "gw-closed"),
    row("closes-after-sign-in", "gw-closed"),
    row("closed", "tcp-refused", stage="tcp", says=["127.0.0.1"], never=["on host.example.com"]),
    # its TLS and its certificate
    row("old-tls:404", "no-shared-tls-version", also=["gw-tls"], says=["127.0.0.1:"],
        stage="tls"),
    row("404", "cert-untrusted-noninteractive", name="untrusted", also=["gw-tls"],
        stage="certificate", args=via_gateway(trust=False)),
    # the gateway protocol's own codes
    row("rdg:handshake:0x800759D8", "gw-internal-error", confidence=CERTAIN),
    row("rdg:tunnel:0x800759F7", "gw-cookie-denied", confidence=CERTAIN),
    row("rdg:tunnel:0x800759F8", "gw-cookie-denied", confidence=CERTAIN),
    row("rdg:tunnel:0x800759F9", "gw-auth-method", confidence=CERTAIN),
    row("rdg:tunnel:0x800759E9", "gw-capability", confidence=CERTAIN),
    row("rdg:authorization:0x800759DB", "gw-cap-denied", confidence=CERTAIN),
    row("rdg:channel:0x800759DA", "gw-rap-denied", confidence=CERTAIN),
    row("rdg:channel:0x800759DD", "gw-target-unreachable", confidence=CERTAIN),
    row("rdg:channel:0x000059E6", "gw-full", confidence=CERTAIN),
    row("rdg:channel:0x80075951", "gateway-refused", confidence=CERTAIN, says=["0x80075951"]),
    row("rdg:consent", "gw-consent", confidence=CERTAIN),
    # two connections, one for each direction
    row("rdg-http:in:403", "gw-http-refused", check=one_attempt_a_round),
    row("rdg-http:channel:0x800759DA", "gw-rap-denied", confidence=CERTAIN,
        check=one_attempt_a_round),
    row("rdg:rpc:503", "gw-unavailable", args=via_gateway("rpc"), check=one_attempt_a_round),
    # through to the host
    row("rdg:ok", "logon-failure", name="host-refuses", stage="authentication",
        behind=scripted("nla-status:0xC000006D")),
    row("rdg-http:ok", "logon-failure", name="http-host-refuses", stage="authentication",
        behind=scripted("nla-status:0xC000006D"), check=one_attempt_a_round),
    row("rdg:ok", "cert-untrusted-noninteractive", name="host-untrusted", stage="certificate",
        behind=scripted("self-signed"), args=via_gateway(trust=False), env=TRUSTED,
        says=[HOST], check=both_certificates),
]

# A KDC proxy is a web server too; libkrb5 on this computer asks it.
CASES.append(Case(
    "kdc-proxy-refuses", gateway("404", scripted("nla-status:0xC000006D")),
    id="kdc-proxy-unreachable", stage="authentication", majors=[3], needs=["openssl", "nginx"],
    args=["/cert:ignore", "/sec:nla", "/d:CORP.EXAMPLE.COM", "/auth-pkg-list:!ntlm",
          "/kerberos:kdc-url:127.0.0.1:{gateway}"],
    env={"KRB5_CONFIG": "/dev/null"}, says=["127.0.0.1:"]))
