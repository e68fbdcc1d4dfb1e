# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""Servers that mean no good: they never end, say one byte a second, or lie about lengths."""
from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from typing import Callable, Iterator

CONFIRM_TLS = bytes.fromhex("030000130ed000001234000209080001000000")
CONFIRM_NLA = bytes.fromhex("030000130ed000001234000209080002000000")
LIMIT = 30.0  # seconds that a server goes on at most


def endless(peer: socket.socket, data: bytes, pause: float = 0.0) -> None:
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        peer.sendall(data)
        time.sleep(pause)


def record(kind: int, body: bytes, version: int = 0x0303) -> bytes:
    return struct.pack(">BHH", kind, version, len(body)) + body


def handshake(kind: int, body: bytes, length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    return bytes([kind]) + struct.pack(">I", size)[1:] + body


def server_hello() -> bytes:
    """TLS 1.2, ECDHE-RSA-AES128-GCM-SHA256, renegotiation_info."""
    return handshake(2, b"\x03\x03" + bytes(32) + b"\0" + b"\xc0\x2f" + b"\0" +
                     b"\0\x05\xff\x01\0\x01\0")


def in_records(message: bytes) -> bytes:
    return b"".join(record(22, message[at:at + 16000]) for at in range(0, len(message), 16000))


def after_request(act: Callable[[socket.socket], None]) -> Callable[[socket.socket], None]:
    def serve(peer: socket.socket) -> None:
        peer.recv(4096)
        act(peer)
    return serve


def after_hello(act: Callable[[socket.socket], None],
                confirm: bytes = CONFIRM_TLS) -> Callable[[socket.socket], None]:
    def serve(peer: socket.socket) -> None:
        peer.recv(4096)
        peer.sendall(confirm)
        peer.recv(4096)
        act(peer)
    return serve


def certificates(count: int, size: int) -> bytes:
    one = b"\x30\x82" + struct.pack(">H", (size - 4) & 0xffff) + bytes(size - 4)
    listed = b"".join(struct.pack(">I", len(one))[1:] + one for _ in range(count))
    return handshake(11, struct.pack(">I", len(listed))[1:] + listed)


def lying_certificate(peer: socket.socket) -> None:
    """Announces 10 MB in one certificate, and sends them."""
    size = 10 * 1024 * 1024
    peer.sendall(record(22, server_hello()))
    head = handshake(11, struct.pack(">I", size + 3)[1:] + struct.pack(">I", size)[1:], size + 6)
    peer.sendall(record(22, head))
    endless(peer, record(22, bytes(16000)))


def slow(data: bytes) -> Callable[[socket.socket], None]:
    def act(peer: socket.socket) -> None:
        for byte in data:
            peer.sendall(bytes([byte]))
            time.sleep(1)
        time.sleep(LIMIT)
    return act


# name: server, and whether a check needs its whole time for it
SERVERS: dict[str, tuple[Callable[[socket.socket], None], bool]] = {
    "endless-at-once": (lambda peer: endless(peer, bytes(65536)), False),
    "endless-answer": (after_request(lambda peer: endless(peer, b"A" * 65536)), False),
    "endless-tpkt": (after_request(lambda peer: endless(peer, b"\x03\0\xff\xff" + bytes(65531))),
                     False),
    "tpkt-length-0": (after_request(lambda peer: endless(peer, b"\x03\0\0\0", 0.01)), False),
    "tpkt-length-lies": (after_request(lambda peer: peer.sendall(b"\x03\0\xff\xff\x0e\xd0")), True),
    "negotiation-length-lies": (after_request(lambda peer: peer.sendall(
        bytes.fromhex("030000130ed0000012340002ffff0001000000"))), False),
    "byte-per-second": (after_request(slow(CONFIRM_TLS)), True),
    "tls-byte-per-second": (after_hello(slow(record(22, server_hello()))), True),
    "endless-tls-records": (after_hello(lambda peer: endless(peer, record(23, bytes(16000)))),
                            False),
    "endless-warnings": (after_hello(lambda peer: endless(peer, record(21, b"\x01\x5a"))), False),
    "endless-hello-requests": (after_hello(lambda peer: endless(peer, 1000 * record(
        22, handshake(0, b"")))), False),
    "empty-records": (after_hello(lambda peer: endless(peer, record(22, b""))), False),
    "record-length-lies": (after_hello(lambda peer: endless(peer, b"\x16\x03\x03\xff\xff" +
                                                            bytes(65535))), False),
    "certificate-10-mb": (after_hello(lying_certificate), False),
    "chain-of-100": (after_hello(lambda peer: peer.sendall(
        record(22, server_hello()) + in_records(certificates(100, 900)))), False),
    "chain-of-10000": (after_hello(lambda peer: peer.sendall(
        record(22, server_hello()) + in_records(certificates(10000, 16)))), False),
    "compressed-certificate": (after_hello(lambda peer: peer.sendall(  # RFC 8879, 16 MB announced
        record(22, server_hello()) + record(22, handshake(25, b"\0\x01\xff\xff\xff\0\0\x10" +
                                                          bytes(16))))), False),
    "silent": (lambda peer: time.sleep(LIMIT), True),
    "silent-after-hello": (after_hello(lambda peer: time.sleep(LIMIT)), True),
}


@contextlib.contextmanager
def serving(act: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server on loopback; gives its port."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=16)

    def one(peer: socket.socket) -> None:
        with peer, contextlib.suppress(OSError):
            act(peer)
            peer.settimeout(5)
            while peer.recv(65536):
                pass

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                peer, _ = listener.accept()
                threading.Thread(target=one, args=(peer,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()
