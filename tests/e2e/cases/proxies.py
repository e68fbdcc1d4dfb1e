# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""Proxies that were named on the command line: they refuse, or lead to a host that refuses."""
from harness.case import Case
from harness.later import gateway, via_gateway
from harness.proxy import http, proxy, socks
from harness.servers import closed_port, scripted

HOST = "192.0.2.7"  # reached through the proxy only
BY_HTTP = ["/cert:ignore", "/proxy:http://127.0.0.1:{server}"]
BY_SOCKS = ["/cert:ignore", "/proxy:socks5://127.0.0.1:{server}"]
TO_GATEWAY = {major: [*arguments, "/proxy:http://127.0.0.1:{server}"]
              for major, arguments in via_gateway().items()}


def row(name: str, server, identifier: str, **rest) -> Case:
    rest = {"args": BY_HTTP, "stage": "proxy", **rest}
    return Case("proxy-" + name, server, id=identifier, host=HOST, port=3389, **rest)


CASES = [
    row("option-closed", closed_port(), "proxy-unreachable", stage="tcp"),
    row("sign-in", proxy(http("407 Proxy Authentication Required")), "proxy-sign-in-required"),
    row("forbidden", proxy(http("403 Forbidden")), "proxy-refused", says=["403 Forbidden"]),
    row("bad-gateway", proxy(http("502 Bad Gateway")), "proxy-refused", says=["502"]),
    row("hangs-up", proxy(lambda peer: bool(peer.recv(4096)) and False), "proxy-failed"),
    row("socks-refused", proxy(socks(5)), "proxy-refused", args=BY_SOCKS),
    row("socks-forbidden", proxy(socks(2)), "proxy-refused", args=BY_SOCKS),
    row("socks-no-method", proxy(socks(0, 0xFF)), "proxy-refused", args=BY_SOCKS),
    # it lets the client through, and the host refuses
    row("through", proxy(http("200 Connection established"), scripted("nla-status:0xC000006D")),
        # FreeRDP 3.15 gives up whatever an HTTP proxy answers.
        {2: "logon-failure", 3: "regression-proxy-3-15"},
        stage={2: "authentication", 3: "proxy"}),
    row("socks-through", proxy(socks(0), scripted("nla-status:0xC000006D")), "logon-failure",
        args=BY_SOCKS, stage="authentication"),
    # in front of a gateway
    row("before-gateway", proxy(http("403 Forbidden"), gateway("404")), "proxy-refused",
        args=TO_GATEWAY, says=["403 Forbidden"]),
]
