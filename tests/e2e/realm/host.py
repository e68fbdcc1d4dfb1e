#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""An RDP host that signs its users in with Kerberos (CredSSP, SPNEGO), then hands the connection to
a session server that speaks plain TLS. FreeRDP's own server side cannot do this
without a computer account whose name is the service's, which only Active Directory has.

host.py --certificate FILE --key FILE --behind PORT; prints its port. Needs python3-gssapi; the
environment says which realm (KRB5_CONFIG) and keytab (KRB5_KTNAME)."""
from __future__ import annotations

import argparse
import contextlib
import hashlib
import select
import socket
import ssl
import struct
import threading

import gssapi

HYBRID, TLS = 2, 1
TO_CLIENT = b"CredSSP Server-To-Client Binding Hash\0"
TO_SERVER = b"CredSSP Client-To-Server Binding Hash\0"
VERSION = 6
KERBEROS = gssapi.MechType.kerberos
KERBEROS_OID = bytes.fromhex("2a864886f712010202")
ACCEPT_INCOMPLETE, REJECT = 1, 2
gssapi.SecurityContext.__DEFER_STEP_ERRORS__ = False  # tell at once, though there is a token too


def confirm(protocol: int) -> bytes:
    """X.224 Connection Confirm with RDP_NEG_RSP (MS-RDPBCGR 2.2.1.2)."""
    return bytes.fromhex("030000130ed0000012340002") + struct.pack("<BHI", 0x1F, 8, protocol)


def request(protocol: int) -> bytes:
    """X.224 Connection Request with RDP_NEG_REQ (MS-RDPBCGR 2.2.1.1)."""
    return bytes.fromhex("030000130ee0000000000001") + struct.pack("<BHI", 0, 8, protocol)


def tlv(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    return bytes([tag, 0x82]) + struct.pack(">H", size) + content


def elements(der: bytes) -> dict[int, bytes]:
    """The elements of a SEQUENCE's content by tag, the first of each."""
    found, at = {}, 0
    while at + 2 <= len(der):
        tag, size, at = der[at], der[at + 1], at + 2
        if size > 0x80:
            count = size - 0x80
            size, at = int.from_bytes(der[at:at + count], "big"), at + count
        found.setdefault(tag, der[at:at + size])
        at += size
    return found


def inner(der: bytes, *tags: int) -> bytes:
    for tag in tags:
        der = elements(der).get(tag, b"")
    return der


def response(state: int, rest: bytes) -> bytes:
    return tlv(0xA1, tlv(0x30, tlv(0xA0, tlv(0x0A, bytes([state]))) + rest))


class SignIn:
    """CredSSP on one TLS connection (MS-CSSP 3.1.5)."""

    def __init__(self, peer: ssl.SSLSocket, public_key: bytes) -> None:
        self.peer, self.public_key = peer, public_key
        self.context = gssapi.SecurityContext(
            creds=gssapi.Credentials(usage="accept", mechs=[KERBEROS]), usage="accept")
        self.offered = b""  # the client's list of mechanisms, which is signed in the end

    def run(self) -> bool:
        """Whether the client has given its credentials."""
        while True:
            message = self._receive()
            if inner(message, 0xA2):
                return True
            answer, accepted = b"", True
            if not self.context.complete:
                token, accepted = self._negotiate(inner(message, 0xA1, 0x30, 0x30, 0xA0, 0x04))
                answer += tlv(0xA1, tlv(0x30, tlv(0x30, tlv(0xA0, tlv(0x04, token)))))
            sealed = inner(message, 0xA3, 0x04)
            if sealed:
                answer += tlv(0xA3, tlv(0x04, self._key_for(sealed, inner(message, 0xA5, 0x04))))
            self._send(answer)
            if not accepted:
                return False

    def _negotiate(self, token: bytes) -> tuple[bytes, bool]:
        """The SPNEGO answer (RFC 4178, section 4.2.2), and whether it goes on."""
        mechanisms = inner(token, 0x60, 0xA0, 0x30, 0xA0)
        if mechanisms:  # its first choice is user-to-user, which needs a computer account
            self.offered = mechanisms
            return response(ACCEPT_INCOMPLETE, tlv(0xA1, tlv(0x06, KERBEROS_OID))), True
        ticket = inner(token, 0xA1, 0x30, 0xA2, 0x04)
        try:
            said = self.context.step(ticket)
        except gssapi.exceptions.GSSError as error:
            print(f"host: {error}", flush=True)
            said = tlv(0xA2, tlv(0x04, error.token)) if error.token else b""
            return response(REJECT, said), False
        mic = self.context.get_signature(self.offered)
        rest = tlv(0xA2, tlv(0x04, said)) + tlv(0xA3, tlv(0x04, mic))
        return response(ACCEPT_INCOMPLETE, rest), True

    def _key_for(self, sealed: bytes, nonce: bytes) -> bytes:
        """The sealed answer to pubKeyAuth."""
        said = self.context.unwrap(sealed).message
        if said != hashlib.sha256(TO_SERVER + nonce + self.public_key).digest():
            raise ConnectionError("another public key")
        return self._wrap(hashlib.sha256(TO_CLIENT + nonce + self.public_key).digest())

    def _wrap(self, message: bytes) -> bytes:
        """Rotated as Windows does it (RFC 4121, section 4.2.5): the trailer comes first."""
        token = self.context.wrap(message, True).message
        count = len(token) - 32 - len(message)
        body = token[16:]
        return token[:6] + struct.pack(">H", count) + token[8:16] + body[-count:] + body[:-count]

    def _receive(self) -> bytes:
        """The content of one TSRequest."""
        head = self._exactly(2)
        size = head[1]
        if size > 0x80:
            size = int.from_bytes(self._exactly(size - 0x80), "big")
        return self._exactly(min(size, 65536))

    def _exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            more = self.peer.recv(size - len(data))
            if not more:
                raise ConnectionError
            data += more
        return data

    def _send(self, content: bytes) -> None:
        self.peer.sendall(tlv(0x30, tlv(0xA0, tlv(0x02, bytes([VERSION]))) + content))


def subject_public_key(certificate: str) -> bytes:
    """The content of subjectPublicKey of a PEM certificate, without its count of unused bits."""
    with open(certificate, encoding="ascii") as file:
        der = ssl.PEM_cert_to_DER_cert(file.read())
    body = inner(der, 0x30, 0x30)
    at = 0
    for _ in range(6):  # version, serial number, signature, issuer, validity, subject
        size, head = body[at + 1], 2
        if size > 0x80:
            head += size - 0x80
            size = int.from_bytes(body[at + 2:at + head], "big")
        at += head + size
    return inner(body[at:], 0x30, 0x03)[1:]


def without_nla(connect_initial: bytes) -> bytes:
    """The MCS Connect-Initial with the serverSelectedProtocol (MS-RDPBCGR 2.2.1.3.2) of TLS."""
    core = connect_initial.find(bytes.fromhex("01c0"), connect_initial.find(b"Duca"))
    at = core + 212
    return connect_initial[:at] + struct.pack("<I", TLS) + connect_initial[at + 4:]


def relay(client: ssl.SSLSocket, behind: int) -> None:
    """What follows the sign-in goes to the session server, under TLS without NLA."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", behind), 5) as raw:
        raw.sendall(request(TLS))
        raw.recv(1024)
        with context.wrap_socket(raw) as server:
            server.sendall(without_nla(client.recv(16384)))
            while True:
                ready = [side for side in (client, server) if side.pending()] or \
                    select.select([client, server], [], [], 60)[0]
                for side in ready:
                    data = side.recv(16384)
                    if not data:
                        return
                    (server if side is client else client).sendall(data)
                if not ready:
                    return


def serve(raw: socket.socket, options: argparse.Namespace, context: ssl.SSLContext) -> None:
    raw.settimeout(60)
    with raw, contextlib.suppress(OSError):
        raw.recv(1024)
        raw.sendall(confirm(HYBRID))
        with context.wrap_socket(raw, server_side=True) as peer:
            if SignIn(peer, subject_public_key(options.certificate)).run():
                relay(peer, options.behind)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--certificate", required=True)
    parser.add_argument("--key", required=True)
    parser.add_argument("--behind", type=int, required=True)
    parser.add_argument("--print-port", action="store_true")
    options = parser.parse_args()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options.certificate, options.key)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(listener.getsockname()[1], flush=True)
        listener.settimeout(120)  # ends by itself
        with contextlib.suppress(TimeoutError):
            while True:
                raw, _ = listener.accept()
                threading.Thread(target=serve, args=(raw, options, context), daemon=True).start()


if __name__ == "__main__":
    main()
