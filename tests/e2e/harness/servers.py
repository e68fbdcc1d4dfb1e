# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""Servers for the cases: the scripted one, and small ones of a few lines."""
from __future__ import annotations

import contextlib
import pathlib
import socket
import subprocess
import threading
from typing import Iterator

from .context import Context


class Server:
    """What a case may name in its arguments: {port}, {ca}, {gateway}."""

    def __init__(self, port: int, ca: pathlib.Path | None = None, gateway: int = 0) -> None:
        self.port = port
        self.ca = ca
        self.gateway = gateway  # the port of a gateway in front of it


def free_port() -> int:
    with contextlib.closing(socket.socket()) as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def stop(process: subprocess.Popen) -> None:
    """Ends a process that we started, by force if it does not listen."""
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(5)


def scripted(scenario: str, *options: str):
    """The scripted server of tests/server."""

    @contextlib.contextmanager
    def start(context: Context) -> Iterator[Server]:
        ca = context.folder / "authority.pem"
        command = [*context.inside, str(context.scripted_server), "--print-port", "--ca-file",
                   str(ca), *options, scenario]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                yield Server(int(process.stdout.readline()), ca)
            finally:
                stop(process)

    return start


def closed_port():
    """A port on which nothing listens."""

    @contextlib.contextmanager
    def start(context: Context) -> Iterator[Server]:
        yield Server(free_port())

    return start


def canned(answer: bytes):
    """Answers each connection's first bytes with `answer`; a proxy that refuses, say."""

    @contextlib.contextmanager
    def start(context: Context) -> Iterator[Server]:
        with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as listener:
            def serve() -> None:
                with contextlib.suppress(OSError):
                    while True:
                        peer, _ = listener.accept()
                        with peer:
                            peer.settimeout(10)
                            peer.recv(4096)
                            peer.sendall(answer)
            threading.Thread(target=serve, daemon=True).start()
            yield Server(listener.getsockname()[1])

    return start


def nxdomain_resolver():
    """A resolver on 127.0.0.1:53 of the case's network that knows no name at all."""

    program = (
        "import socket,sys\n"
        "s=socket.socket(socket.AF_INET,socket.SOCK_DGRAM); s.bind(('127.0.0.1',53))\n"
        "print('ready',flush=True)\n"
        "while True:\n"
        "    q,a=s.recvfrom(512)\n"
        "    s.sendto(q[:2]+b'\\x81\\x83'+q[4:6]+b'\\0\\0\\0\\0\\0\\0'+q[12:],a)\n")

    @contextlib.contextmanager
    def start(context: Context) -> Iterator[Server]:
        command = [*context.inside, "python3", "-c", program]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                process.stdout.readline()
                yield Server(3389)
            finally:
                stop(process)

    return start
