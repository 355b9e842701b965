"""Real parts for the tests of proxies and certificates: a TLS sandbox, a SOCKS5 and a CONNECT proxy, an authority."""

import asyncio
import contextlib
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn

from tui.sandbox.app import create_app
from tui.sandbox.workspace import Workspace

TOKEN = "dG9rOnByb3hpZXMtMDEyMzQ1Njc4OWFiY2RlZg=="


@dataclass(frozen=True)
class Authority:
    """A private authority's certificate, and one that it signed for localhost, 127.0.0.1 and api.intercom.io."""

    file: Path
    certificate: Path
    key: Path


def authority(folder: Path) -> Authority:
    """Make one with openssl; skips the test where there is none."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")

    def openssl(*argv: str) -> None:
        subprocess.run(["openssl", *argv], cwd=folder, check=True, capture_output=True)

    (folder / "names.cnf").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1,DNS:api.intercom.io\n")
    openssl(
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", "ca.key", "-out", "ca.pem",
        "-subj", "/CN=A company's own authority", "-addext", "keyUsage=critical,keyCertSign",
    )  # fmt: skip
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "host.key", "-out", "host.csr", "-subj", "/CN=host")
    openssl(
        "x509", "-req", "-in", "host.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-days", "2", "-out", "host.pem",
        "-extfile", "names.cnf",
    )  # fmt: skip
    return Authority(folder / "ca.pem", folder / "host.pem", folder / "host.key")


@asynccontextmanager
async def tls_sandbox(signed: Authority) -> AsyncIterator[int]:
    """The port on 127.0.0.1 of a sandbox that speaks TLS."""
    workspace = Workspace(seed=7, conversations=20)
    config = uvicorn.Config(
        create_app(workspace, token=TOKEN),
        host="127.0.0.1", port=0, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1,
        ssl_certfile=str(signed.certificate), ssl_keyfile=str(signed.key),
    )  # fmt: skip
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await serving


@dataclass
class Proxy:
    """A proxy that leads whatever is asked for to ``target``, a port of this machine."""

    target: int
    user: str = ""
    password: str = ""
    port: int = 0
    asked: list[str] = field(default_factory=list)
    """The hosts that it was asked for."""

    async def socks5(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """RFC 1928, with RFC 1929 where there is a password."""
        count = (await reader.readexactly(2))[1]
        await reader.readexactly(count)
        writer.write(b"\x05\x02" if self.user else b"\x05\x00")
        if self.user:
            length = (await reader.readexactly(2))[1]
            user = await reader.readexactly(length)
            password = await reader.readexactly((await reader.readexactly(1))[0])
            fits = (user.decode(), password.decode()) == (self.user, self.password)
            writer.write(b"\x01\x00" if fits else b"\x01\x01")
            if not fits:
                writer.close()
                return
        kind = (await reader.readexactly(4))[3]
        size = (await reader.readexactly(1))[0] if kind == 3 else 4
        host = await reader.readexactly(size)
        await reader.readexactly(2)
        self.asked.append(host.decode() if kind == 3 else ".".join(map(str, host)))
        writer.write(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
        await self._join(reader, writer)

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """HTTP CONNECT; 407 where it has a password, which nobody gives."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.asked.append(head.split()[1].rpartition(":")[0])
        if self.user:
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            writer.close()
            return
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await self._join(reader, writer)

    async def something_else(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Neither: a web server of the other kind."""
        await reader.read(1)
        writer.write(b"HTTP/1.0 400 Bad Request\r\n\r\n")
        writer.close()

    async def silence(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Hangs up at the first byte."""
        await reader.read(1)
        writer.close()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, to = await asyncio.open_connection("127.0.0.1", self.target)

        async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
            while data := await source.read(65_536):
                sink.write(data)
                await sink.drain()
            sink.close()

        await asyncio.gather(pump(reader, to), pump(there, writer), return_exceptions=True)
        to.close()
        with contextlib.suppress(OSError):
            await to.wait_closed()


@asynccontextmanager
async def proxy(speaks: str = "socks5", target: int = 9, user: str = "", password: str = "") -> AsyncIterator[Proxy]:
    """A running proxy; ``speaks`` is the name of one of its methods."""
    made = Proxy(target, user, password)
    serving: set[asyncio.Task[None]] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, IndexError):
            await getattr(made, speaks)(reader, writer)
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(answer(reader, writer))
        serving.add(task)
        task.add_done_callback(serving.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        if serving:
            await asyncio.wait(serving, timeout=5)
