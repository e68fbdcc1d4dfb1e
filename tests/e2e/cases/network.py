# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""Names, routes and proxies, each in a network of its own."""
from harness.case import Case
from harness.network import BLACK_HOLE, BROKEN_IPV6, HOST_DOWN, NO_ROUTE, Network
from harness.servers import canned, closed_port, nxdomain_resolver, scripted

QUICK = ["/tune:FreeRDP_TcpConnectTimeout:1500"]
PROXY = {"https_proxy": "http://127.0.0.1:{server}", "no_proxy": None}

CASES = [
    Case("dns-unknown", nxdomain_resolver(), id="dns-name-not-found", stage="dns",
         host="no-such-host.example.org", network=Network(), says=["no-such-host.example.org"]),
    Case("dns-resolver-down", id="dns-resolver-down", stage="dns", host="some-host.example.org",
         port=3389, network=Network(), says=["some-host.example.org"]),
    Case("tcp-refused", closed_port(), id="tcp-refused", stage="tcp", confidence=["certain"],
         says=["{client} /v:127.0.0.1"], never=["Broken pipe"]),
    # FreeRDP 2 reads /v:[::1]:3390 as port 0.
    Case("tcp-refused-ipv6", id="tcp-refused", stage="tcp", host="::1", port=3389,
         network=Network(), says=["::1"]),
    Case("tcp-timeout", id="tcp-timeout", stage="tcp", host="192.0.2.1", port=3389,
         network=BLACK_HOLE, args=QUICK),
    Case("tcp-network-unreachable", id="tcp-unreachable", stage="tcp", host="192.0.2.1", port=3389,
         network=NO_ROUTE),
    Case("tcp-host-unreachable", id="tcp-unreachable", stage="tcp", host="192.0.2.9", port=3389,
         network=HOST_DOWN),
    Case("ipv6-first", scripted("silent"), id="ipv6-first-unreachable", stage="tcp",
         host="both.test", network=BROKEN_IPV6,
         args={2: [*QUICK, "/ipv6"], 3: [*QUICK, "/ipv6"]}),
    Case("proxy-closed", closed_port(), id="proxy-env-hijack", stage="tcp", host="192.0.2.1",
         port=3389, env=PROXY, says=["https_proxy"]),
    Case("proxy-refuses", canned(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"),
         id="proxy-env-hijack", stage="proxy", host="192.0.2.1", port=3389, env=PROXY,
         says=["https_proxy", "403"]),
    Case("proxy-unknown", nxdomain_resolver(), id="proxy-env-hijack", stage="dns",
         host="192.0.2.1", network=Network(),
         env={"https_proxy": "http://no-proxy.example.org:3128"}, says=["https_proxy"]),
]
