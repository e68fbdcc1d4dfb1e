# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""Network namespaces: a network of its own for one case, with its own names and resolver."""
from __future__ import annotations

import contextlib
import pathlib
import shlex
import subprocess
import tempfile
from dataclasses import dataclass
from typing import Iterator, Sequence


@dataclass(frozen=True)
class Network:
    """`setup`: shell lines run inside. `hosts`: lines of /etc/hosts. `resolver`: its address."""

    setup: Sequence[str] = ()
    hosts: Sequence[str] = ()
    resolver: str = "127.0.0.1"

    @contextlib.contextmanager
    def start(self) -> Iterator[list[str]]:
        """Yields the words to put before a command that shall run inside."""
        with tempfile.TemporaryDirectory() as folder:
            script = self._script(pathlib.Path(folder))
            holder = subprocess.Popen(["unshare", "--net", "--mount", "sh", "-ec", script],
                                      stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            try:
                if holder.stdout.readline().strip() != "ready":
                    raise RuntimeError("no network namespace")
                yield ["nsenter", f"--target={holder.pid}", "--net", "--mount", "--root", "--wd",
                       "--"]
            finally:
                holder.stdin.close()  # ends its `read`
                holder.wait(10)
                holder.stdout.close()

    def _script(self, folder: pathlib.Path) -> str:
        files = {
            "hosts": "127.0.0.1 localhost\n::1 localhost\n" + "".join(f"{h}\n" for h in self.hosts),
            "resolv.conf": f"nameserver {self.resolver}\noptions timeout:1 attempts:1\n",
            "nsswitch.conf": "hosts: files dns\npasswd: files\ngroup: files\n",
        }
        lines = ["ip link set lo up"]
        for name, text in files.items():
            (folder / name).write_text(text)
            source = shlex.quote(str(folder / name))
            lines.append(f"[ -e /etc/{name} ] || touch /etc/{name}")
            lines.append(f"mount --bind {source} $(readlink -f /etc/{name})")
        return "\n".join([*lines, *self.setup, "echo ready", "read _ || true"])


# Packets routed to the loopback device for an address that is not ours are dropped without a word.
HOLE = ["ip addr add 192.0.2.2/32 dev lo", "ip route add 192.0.2.0/24 dev lo src 192.0.2.2"]
# IPv6 does not do that; a tunnel that nobody reads does.
HOLE_IPV6 = ["ip tuntap add mode tun hole", "ip link set hole up",
             "ip -6 addr add 2001:db8::2/64 dev hole nodad"]

NO_ROUTE = Network()
BLACK_HOLE = Network(setup=HOLE)
HOST_DOWN = Network(setup=[*HOLE, "ip route add unreachable 192.0.2.9"])
BROKEN_IPV6 = Network(setup=HOLE_IPV6, hosts=["2001:db8::1 both.test", "127.0.0.1 both.test"])
