# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""Proxies (HTTP CONNECT, RFC 9110; SOCKS 5, RFC 1928) that refuse in one way, or let the client
through to a server on loopback."""
from __future__ import annotations

import contextlib
import select
import socket
import threading
from typing import Callable, Iterator

from .context import Context
from .servers import Server

SOCKS_BOUND = b"\0\1\0\0\0\0\0\0"  # behind the reply code: an address that nobody uses


def http(status: str):
    """A proxy that answers CONNECT with this status; 200 goes through."""

    def speak(peer: socket.socket) -> bool:
        request = b""
        while b"\r\n\r\n" not in request:
            data = peer.recv(4096)
            if not data:
                return False
            request += data
        peer.sendall(f"HTTP/1.1 {status}\r\n\r\n".encode())
        return status.startswith("200")

    return speak


def socks(reply: int, method: int = 0):
    """A SOCKS 5 proxy: `method` chosen of what the client offers, then this reply; 0 goes
    through."""

    def speak(peer: socket.socket) -> bool:
        peer.recv(512)
        peer.sendall(bytes([5, method]))
        if method == 0xFF:
            return False
        peer.recv(512)
        peer.sendall(bytes([5, reply]) + SOCKS_BOUND)
        return reply == 0

    return speak


def _relay(peer: socket.socket, port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), 5) as host:
        while ready := select.select([peer, host], [], [], 30)[0]:
            for source in ready:
                data = source.recv(16384)
                if not data:
                    return
                (host if source is peer else peer).sendall(data)


def _serve(peer: socket.socket, speak: Callable[[socket.socket], bool], port: int) -> None:
    with peer, contextlib.suppress(OSError):
        peer.settimeout(10)
        if speak(peer) and port:
            _relay(peer, port)


def proxy(speak: Callable[[socket.socket], bool], behind=None):
    """{server} in `args` is the proxy; what it leads to is `behind`, whatever the client asks
    for. A gateway behind it keeps its {gateway}."""

    @contextlib.contextmanager
    def start(context: Context) -> Iterator[Server]:
        with contextlib.ExitStack() as stack:
            host = stack.enter_context(behind(context)) if behind else Server(0)
            listener = stack.enter_context(
                contextlib.closing(socket.create_server(("127.0.0.1", 0))))

            def accept() -> None:
                with contextlib.suppress(OSError):
                    while True:
                        peer, _ = listener.accept()
                        threading.Thread(target=_serve, args=(peer, speak, host.port),
                                         daemon=True).start()

            threading.Thread(target=accept, daemon=True).start()
            yield Server(listener.getsockname()[1], host.ca, host.gateway)

    return start
