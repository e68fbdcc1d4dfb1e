# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""A TCP proxy on loopback that keeps a transcript, and does one deed to each connection."""
from __future__ import annotations

import contextlib
import select
import socket
import struct
import threading
import time
from dataclasses import dataclass, field

QUIET = 0.06  # seconds without a word after which a peer has said all it had to say
SENT, RECEIVED = "sent", "received"  # as the client sees it


@dataclass(frozen=True)
class Deed:
    """What happens when byte `at` (from 0) of the direction `way` arrives: it is not passed on.
    `close` and `reset` end both connections, `hold` keeps them and passes nothing any more, `flip`
    changes that byte and goes on. `single` passes every byte in a segment of its own."""

    kind: str = "pass"
    way: str = RECEIVED
    at: int = 0

    def strikes(self, way: str, count: int, size: int) -> bool:
        return self.kind != "single" and way == self.way and count <= self.at < count + size


@dataclass
class Transcript:
    """What one connection carried, in the order in which it passed."""

    parts: list[tuple[str, bytes]] = field(default_factory=list)

    def stream(self, way: str) -> bytes:
        return b"".join(data for direction, data in self.parts if direction == way)


class Connection:
    """One client's connection and ours to the server."""

    def __init__(self, client: socket.socket, port: int, deed: Deed) -> None:
        self.deed, self.transcript = deed, Transcript()
        self.client = client
        self.server = socket.create_connection(("127.0.0.1", port), 10)
        self.count = {SENT: 0, RECEIVED: 0}
        self.over = threading.Event()
        self.struck: float | None = None  # when the deed was done
        for end in (self.client, self.server):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def run(self) -> None:
        with contextlib.suppress(OSError), self.client, self.server:
            while not self.over.is_set():
                for way in self._ready(0.5):
                    if not self._move(way):
                        return

    def _ends(self, way: str) -> tuple[socket.socket, socket.socket]:
        return (self.client, self.server) if way == SENT else (self.server, self.client)

    def _ready(self, seconds: float) -> list[str]:
        ready = select.select([self.client, self.server], [], [], seconds)[0]
        return [way for way in (SENT, RECEIVED) if self._ends(way)[0] in ready]

    def _move(self, way: str) -> bool:
        """Passes on what has come one way; False when the connection is over."""
        source, target = self._ends(way)
        data = source.recv(65536)
        if not data:
            return False
        if self.deed.kind != "pass" and self.deed.strikes(way, self.count[way], len(data)):
            offset = self.deed.at - self.count[way]
            if self.deed.kind != "flip":
                self._pass_on(way, target, data[:offset])
                self._strike()
                return False
            data = data[:offset] + bytes([data[offset] ^ 0xFF]) + data[offset + 1:]
        self._pass_on(way, target, data)
        return True

    def _pass_on(self, way: str, target: socket.socket, data: bytes) -> None:
        self.count[way] += len(data)
        if data:
            self.transcript.parts.append((way, data))
        if self.deed.kind != "single":
            target.sendall(data)
            return
        for i in range(len(data)):
            target.sendall(data[i:i + 1])
            time.sleep(0.0003)

    def _strike(self) -> None:
        if self.deed.way == SENT:  # the server's answers to what came before still arrive
            while self._ready(QUIET) == [RECEIVED]:
                data = self.server.recv(65536)
                if not data:
                    break
                self._pass_on(RECEIVED, self.client, data)
        self.struck = time.time()
        if self.deed.kind == "hold":
            self.over.wait(60)
        elif self.deed.kind == "reset":
            self.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            self.server.close()
            self.client.shutdown(socket.SHUT_WR)
            self.client.settimeout(3)
            while self.client.recv(65536):  # unread bytes would turn the end into a reset
                pass


class Proxy:
    """Use as a context manager; `port` is where the client connects to."""

    def __init__(self, upstream: int, deed: Deed = Deed()) -> None:
        self.upstream, self.deed = upstream, deed
        self.connections: list[Connection] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.threads: list[threading.Thread] = []

    def __enter__(self) -> "Proxy":
        self._start(self._accept)
        return self

    def __exit__(self, *_exception) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for connection in self.connections:
            connection.over.set()
        for thread in self.threads:
            thread.join(5)

    def _start(self, work) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self.threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                connection = Connection(client, self.upstream, self.deed)
                self.connections.append(connection)
                self._start(connection.run)
