# ruff: noqa: E501 - tables of odd texts, one a line
"""Whole answers that lie about themselves: cut, dripping, endless, packed bombs, wrong kinds, heads out of control.

Each is given to commands, and to the app while it runs. A program must go on or end with one sentence, its exit code,
and its memory within `shell_run.RSS_MIB`.
"""

import gzip
import json
import time
import zlib
from collections.abc import Callable, Iterator
from typing import Final

from tests.hostile.server import Answer, Raw, Request, Upstream

__all__ = ["BOMBS", "WIRES", "Lie", "lying"]

_JSON = "Content-Type: application/json\r\n"
Lie = Callable[[bytes], "Answer | Raw"]
"""From the true body to the answer."""


def _head(*lines: str, status: str = "200 OK", version: str = "1.1") -> bytes:
    return "".join((f"HTTP/{version} {status}\r\n", _JSON, *(f"{line}\r\n" for line in lines), "\r\n")).encode(
        "latin-1"
    )


def _raw(*pieces: bytes) -> Raw:
    return Raw(pieces)


def _packed(body: bytes, *, coding: str = "gzip") -> Answer:
    return Answer(200, body, {"Content-Encoding": coding})


def _zipped(start: bytes, piece: bytes, times: int) -> bytes:
    """`start` and `times` `piece`, packed without ever being whole in memory."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    block = piece * 4096
    packed = [packer.compress(start)] + [packer.compress(block) for _ in range(times // 4096)]
    return b"".join([*packed, packer.flush()])


def _dripping(body: bytes) -> Iterator[bytes]:
    yield _head(f"Content-Length: {len(body)}")
    for at in range(len(body)):
        yield body[at : at + 1]
        time.sleep(0.5)


def _endless(head: bytes, piece: bytes) -> Iterator[bytes]:
    yield head
    while True:
        yield piece


def _continues(body: bytes) -> Iterator[bytes]:
    for _ in range(3_000):
        yield b"HTTP/1.1 100 Continue\r\n\r\n"
    yield _head(f"Content-Length: {len(body)}") + body


def _endless_continues(_: bytes) -> Raw:
    return Raw(_endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000))


def _stalled(body: bytes) -> Iterator[bytes]:
    yield _head(f"Content-Length: {len(body)}") + body[: len(body) // 2]
    time.sleep(40)


def _doubled(body: bytes) -> Answer:
    """Every key twice, the second time null."""
    document = json.loads(body or b"{}")
    if not isinstance(document, dict):
        return Answer(200, body)
    pairs = [f"{json.dumps(key)}:{json.dumps(value)},{json.dumps(key)}:null" for key, value in document.items()]
    return Answer(200, ("{" + ",".join(pairs) + "}").encode())


_CHUNK = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
WIRES: Final[dict[str, Lie]] = {
    "cut in the head": lambda body: _raw(b"HTTP/1.1 200 OK\r\nContent-Le"),
    "cut in the body": lambda body: _raw(_head(f"Content-Length: {len(body)}"), body[: len(body) // 2]),
    "cut in a chunk": lambda body: _raw(_head("Transfer-Encoding: chunked"), b"FFFF\r\n" + body[:50]),
    "cut between chunks": lambda body: _raw(_head("Transfer-Encoding: chunked"), b"5\r\n" + body[:5] + b"\r\n"),
    "closed at once": lambda body: _raw(b""),
    "JSON cut short": lambda body: Answer(200, body[: len(body) // 2]),
    "longer than told": lambda body: _raw(_head("Content-Length: 10"), body),
    "shorter than told": lambda body: _raw(_head(f"Content-Length: {len(body) + 10}"), body),
    "two lengths": lambda body: _raw(_head("Content-Length: 10", f"Content-Length: {len(body)}"), body),
    "a length that is none": lambda body: _raw(_head("Content-Length: -5"), body),
    "a length beyond numbers": lambda body: _raw(_head("Content-Length: " + "9" * 5000), body),
    "length and chunks": lambda body: _raw(_head("Content-Length: 3", "Transfer-Encoding: chunked"), b"0\r\n\r\n"),
    "dripping": lambda body: Raw(_dripping(body)),
    "stalled": lambda body: Raw(_stalled(body)),
    "HTTP/1.0 until the end": lambda body: _raw(_head(version="1.0"), body),
    "HTTP/0.9": lambda body: _raw(body),
    "HTTP/3.7": lambda body: _raw(_head(version="3.7"), body),
    "no answer but noise": lambda body: _raw(bytes(range(256)) * 20),
    "204 where words are due": lambda body: _raw(b"HTTP/1.1 204 No Content\r\n\r\n"),
    "205": lambda body: _raw(b"HTTP/1.1 205 Reset\r\nContent-Length: 0\r\n\r\n"),
    "304": lambda body: _raw(b"HTTP/1.1 304 Not Modified\r\n\r\n"),
    "999": lambda body: Answer(999, body),
    "101": lambda body: _raw(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
    "3,000 times 100": lambda body: Raw(_continues(body)),
    "a redirect to another host": lambda body: Answer(302, b"", {"Location": "http://127.0.0.2:9/"}),
    "a redirect to itself": lambda body: Answer(307, b"", {"Location": "/me"}),
    "a redirect to a file": lambda body: Answer(301, b"", {"Location": "file:///etc/passwd"}),
    "a redirect with controls": lambda body: Answer(302, b"", {"Location": "http://x\x9b2J\xad/"}),
    "text/html": lambda body: Answer(200, body, {"Content-Type": "text/html; charset=utf-16"}),
    "another charset": lambda body: Answer(200, (body.decode() or "{}").encode("utf-16"), {"Content-Type": "application/json; charset=utf-16"}),
    "a charset that is none": lambda body: Answer(200, body, {"Content-Type": "application/json; charset=\x9b2J"}),
    "latin-1": lambda body: Answer(200, body + b'\xe9"'),
    "a mark in front": lambda body: Answer(200, b"\xef\xbb\xbf" + body),
    "an image": lambda body: Answer(200, b"\x89PNG\r\n\x1a\n" + bytes(200), {"Content-Type": "image/png"}),
    "a page": lambda body: Answer(200, b"<html><title>\x1b]0;t\x07 log in</title>" + b"<div>" * 50_000),
    "one number": lambda body: Answer(200, b"9" * 100_000),
    "one text": lambda body: Answer(200, json.dumps("x" * 100_000).encode()),
    "null": lambda body: Answer(200, b"null"),
    "a list": lambda body: Answer(200, b"[" + body + b"]"),
    "two documents": lambda body: Answer(200, body + body),
    "every key twice": _doubled,
    "deep": lambda body: Answer(200, b'{"data":' * 200_000),
    "gzip": lambda body: _packed(gzip.compress(body)),
    "gzip cut short": lambda body: _packed(gzip.compress(body)[:-9]),
    "gzip and noise": lambda body: _packed(gzip.compress(body) + b"\0noise" * 50),
    "gzip that is none": lambda body: _packed(body),
    "gzip twice": lambda body: _packed(gzip.compress(gzip.compress(body)), coding="gzip, gzip"),
    "brotli": lambda body: _packed(body, coding="br"),
    "a coding that is none": lambda body: _packed(body, coding="\x9b"),
    "1 MB of headers": lambda body: _raw(_head(*(f"X-{at}: {'a' * 1000}" for at in range(1000)), f"Content-Length: {len(body)}"), body),
    "one header of 1 MB": lambda body: _raw(_head("X: " + "a" * 1_000_000, f"Content-Length: {len(body)}"), body),
    "controls in headers": lambda body: Answer(200, body, {"X-Request-Id": "\x9b2J\x9d0;t\x9c", "Date": "\x9b", "X-RateLimit-Reset": "\xb2"}),
    "a header without end": lambda body: _raw(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 2_000_000),
    "limits of nonsense": lambda body: Answer(200, body, {"X-RateLimit-Limit": "-1", "X-RateLimit-Remaining": "nan", "X-RateLimit-Reset": "9" * 300}),
}  # fmt: skip
"""What an answer may be, by the true body."""


def _many(key: str, item: bytes) -> Lie:
    packed = _zipped(
        b'{"type":"list","id":"1","' + key.encode() + b'":[' + item, b"," + item, 60_000_000 // (len(item) + 1)
    )
    return lambda body: _packed(packed + b"")


BOMBS: Final[dict[str, Callable[[], Lie]]] = {
    "endless": lambda: lambda body: Raw(_endless(_head(), b" " * 65536)),
    "endless chunks": lambda: lambda body: Raw(_endless(_head("Transfer-Encoding: chunked"), _CHUNK)),
    "endless headers": lambda: lambda body: Raw(_endless(b"HTTP/1.1 200 OK\r\n", b"X: aaaaaaaaaa\r\n" * 4000)),
    "endless 100": lambda: _endless_continues,
    "endless small chunks": lambda: (
        lambda body: Raw(_endless(_head("Transfer-Encoding: chunked"), b"1\r\n \r\n" * 8000))
    ),
    "gzip of 1 GB": lambda: (lambda packed: lambda body: _packed(packed))(_zipped(b"{", b" " * 1024, 1 << 20)),
    "gzip of 60 MB of objects": lambda: _many("conversations", b"{}"),
    "gzip of 60 MB of lists": lambda: _many("data", b"[]"),
    "gzip of 60 MB of ids": lambda: _many("conversations", b'{"id":1}'),
    "gzip of 60 MB of digits": lambda: _many("data", b"1"),
    "gzip of 60 MB of escapes": lambda: _many("tags", b'"\\u001b\\ud800"'),
    "gzip of 60 MB of controls": lambda: _many("admins", '"\x9b\u202e"'.encode()),
    "gzip of 60 MB of keys": lambda: (lambda packed: lambda body: _packed(packed))(
        _zipped(b'{"id":"1"', b',"k":[]', 8_000_000)
    ),
}
"""Answers that would fill the memory, made only when wanted: some take a second to pack."""


def lying(upstream: Upstream, lie: Lie, which: Callable[[Request], bool]) -> Callable[[Request], Answer | Raw]:
    """The sandbox, but for the requests of which `which` holds."""

    def answer(request: Request) -> Answer | Raw:
        true = upstream(request)
        return lie(true.body) if which(request) else true

    return answer
