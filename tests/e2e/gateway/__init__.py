# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""Remote Desktop Gateways that refuse: nginx with HTTP answers, and one that speaks MS-TSGU.

with Gateway("403") as gateway: ... gateway.port. Needs nginx and openssl."""
from __future__ import annotations

import base64
import contextlib
import pathlib
import shutil
import socket
import subprocess
import tempfile
import threading
import time

from . import rdg

TEMPLATE = pathlib.Path(__file__).with_name("refusals.conf")

ASK = """
        if ($ntlm = none) { add_header WWW-Authenticate $offer always; return 401; }
        if ($ntlm = negotiate) {
            add_header WWW-Authenticate "$package @challenge@" always; return 401;
        }
"""


def always(answer: str) -> str:
    return f"        location / {{ {answer} }}\n"


def after_sign_in(answer: str) -> str:
    """NTLM is asked for and believed; `answer` comes to the third message."""
    ask = ASK.replace("$offer", '"NTLM"')
    return f"        location / {{ {ask} {answer} }}\n"


# What nginx answers, by the name of the case.
REFUSALS = {
    "401": always("return 401;"),
    "401-basic": always("add_header WWW-Authenticate 'Basic realm=\"rdg\"' always; return 401;"),
    "401-negotiate": always("add_header WWW-Authenticate Negotiate always; return 401;"),
    "401-ntlm": after_sign_in('add_header WWW-Authenticate NTLM always; return 401;'),
    "401-restricted": after_sign_in('return 401 "User Account Restricted\\n";'),
    "403": always("return 403;"),
    "403-after-sign-in": after_sign_in("return 403;"),
    "404": always("return 404;"),
    "407": always('add_header Proxy-Authenticate \'Basic realm="proxy"\' always; return 407;'),
    "410": always("return 410;"),
    "500": always("return 500;"),
    "502": always("return 502;"),
    "503": always("return 503;"),
    "503-after-sign-in": after_sign_in("return 503;"),
    "redirect": always("return 302 https://login.example.com/;"),
    "no-upgrade": after_sign_in("return 426;"),
    "no-websocket": after_sign_in("proxy_pass http://127.0.0.1:@upstream@;"),
    "web-server": always('return 200 "<html>welcome</html>\\n";'),
    "closes": always("return 444;"),
    "closes-after-sign-in": after_sign_in("return 444;"),
    "no-tls": always("return 404;"),
    "reason-restricted": after_sign_in("proxy_pass http://127.0.0.1:@upstream@;"),
}

# nginx passes on the status line of what stands behind it, so these words are not its own.
UPSTREAM = {
    "reason-restricted": b"HTTP/1.1 401 User Account Restricted\r\nContent-Length: 0\r\n\r\n",
    "no-websocket": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
}

# TLS of its own, for nginx with the refusal named behind the colon.
OLD_TLS = "ssl_protocols TLSv1; ssl_ciphers ALL:@SECLEVEL=0;"
TLS = {"old-tls": OLD_TLS}

# What a gateway answers that speaks MS-TSGU: rdg:STEP:HRESULT, rdg:consent, rdg:ok; the same with
# rdg-http for one without websocket; rdg-http:in:STATUS, and rdg:rpc:STATUS for RPC over HTTP.
EXAMPLES = [*REFUSALS, "rdg:ok", "rdg:consent", "rdg:handshake:0x800759D8",
            "rdg:tunnel:0x800759F8", "rdg:tunnel:0x800759F9", "rdg:tunnel:0x800759F7",
            "rdg:authorization:0x800759DB", "rdg:authorization:0x800759ED",
            "rdg:channel:0x800759DA", "rdg:channel:0x800759DD", "rdg:channel:0x000059E6",
            "rdg-http:in:403", "rdg-http:channel:0x800759DA", "rdg:rpc:503"]


def missing() -> list[str]:
    return [program for program in ("nginx", "openssl")
            if not shutil.which(program) and not shutil.which(program, path="/usr/sbin")]


def free_port() -> int:
    with contextlib.closing(socket.socket()) as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Gateway:
    """One of REFUSALS, or rdg:…; listens while the `with` lasts."""

    def __init__(self, case: str) -> None:
        self.case = case
        self.port = 0
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> "Gateway":
        with contextlib.ExitStack() as stack:
            self.folder = pathlib.Path(stack.enter_context(
                tempfile.TemporaryDirectory(prefix="preflight-gateway-")))
            self._make_certificate()
            if self.case.startswith(("rdg:", "rdg-http:")):
                files = str(self.folder / "gateway.crt"), str(self.folder / "gateway.key")
                server = rdg.Server(self._refusal(), *files)
                self.port = stack.enter_context(server).port
            else:
                self._start_nginx(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_) -> None:
        self._stack.close()

    def _make_certificate(self) -> None:
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30",
                        "-subj", "/CN=127.0.0.1",  # FreeRDP compares texts
                        "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout",
                        self.folder / "gateway.key", "-out", self.folder / "gateway.crt"],
                       check=True, capture_output=True)

    def _refusal(self) -> rdg.Refusal:
        kind, step, *code = self.case.split(":")
        websocket = kind == "rdg"
        if step == "ok":
            return rdg.Refusal(websocket=websocket)
        if step == "consent":
            return rdg.Refusal(consent="This system is for authorised use only.")
        return rdg.Refusal(step, int(code[0], 0), websocket)

    def _start_nginx(self, stack: contextlib.ExitStack) -> None:
        self.port = free_port()
        upstream = 0
        if self.case in UPSTREAM:
            upstream = stack.enter_context(canned(UPSTREAM[self.case]))
        tls, _, case = self.case.rpartition(":")
        values = {"server": REFUSALS[case], "protocols": TLS.get(tls, ""),
                  "folder": str(self.folder), "port": str(self.port),
                  "tls": "" if self.case == "no-tls" else "ssl",
                  "challenge": base64.b64encode(rdg.challenge()).decode(),
                  "upstream": str(upstream)}
        text = TEMPLATE.read_text()
        for name, value in values.items():
            text = text.replace(f"@{name}@", value)
        (self.folder / "nginx.conf").write_text(text)
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        nginx = subprocess.Popen([program, "-p", self.folder, "-c", self.folder / "nginx.conf",
                                  "-e", "stderr"], stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL)
        stack.callback(self._stop, nginx)
        for _ in range(100):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            time.sleep(0.05)
        raise RuntimeError("nginx does not start")

    @staticmethod
    def _stop(nginx: subprocess.Popen) -> None:
        nginx.terminate()
        try:
            nginx.wait(5)
        except subprocess.TimeoutExpired:
            nginx.kill()
            nginx.wait(5)


@contextlib.contextmanager
def canned(answer: bytes):
    """Answers every request with these bytes; yields the port."""
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as listener:
        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    peer, _ = listener.accept()
                    with peer:
                        peer.settimeout(10)
                        peer.recv(65536)
                        peer.sendall(answer)
        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1]
