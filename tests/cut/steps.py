# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""Which step of a connection each byte of a recording belongs to. The oracle of tests/cut: it reads
the specifications anew and shares nothing with the add-on.

A cut takes a message away from the client. The step that was cut is that of the message: what the
client waits for. Messages that no step waits for (TLS 1.3's session tickets, the server's
measurements of the line) count to what comes next."""
from __future__ import annotations

import base64
from dataclasses import dataclass

Line = dict  # one observation, as tests/cut/told.cpp writes it

CHANNEL_JOIN, ATTACH_USER, SEND_DATA, ULTIMATUM = 15, 11, 26, 8  # T.125, the PDU's number
SEC_LICENSE, SEC_PASSING = 0x80, 0x1000 | 0x0002 | 0x4000  # [MS-RDPBCGR] 2.2.8.1.1.2.1


@dataclass
class Message:
    """A whole message from the server; `step` None: no step waits for it."""

    step: str | None
    name: str


def tpkt_length(data: bytes) -> int | None:
    """[MS-RDPBCGR] 2.2.9.1.2 for the short form of fast-path, RFC 1006 6 for the other."""
    if len(data) < 2:
        return None
    if data[0] == 3:
        return int.from_bytes(data[2:4], "big") if len(data) >= 4 else None
    if not data[1] & 0x80:
        return data[1]
    return (data[1] & 0x7F) << 8 | data[2] if len(data) >= 3 else None


def der_length(data: bytes) -> int | None:
    if len(data) < 2:
        return None
    size = data[1] & 0x7F if data[1] & 0x80 else 0
    if len(data) < 2 + size:
        return None
    return 2 + size + (int.from_bytes(data[2:2 + size], "big") if size else data[1])


def user_data(pdu: bytes) -> bytes:
    """What a Send Data Indication carries, T.125 7: initiator, channel, a byte, a length, data."""
    at = 7 + 1 + 2 + 2 + 1
    return pdu[at + (2 if pdu[at] & 0x80 else 1):]


def of_data(data: bytes, licensed: bool) -> Message:
    """Share control PDUs begin with their length; all else has a security header."""
    if int.from_bytes(data[:2], "little") == len(data):
        kind = int.from_bytes(data[2:4], "little") & 15
        name = {1: "Demand Active", 6: "Deactivate All"}.get(kind)
        return Message("activation", name or f"data PDU {data[14]:#04x}")
    flags = int.from_bytes(data[:2], "little")
    if flags & SEC_LICENSE:
        return Message("licensing", "licence")
    if flags & SEC_PASSING:
        return Message(None, "measurement")
    return Message("activation" if licensed else "licensing", "encrypted")


def of_tpkt(pdu: bytes, licensed: bool) -> Message:
    if pdu[0] != 3:
        return Message("activation", "fast-path")
    if pdu[5] >> 4 == 0xD:
        return Message("negotiation", "Connection Confirm")
    if pdu[7] == 0x7F:
        return Message("mcs", "Connect Response")
    number = pdu[7] >> 2
    if number == SEND_DATA:
        return of_data(user_data(pdu), licensed)
    names = {ATTACH_USER: "Attach User Confirm", CHANNEL_JOIN: "Channel Join Confirm",
             ULTIMATUM: "Ultimatum"}
    return Message("mcs", names.get(number, f"MCS {number}"))


HANDSHAKE_RECORD = 22
HANDSHAKE = {2: "ServerHello", 4: "NewSessionTicket", 8: "EncryptedExtensions", 11: "Certificate",
             12: "ServerKeyExchange", 13: "CertificateRequest", 14: "ServerHelloDone",
             15: "CertificateVerify", 20: "Finished"}


class Records:
    """Puts each TLS record from the server on a line of its own, right before what it carries: as
    the tap tells of it when the records come one by one."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.waiting: list[bytes] = []  # whole records whose contents were not told of yet
        self.rest = b""
        self.left = 0  # bytes that the record told of last still has to give
        self.overhead = 0  # of an encrypted record, RFC 8446 5.2, RFC 5288 3
        self.tls = self.ciphered = False

    def split(self, lines: list[Line]) -> list[Line]:
        for line in lines:
            self._take(line)
        while self.waiting:
            self._next_record()
        return self.lines

    def _take(self, line: Line) -> None:
        self.tls = self.tls or line["what"] == "tls-configured"
        if not self.tls or line.get("way") != "received":
            self.lines.append(line)
        elif line.get("type") == HANDSHAKE_RECORD or line.get("layer") == "plain":
            self._content(line)
        elif line["what"] != "bytes":  # ChangeCipherSpec, of which OpenSSL 3.0 does not tell
            self.lines.append(line)
        else:
            self.rest += base64.b64decode(line["bytes"])
            while len(self.rest) >= 5 and len(self.rest) >= 5 + self._length(self.rest):
                size = 5 + self._length(self.rest)
                self.waiting.append(self.rest[:size])
                self.rest = self.rest[size:]

    @staticmethod
    def _length(record: bytes) -> int:
        return int.from_bytes(record[3:5], "big")

    def _content(self, line: Line) -> None:
        size = len(base64.b64decode(line["bytes"]))
        while self.left <= 0:
            self._next_record()
        self.lines.append(line)
        self.left -= size
        if line["what"] == "tls-message" and base64.b64decode(line["bytes"])[0] == 2:
            self.overhead = 17 if b"\x00\x2b\x00\x02\x03\x04" in base64.b64decode(
                line["bytes"]) else 24

    def _next_record(self) -> None:
        record = self.waiting.pop(0)
        told = base64.b64encode(record).decode()
        self.lines.append({"what": "bytes", "layer": "wire", "way": "received", "bytes": told})
        ciphered = record[0] == 23 or (self.ciphered and self.overhead == 24)
        self.left = self._length(record) - (self.overhead if ciphered else 0)
        if record[0] == 20:  # ChangeCipherSpec
            self.left = 0
            self.ciphered = True


class Oracle:
    """Goes through the observations of one connection; `label` writes `step` and `message` into
    each of those that tell of bytes from the server."""

    def __init__(self) -> None:
        self.nameless: list[Line] = []  # wire bytes whose message is not complete yet
        self.buffer = b""
        self.established = self.tls = self.licensed = self.negotiated = False

    def label(self, lines: list[Line]) -> list[Line]:
        for line in lines:
            self._take(line)
            if line["what"] == "activated":
                break
        for line in self.nameless:
            line["step"] = "session"
        return lines

    def _take(self, line: Line) -> None:
        what = line["what"]
        self.established = self.established or what == "tls-established"
        self.tls = self.tls or what == "tls-configured"
        if line.get("way") != "received":
            return
        data = base64.b64decode(line.get("bytes", ""))
        if what == "tls-message":
            self._tls_message(data, line["type"])
        elif what == "bytes" and line["layer"] == "wire":
            self.nameless.append(line)
            if not self.tls:
                self._content(data)
        elif what == "bytes" and line["layer"] == "plain":
            self._content(data)

    def _found(self, message: Message) -> None:
        if message.step is None:
            return
        self.licensed = self.licensed or message.step == "licensing"
        for line in self.nameless:
            line["step"], line["message"] = message.step, message.name
        self.nameless.clear()

    def _tls_message(self, data: bytes, content_type: int) -> None:
        if not self.established and content_type in (20, 22):
            name = HANDSHAKE.get(data[0], "?") if content_type == 22 else "ChangeCipherSpec"
            self._found(Message("tls", name))

    def _content(self, data: bytes) -> None:
        self.buffer += data
        while self.buffer:
            der = self.buffer[0] == 0x30
            length = der_length(self.buffer) if der else tpkt_length(self.buffer)
            if length is None or length > len(self.buffer):
                return
            message, self.buffer = self.buffer[:length], self.buffer[length:]
            self._found(Message("authentication", "TSRequest") if der
                        else of_tpkt(message, self.licensed))


def spans(lines: list[Line]) -> list[tuple[int, int, str, str]]:
    """(begin, end, step, message) of the server's bytes, one for each piece that was read."""
    found, at = [], 0
    for line in lines:
        if line["what"] == "bytes" and line["layer"] == "wire" and line["way"] == "received":
            if "step" not in line:
                break
            size = len(base64.b64decode(line["bytes"]))
            found.append((at, at + size, line["step"], line.get("message", "")))
            at += size
    return found


def step_of(pieces: list[tuple[int, int, str, str]], byte: int) -> str:
    """The step of the server's byte number `byte`; past the last one it is the session's."""
    return next((step for begin, end, step, _ in pieces if begin <= byte < end), "session")


def records(stream: bytes) -> list[int]:
    """Where the messages of one direction begin: TPKT and fast-path PDUs, then TLS records."""
    starts, at = [], 0
    while at < len(stream):
        starts.append(at)
        head = stream[at:at + 5]
        if 20 <= head[0] <= 23 and len(head) == 5:
            length = 5 + int.from_bytes(head[3:5], "big")
        else:
            length = tpkt_length(head)
        if not length:
            break
        at += length
    return starts
