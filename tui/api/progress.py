"""One exchange from close by: how far a request got, and its answer unpacked."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import httpx

_LARGEST_ANSWER: Final = 64 * 1024 * 1024
_LARGE: Final = 4 * 1024 * 1024
"""Bytes beyond which answers are read one after the other: several at once would take all memory."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the body as it came (decompressed), and what to quote to Intercom's support."""

    status: int
    request_id: str
    body: bytes


class Progress:
    """How far a request got, told by the HTTP library while it works."""

    __slots__ = ("headers", "left", "on_left", "ours", "request_id", "status")

    def __init__(self) -> None:
        self.left = False
        self.on_left: Callable[[], None] = _nothing
        self.ours = False
        """An own transport tells nothing of its progress: take the request for sent."""
        self.status: int | None = None
        self.headers: Mapping[str, str] = {}
        self.request_id = ""

    async def trace(self, name: str, info: Mapping[str, object]) -> None:
        """Take a note of an event, as httpx's ``trace`` extension reports them."""
        # asking a proxy for a tunnel is not yet the request
        if name.endswith("send_request_headers.started") and getattr(info.get("request"), "method", b"") != b"CONNECT":
            self.left = True
            self.on_left()


def _nothing() -> None:
    return None


async def body_of(response: httpx.Response, large: asyncio.Lock) -> bytes:
    """The body, unpacked here and never further than it may be: a small answer can unpack to gigabytes at once.

    Of the answers that share the lock ``large`` only one at a time is read beyond what answers usually hold.
    Raises :class:`httpx.DecodingError` and what reading raises.
    """
    if response.is_stream_consumed:
        return response.content  # an own transport's answer, which never came over a network
    coding = response.headers.get("content-encoding", "").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise httpx.DecodingError("compressed in an unexpected way")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16) if coding in ("gzip", "x-gzip") else None
    chunks: list[bytes] = []
    size, alone = 0, False
    try:
        async for raw in response.aiter_raw():
            while raw:
                room = (_LARGEST_ANSWER if alone else _LARGE) + 1 - size
                chunk, raw = (raw, b"") if unpacker is None else _unpacked(unpacker, raw, room)
                size += len(chunk)
                if size > _LARGEST_ANSWER:
                    raise httpx.DecodingError("larger than any answer may be")
                chunks.append(chunk)
                if size > _LARGE and not alone:
                    alone = await large.acquire()
    finally:
        if alone:
            large.release()
    if unpacker is not None and size and not unpacker.eof:
        raise httpx.DecodingError("compressed, and cut short")
    return b"".join(chunks)


def _unpacked(unpacker: zlib._Decompress, raw: bytes, most: int) -> tuple[bytes, bytes]:
    """At most ``most`` bytes of what ``raw`` unpacks to, and the rest of ``raw``."""
    try:
        return unpacker.decompress(raw, most), unpacker.unconsumed_tail
    except zlib.error as error:
        raise httpx.DecodingError(str(error)) from error
