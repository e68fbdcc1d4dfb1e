# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""A Remote Desktop Gateway (MS-TSGU, HTTP transport, over a websocket or over two connections) that
accepts every sign-in and refuses at one chosen step with one chosen HRESULT, or goes through to the
host. Of RPC over HTTP it knows the sign-in only."""
from __future__ import annotations

import base64
import contextlib
import hashlib
import re
import select
import socket
import ssl
import struct
import threading
from dataclasses import dataclass

HANDSHAKE, TUNNEL_CREATE, TUNNEL_AUTH, CHANNEL_CREATE, DATA = 0x1, 0x4, 0x6, 0x8, 0xA
WEBSOCKET_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
CONNECT_FAILED = 0x800759DD  # E_PROXY_TS_CONNECTFAILED
QUARANTINE = 0x800759ED  # E_PROXY_QUARANTINE_ACCESSDENIED: the client may go on (3.7.5.2.7)
TUNNEL_ID_AND_CAPS, CONSENT_MESSAGE, CHANNEL_ID = 0x3, 0x10, 0x1


@dataclass(frozen=True)
class Refusal:
    """`step`: handshake, tunnel, authorization or channel, with an HRESULT; or in, with the HTTP
    status for the second connection; none: no refusal."""

    step: str = ""
    code: int = 0
    websocket: bool = True
    consent: str = ""  # a message that the user has to accept


def challenge() -> bytes:
    """An NTLM CHALLENGE (MS-NLMP 2.2.1.2) of CORP\\GATEWAY01."""
    def pair(kind: int, text: str) -> bytes:
        value = text.encode("utf-16-le")
        return struct.pack("<HH", kind, len(value)) + value
    name = "CORP".encode("utf-16-le")
    info = (pair(2, "CORP") + pair(1, "GATEWAY01") + pair(4, "corp.example.com")
            + pair(3, "gateway01.corp.example.com") + struct.pack("<HH", 0, 0))
    return (b"NTLMSSP\0" + struct.pack("<IHHII", 2, len(name), len(name), 56, 0xE2898235)
            + bytes.fromhex("0123456789abcdef") + bytes(8)
            + struct.pack("<HHI", len(info), len(info), 56 + len(name))
            + struct.pack("<BBH3xB", 10, 0, 20348, 15) + name + info)


class Connection:
    """One client, from its first request on."""

    def __init__(self, peer: ssl.SSLSocket, refusal: Refusal, outputs: dict) -> None:
        self.peer, self.refusal, self.buffer = peer, refusal, b""
        self.outputs = outputs  # of clients with two connections, by their id
        self.output = self
        self.frames = False

    def serve(self) -> None:
        head = self._sign_in()
        key = re.search(rb"(?im)^Sec-WebSocket-Key: *(\S+)", head)
        if head.startswith(b"RPC_OUT_DATA") or (head.startswith(b"RDG_IN_DATA")
                                                and self.refusal.step == "in"):
            self._refuse()
        elif head.startswith(b"RPC_IN_DATA"):
            while self._receive():  # it waits for the other one
                pass
        elif head.startswith(b"RDG_IN_DATA"):
            self._serve_input(head)
        elif key and self.refusal.websocket:
            self._serve_websocket(key[1])
        else:
            self._serve_output(head)

    def _refuse(self) -> None:
        self.peer.sendall((f"HTTP/1.1 {self.refusal.code or 503} Refused\r\n"
                           "Content-Length: 0\r\n\r\n").encode())

    def _serve_websocket(self, key: bytes) -> None:
        accept = base64.b64encode(hashlib.sha1(key + WEBSOCKET_GUID).digest()).decode()
        self.peer.sendall(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                           "Connection: Upgrade\r\n"
                           f"Sec-WebSocket-Accept: {accept}\r\n\r\n").encode())
        self.frames = True
        while self._answer(*self._packet()):
            pass

    @staticmethod
    def _id(head: bytes) -> bytes:
        found = re.search(rb"(?im)^RDG-Connection-Id: *(\S+)", head)
        return found[1] if found else b""

    def _serve_output(self, head: bytes) -> None:
        """The connection that the gateway answers on (3.3.5.1): ten bytes, then its packets."""
        # FreeRDP 3.15 waits in vain for the end of a body in chunks.
        self.peer.sendall(b"HTTP/1.1 200 OK\r\n\r\n0123456789")
        done = threading.Event()
        self.outputs[self._id(head)] = (self, done)
        done.wait(60)

    def _serve_input(self, head: bytes) -> None:
        self.peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        self._head()  # of the request that never ends
        self.output, done = self.outputs[self._id(head)]
        try:
            while self._answer(*self._packet()):
                pass
        finally:
            done.set()

    def _head(self) -> bytes:
        while b"\r\n\r\n" not in self.buffer:
            self.buffer += self._receive()
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        return head

    def _sign_in(self) -> bytes:
        """Answers requests until the NTLM sign-in is complete; the head of the last."""
        while True:
            head = self._head()
            sent = re.search(rb"(?im)^Authorization: *(NTLM|Negotiate) (\S+)", head)
            message = base64.b64decode(sent[2])[8:9] if sent else b""
            if message == b"\3":
                return head
            answer = f" {base64.b64encode(challenge()).decode()}" if message == b"\1" else ""
            scheme = sent[1].decode() if sent else "NTLM"
            self.peer.sendall((f"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: {scheme}{answer}"
                               "\r\nContent-Length: 0\r\n\r\n").encode())

    def _receive(self) -> bytes:
        data = self.peer.recv(65536)
        if not data:
            raise ConnectionError
        return data

    def _exactly(self, size: int) -> bytes:
        while len(self.buffer) < size:
            self.buffer += self._receive()
        taken, self.buffer = self.buffer[:size], self.buffer[size:]
        return taken

    def _frame(self) -> bytes:
        """The content of one websocket frame (RFC 6455, section 5.2)."""
        _, size = self._exactly(2)
        masked, size = size & 0x80, size & 0x7F
        if size == 126:
            size = struct.unpack(">H", self._exactly(2))[0]
        elif size == 127:
            size = struct.unpack(">Q", self._exactly(8))[0]
        mask = self._exactly(4) if masked else bytes(4)
        return bytes(byte ^ mask[i % 4] for i, byte in enumerate(self._exactly(size)))

    def _chunk(self) -> bytes:
        """The content of one chunk (RFC 9112, section 7.1)."""
        while b"\r\n" not in self.buffer:
            self.buffer += self._receive()
        line, _, self.buffer = self.buffer.partition(b"\r\n")
        return self._exactly(int(line, 16) + 2)[:-2]

    def _packet(self) -> tuple[int, bytes]:
        frame = self._frame() if self.frames else self._chunk()
        return struct.unpack_from("<H", frame)[0], frame[8:]

    def _send(self, kind: int, body: bytes) -> None:
        packet = struct.pack("<HHI", kind, 0, 8 + len(body)) + body
        size = len(packet)
        if not self.frames:
            self.output.peer.sendall(packet)
            return
        length = bytes([size]) if size < 126 else struct.pack(">BH", 126, size)
        self.peer.sendall(b"\x82" + length + packet)

    def _code(self, step: str) -> int:
        return self.refusal.code if self.refusal.step == step else 0

    def _answer(self, kind: int, body: bytes) -> bool:
        """Answers a packet; whether to go on."""
        if kind == HANDSHAKE:
            code = self._code("handshake")
            self._send(0x2, struct.pack("<IBBHH", code, 1, 0, 0, 0))
        elif kind == TUNNEL_CREATE:
            code = self._code("tunnel")
            self._send(0x5, self._tunnel_response(code))
        elif kind == TUNNEL_AUTH:
            code = self._code("authorization")
            self._send(0x7, struct.pack("<IHH", code, 0, 0))
        elif kind == CHANNEL_CREATE:
            code = self._code("channel")
            host = None if code else self._connect(body)
            code = code or (0 if host else CONNECT_FAILED)
            fields = struct.pack("<I", 1) if host else b""
            self._send(0x9, struct.pack("<IHH", code, CHANNEL_ID if host else 0, 0) + fields)
            if host:
                with host:
                    self._relay(host)
                return False
        else:
            return False
        return code in (0, QUARANTINE)

    def _tunnel_response(self, code: int) -> bytes:
        if code:
            return struct.pack("<HIHH", 1, code, 0, 0)
        text = self.refusal.consent.encode("utf-16-le")
        fields = TUNNEL_ID_AND_CAPS | (CONSENT_MESSAGE if text else 0)
        consent = struct.pack("<H", len(text)) + text if text else b""
        return struct.pack("<HIHHII", 1, 0, fields, 0, 1, 0x3F) + consent

    @staticmethod
    def _connect(body: bytes) -> socket.socket | None:
        """Connects to the port that the client names, on loopback whatever the host's name."""
        port = struct.unpack_from("<BBH", body)[2]
        with contextlib.suppress(OSError):
            return socket.create_connection(("127.0.0.1", port), 5)
        return None

    def _relay(self, host: socket.socket) -> None:
        """DATA packets to bytes and back, until one side ends."""
        while True:
            ready = [self.peer] if self.buffer or self.peer.pending() else \
                select.select([self.peer, host], [], [], 60)[0]
            if not ready:
                return
            if self.peer in ready:
                kind, body = self._packet()
                if kind == DATA:
                    host.sendall(body[2:])
            if host in ready:
                data = host.recv(16000)
                if not data:
                    return
                self._send(DATA, struct.pack("<H", len(data)) + data)


class Server:
    """Listens on loopback until the `with` ends."""

    def __init__(self, refusal: Refusal, certificate: str, key: str) -> None:
        self.refusal = refusal
        self.outputs: dict = {}
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)

    def __enter__(self) -> "Server":
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self.listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                raw, _ = self.listener.accept()
                threading.Thread(target=self._serve, args=(raw,), daemon=True).start()

    def _serve(self, raw: socket.socket) -> None:
        raw.settimeout(60)
        with raw, contextlib.suppress(OSError, struct.error):
            with self.context.wrap_socket(raw, server_side=True) as peer:
                Connection(peer, self.refusal, self.outputs).serve()
