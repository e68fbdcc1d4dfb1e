# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""Real servers, failing and working."""
from harness.case import ANY, SECRET, Case
from harness.real import nginx, shadow, shadow_nla, sshd, xrdp

TLS = ["/sec:tls"]
OWN_USERS = {2: "grd-nla-only", 3: "freerdp-server-refused"}
TRUST = ["/cert:ignore"]
TRUST_TLS = ["/cert:ignore", "/sec:tls"]
RDP = ["/sec:rdp"]
ONLY_TLS_1_2 = {2: ["/cert:ignore", "+enforce-tlsv1_2"], 3: ["/cert:ignore", "/tls:enforce:1.2"]}
OTHER_CIPHER = {2: ["/cert:ignore", "/tls-ciphers:AES128-SHA256", "+enforce-tlsv1_2"],
                3: ["/cert:ignore", "/tls:ciphers:AES128-SHA256,enforce:1.2"]}


def with_xrdp(name: str, *, args, **rest) -> Case:
    server = {key: rest.pop(key) for key in ("layer", "protocols", "ciphers", "days",
                                             "key_readable") if key in rest}
    return Case(name, xrdp(**server), args=args, needs=["xrdp"], **rest)


CASES = [
    with_xrdp("xrdp-tls-only", layer="tls", args=RDP, id=ANY, stage="mcs",
              confidence=["certain", "likely", "possible"]),  # xrdp 0.9 confirms, then hangs up
    # Xrdp does not refuse: it chooses RDP, whatever was asked for.
    with_xrdp("xrdp-rdp-only", layer="rdp", args=TLS, id="selected-protocol-not-enabled",
              stage="negotiation"),
    with_xrdp("xrdp-key-unreadable", key_readable=False, args=TLS, stage="negotiation",
              id="selected-protocol-not-enabled"),
    with_xrdp("xrdp-tls13-only", protocols="TLSv1.3", args=ONLY_TLS_1_2, stage="tls",
              id="no-shared-tls-version"),
    with_xrdp("xrdp-one-cipher", protocols="TLSv1.2", ciphers="ECDHE-RSA-AES256-GCM-SHA384",
              args=OTHER_CIPHER, stage="tls", id="no-shared-cipher"),
    with_xrdp("xrdp-expired", days=-30, args=TLS, stage="certificate", id="cert-expired"),
    with_xrdp("xrdp-desktop", args=TRUST, desktop=True),
    with_xrdp("xrdp-desktop-tls13", protocols="TLSv1.3", args=TRUST_TLS, desktop=True),
    Case("shadow-tls-only", shadow("/sec:tls"), args=RDP, stage="negotiation",
         id="tls-required-client-rdp"),
    Case("shadow-desktop", shadow("/sec:tls"), args=TRUST, desktop=True),
    Case("shadow-nla-desktop", shadow_nla(), args=TRUST, desktop=True),
    Case("shadow-nla-wrong-password", shadow_nla(), args=[*TRUST, "/u:user", "/p:other"],
         password=False, stage="authentication", id=OWN_USERS),
    Case("shadow-nla-unknown-user", shadow_nla(), args=[*TRUST, "/u:nobody", f"/p:{SECRET}"],
         password=False, stage="authentication", id=OWN_USERS),
    Case("sshd", sshd(), id="not-rdp-on-port", stage="negotiation", says=["SSH"],
         needs=["ssh-keygen"]),
    Case("nginx", nginx(), id="not-rdp-on-port", stage="negotiation", says=["web server"],
         needs=["nginx"]),
    Case("nginx-tls", nginx(tls=True), id="not-rdp-on-port", stage="negotiation", needs=["nginx"]),
]
