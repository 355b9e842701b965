"""An HTTP server on loopback that answers whatever it is told to, byte for byte where that is wanted.

`Upstream` asks the real sandbox, so that most answers are true and only what is meant to lie does.
"""

import http.client
import json
import socket
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import urlsplit

from tests.harness.sandbox import TOKEN

__all__ = ["Answer", "Raw", "Request", "Server", "Upstream", "answered", "serving"]


@dataclass(frozen=True)
class Request:
    """What was asked. `path` comes without its query, `body` is None where there was none."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Answer:
    """A whole answer with a status, headers and a body."""

    status: int = 200
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Raw:
    """The bytes of an answer, head and all, as they come; the connection is closed after them."""

    pieces: Iterable[bytes]


Answering = Callable[[Request], "Answer | Raw"]


def answered(document: object, status: int = 200) -> Answer:
    """`document` as JSON; lone surrogates as the escapes that JSON has for them."""
    return Answer(status, json.dumps(document).encode())


class Server:
    """Serves `answer` until closed; what the program hangs up on is its own affair."""

    def __init__(self, answer: Answering) -> None:
        self.answer = answer
        self.requests = 0
        self.failures: list[str] = []
        """What went wrong in `answer` itself: nothing of the program's doing."""
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.closed = False
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Accept no more."""
        self.closed = True
        with socket.socket() as knock:  # wakes accept()
            knock.connect_ex(self._listening.getsockname())
        self._listening.close()
        for connection in list(self._open):
            with suppress(OSError):  # the other side was first
                connection.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while not self.closed:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self._open.add(connection)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), connection, connection.makefile("rb") as stream:
            while not self.closed and (request := _request(stream)) is not None:
                self.requests += 1
                try:
                    reply = self.answer(request)
                except Exception:  # noqa: BLE001 - told at the end of the run
                    self.failures.append(traceback.format_exc())
                    return
                if isinstance(reply, Raw):
                    for piece in reply.pieces:
                        connection.sendall(piece)  # fails when closed
                    return
                told = {"Content-Type": "application/json", "Content-Length": str(len(reply.body)), **reply.headers}
                head = f"HTTP/1.1 {reply.status} Whatever\r\n" + "".join(f"{name}: {told[name]}\r\n" for name in told)
                connection.sendall(head.encode("latin-1") + b"\r\n" + reply.body)


def _request(stream: BinaryIO) -> Request | None:
    first = stream.readline().decode("latin-1").split()
    if len(first) < 2:
        return None
    headers: dict[str, str] = {}
    while line := stream.readline().decode("latin-1").strip():
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    body = stream.read(int(headers.get("content-length", 0)))
    path, _, query = first[1].partition("?")
    return Request(first[0], path, query, headers, body)


@contextmanager
def serving(answer: Answering) -> Iterator[Server]:
    """A server for the length of a `with`."""
    server = Server(answer)
    try:
        yield server
    finally:
        server.close()


class Upstream:
    """The sandbox behind a hostile server: one connection a request."""

    def __init__(self, base_url: str) -> None:
        self._host = urlsplit(base_url).netloc

    def __call__(self, request: Request) -> Answer:
        """What the sandbox says to `request`."""
        query = f"?{request.query}" if request.query else ""
        headers = {
            "Authorization": f"Bearer {TOKEN}",
            "Content-Type": "application/json",
            "Intercom-Version": request.headers.get("intercom-version", "2.14"),
        }
        with closing(http.client.HTTPConnection(self._host, timeout=60)) as connection:
            connection.request(request.method, request.path + query, request.body or None, headers)
            got = connection.getresponse()
            return Answer(got.status, got.read())
