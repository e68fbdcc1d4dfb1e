# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""Real servers on loopback, each with a configuration of its own beside the case."""
from __future__ import annotations

import contextlib
import os
import pathlib
import subprocess
import time
from typing import Iterator

from .case import SECRET
from .context import Context
from .ntlm import nt_hash
from .servers import Server, free_port, scripted, stop

XRDP_INI = """[Globals]
ini_version=1
fork=true
port=tcp://.:{port}
security_layer={layer}
crypt_level=high
certificate={folder}/cert.pem
key_file={folder}/key.pem
ssl_protocols={protocols}
{ciphers}
autorun=
allow_channels=true
allow_multimon=true
bitmap_cache=true
bitmap_compression=true
new_cursors=true
use_fastpath=both
max_bpp=32
[Logging]
LogFile={folder}/xrdp.log
LogLevel=INFO
EnableSyslog=false
[Channels]
rdpdr=true
rdpsnd=true
drdynvc=true
cliprdr=true
[Xorg]
name=Xorg
lib=libxup.so
username=ask
password=ask
ip=127.0.0.1
port=-1
code=20
"""


def wait_for(port: int, process: subprocess.Popen, seconds: float = 10) -> None:
    """Until something listens there; sends nothing."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        if f":{port:04X} 00000000:0000 0A" in pathlib.Path("/proc/net/tcp").read_text() or \
           f":{port:04X} 00000000000000000000000000000000:0000 0A" in \
           pathlib.Path("/proc/net/tcp6").read_text():
            return
        time.sleep(0.05)
    raise RuntimeError(f"{process.args[0]} does not listen on port {port}")


def make_certificate(folder: pathlib.Path, days: int = 30) -> None:
    """A self-signed pair cert.pem, key.pem; a negative number of days has expired."""
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj",
               "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
               "-keyout", folder / "key.pem", "-out", folder / "cert.pem", "-days", str(abs(days))]
    subprocess.run(command, check=True, capture_output=True)
    if days < 0:
        subprocess.run(["openssl", "ca", "-batch", "-selfsign", "-startdate", "20240101000000Z",
                        "-enddate", "20250101000000Z", *_ca_options(folder)],
                       check=True, capture_output=True)


def _ca_options(folder: pathlib.Path) -> list:
    """What `openssl ca` needs to sign with dates of our choice."""
    (folder / "index.txt").write_text("")
    (folder / "ca.cnf").write_text(
        f"[ca]\ndefault_ca=own\n[own]\ndatabase={folder}/index.txt\nrand_serial=yes\n"
        f"new_certs_dir={folder}\ndefault_md=sha256\npolicy=any\nx509_extensions=names\n"
        "[any]\ncommonName=supplied\n[names]\nsubjectAltName=DNS:localhost,IP:127.0.0.1\n")
    subprocess.run(["openssl", "req", "-new", "-key", folder / "key.pem", "-subj", "/CN=localhost",
                    "-out", folder / "request.pem"], check=True, capture_output=True)
    return ["-config", folder / "ca.cnf", "-keyfile", folder / "key.pem", "-in",
            folder / "request.pem", "-out", folder / "cert.pem", "-notext"]


@contextlib.contextmanager
def running(context: Context, command: list, port: int, **options) -> Iterator[Server]:
    log = context.folder / f"{pathlib.Path(str(command[0])).name}.output"
    with log.open("w") as output, subprocess.Popen(command, stdout=output, stderr=output,
                                                   stdin=subprocess.DEVNULL, **options) as process:
        try:
            wait_for(port, process)
            yield Server(port)
        finally:
            stop(process)


def xrdp(layer: str = "negotiate", protocols: str = "TLSv1.2, TLSv1.3", ciphers: str = "",
         days: int = 30, key_readable: bool = True):
    @contextlib.contextmanager
    def start(context: Context) -> Iterator[Server]:
        port, folder = free_port(), context.folder
        make_certificate(folder, days)
        ini = folder / "xrdp.ini"
        ini.write_text(XRDP_INI.format(port=port, layer=layer, folder=folder, protocols=protocols,
                                       ciphers=f"tls_ciphers={ciphers}" if ciphers else ""))
        command = ["xrdp", "--nodaemon", "--config", str(ini)]
        if not key_readable:  # as on a system where the service's user may not read the key
            command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]
            (folder / "xrdp.log").touch()
            for path in [folder, *folder.parents[:2]]:
                path.chmod(path.stat().st_mode | 0o055)
            (folder / "xrdp.log").chmod(0o666)
            (folder / "key.pem").chmod(0o600)
        with running(context, command, port) as server:
            yield server

    return start


def shadow(*options: str):
    """freerdp-shadow-cli: serves the display that the clients draw on."""

    @contextlib.contextmanager
    def start(context: Context) -> Iterator[Server]:
        port = free_port()
        home = context.folder / "server-home"
        home.mkdir()
        env = dict(os.environ, HOME=str(home), XDG_CONFIG_HOME=str(home / ".config"),
                   DISPLAY=context.display)
        program = "freerdp-shadow-cli3" if context.major == 3 else "freerdp-shadow-cli"
        command = [program, f"/port:{port}", "/bind-address:127.0.0.1", "-auth", *options]
        with running(context, command, port, env=env) as server:
            yield server

    return start


def shadow_nla():
    """freerdp-shadow-cli with NLA; it knows "user" with the secret, and nobody else."""

    @contextlib.contextmanager
    def start(context: Context) -> Iterator[Server]:
        port, home = free_port(), context.folder / "server-home"
        home.mkdir()
        sam = home / "sam"
        sam.write_text(f"user:::{nt_hash(SECRET)}:::\n")
        env = dict(os.environ, HOME=str(home), XDG_CONFIG_HOME=str(home / ".config"),
                   DISPLAY=context.display)
        program = "freerdp-shadow-cli3" if context.major == 3 else "freerdp-shadow-cli"
        command = [program, f"/port:{port}", "/bind-address:127.0.0.1", "/sec:nla",
                   f"/sam-file:{sam}"]
        with running(context, command, port, env=env) as server:
            yield server

    return start


def sshd():
    @contextlib.contextmanager
    def start(context: Context) -> Iterator[Server]:
        port, folder = free_port(), context.folder
        pathlib.Path("/run/sshd").mkdir(exist_ok=True)
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / "host_key"],
                       check=True)
        config = folder / "sshd_config"
        config.write_text(f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host_key\n"
                          f"PidFile none\nUsePAM no\n")
        with running(context, ["/usr/sbin/sshd", "-D", "-e", "-f", str(config)], port) as server:
            yield server

    return start


def nginx(tls: bool = False):
    @contextlib.contextmanager
    def start(context: Context) -> Iterator[Server]:
        port, folder = free_port(), context.folder
        make_certificate(folder)
        secure = f"ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem;"
        config = folder / "nginx.conf"
        paths = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in
                        ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        config.write_text(
            f"daemon off; master_process off; pid {folder}/nginx.pid; error_log stderr;\n"
            f"events {{}}\nhttp {{ access_log off; {paths}\n"
            f"server {{ listen 127.0.0.1:{port}{' ssl' if tls else ''}; "
            f"{secure if tls else ''} return 404; }} }}\n")
        command = ["nginx", "-e", "stderr", "-c", str(config), "-p", str(folder)]
        with running(context, command, port) as server:
            yield server

    return start


def changed_certificate(first: str = "self-signed", then: str = "self-signed"):
    """The client has met this port before, and stored another certificate for it."""

    @contextlib.contextmanager
    def start(context: Context) -> Iterator[Server]:
        port = free_port()
        home = context.folder / "home"
        home.mkdir(exist_ok=True)
        env = dict(os.environ, HOME=str(home), XDG_CONFIG_HOME=str(home / ".config"),
                   DISPLAY=context.display)
        with scripted(first, "--port", str(port))(context):
            subprocess.run([context.client, f"/v:127.0.0.1:{port}", "/cert:tofu", "/u:user",
                            "/p:password"], env=env, check=False, stdin=subprocess.DEVNULL,
                           capture_output=True, timeout=30)
        with scripted(then, "--port", str(port))(context) as server:
            yield server

    return start
