"""One connection to one workspace: authorisation, time-outs, pacing, retries, and errors that say what happened.

Nothing else in the project speaks HTTP to Intercom.
"""

from __future__ import annotations

import asyncio
import json as standard_json
import random
import re
import sys
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from ipaddress import ip_address
from typing import Final, TypeVar
from urllib.parse import quote, urlsplit

import httpx
import msgspec

from tui.api.errors import (
    AnswerError,
    ApiError,
    AuthError,
    IntercomError,
    InvalidError,
    NoAnswer,
    NotSent,
    RateLimitedError,
    RedirectError,
    ServerError,
    api_error,
)
from tui.api.pacing import Budget, Clock, Gate, Priority
from tui.api.wording import CONNECT_SECONDS, failure_in_words, read_error, status_in_words
from tui.config.endpoint import parse_base_url

__all__ = ["READ", "SEARCH", "SEND", "Answer", "Connection", "Kind", "segment"]

T = TypeVar("T")

if find_spec("sniffio") is None:
    # httpcore tries to import it several times a request, and Python looks through the whole path for it each time
    sys.modules["sniffio"] = None  # type: ignore[assignment] # as the import system says that there is none

API_VERSION: Final = "2.14"
_LARGEST_ANSWER: Final = 64 * 1024 * 1024
_TRIES: Final = 3
_LIMITED_TRIES: Final = 4
_LONGEST_LIMIT: Final = 75.0


@dataclass(frozen=True, slots=True)
class Kind:
    """How patient to be: ``wait`` seconds for the next byte of the answer, ``total`` for all of it."""

    wait: float
    total: float


READ: Final = Kind(15, 30)
SEND: Final = Kind(30, 60)
SEARCH: Final = Kind(20, 40)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the body as it came (decompressed), and what to quote to Intercom's support."""

    status: int
    request_id: str
    body: bytes


class _Token:
    """Keeps the token out of every ``repr``, log and traceback."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return "_Token(…)"

    def reveal(self) -> str:
        return self._text


def segment(identifier: str) -> str:
    """``identifier`` as one segment of a path, whatever is in it. Raises :class:`InvalidError` for none at all."""
    quoted = quote(identifier, safe="")
    if not quoted.strip("."):
        raise InvalidError("An id is missing.", code="missing_id")
    return quoted


class Connection:
    """Requests to one workspace.

    ``base_url`` is where (``https://api.intercom.io``; plain http only to loopback), ``token`` whose. The HTTP client
    and its certificates are made at the first request, or by :meth:`prepare` in a thread. ``transport`` puts another
    way of answering in place of the network. Raises what :func:`tui.config.endpoint.parse_base_url` raises for a bad
    address, and :class:`AuthError` for a token that no header can hold.
    """

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        version: str = API_VERSION,
        user_agent: str | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        concurrency: int = 6,
        clock: Clock | None = None,
        jitter: Callable[[], float] = random.random,
        on_budget: Callable[[Budget], None] | None = None,
    ) -> None:
        self.base_url = parse_base_url(base_url).rstrip("/")
        if not token or not all("!" <= char <= "~" for char in token):
            raise AuthError("The access token is empty or holds characters that no token has.", code="token_malformed")
        self._token = _Token(token)
        self._version = version
        self._user_agent = user_agent or _own_name()
        self._transport = transport
        self._clock = clock or Clock()
        self._jitter = jitter
        self._gate = Gate(concurrency=concurrency, clock=self._clock, on_budget=on_budget)
        self._http: httpx.AsyncClient | None = None
        self._closed = False

    def __repr__(self) -> str:
        return f"Connection({self.base_url!r})"

    # ----------------------------------------------------------------------------------------------------- life cycle

    def prepare(self) -> None:
        """Make the HTTP client now. Takes about 70 ms where certificates are loaded: call it in a thread."""
        if self._http is not None:
            return
        loopback = _is_loopback(self.base_url)
        self._http = httpx.AsyncClient(
            headers={
                "Authorization": f"Bearer {self._token.reveal()}",
                "Accept": "application/json",
                "Accept-Encoding": "gzip",
                "User-Agent": self._user_agent,
            },
            transport=self._transport,
            follow_redirects=False,
            # The API knows us by the token alone; what a proxy on the way wants remembered is not.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            # A proxy of the environment has no business with this machine's own traffic.
            trust_env=not loopback,
            verify=not loopback or self.base_url.startswith("https:"),
            limits=httpx.Limits(max_connections=16, max_keepalive_connections=8, keepalive_expiry=30),
        )

    async def aclose(self) -> None:
        """Close the connections. Requests under way are cut off."""
        self._closed = True
        self._gate.close()
        if self._http is not None:
            await self._http.aclose()
            self._http = None

    @property
    def transport(self) -> httpx.AsyncBaseTransport | None:
        """What answers in place of the network, None for the network itself."""
        return self._transport

    @property
    def budget(self) -> Budget:
        """What the rate limit leaves, as of now."""
        return self._gate.budget

    @property
    def on_budget(self) -> Callable[[Budget], None] | None:
        """Called with the new budget after each answer, in the event loop."""
        return self._gate.on_budget

    @on_budget.setter
    def on_budget(self, callback: Callable[[Budget], None] | None) -> None:
        self._gate.on_budget = callback

    def server_time(self) -> float:
        """Intercom's clock in Unix seconds, as far as the answers tell (within a second)."""
        return self._gate.server_time()

    # ----------------------------------------------------------------------------------------------------- requests

    async def call(
        self,
        method: str,
        path: str,
        read: Callable[[bytes], T],
        *,
        params: Mapping[str, str | int | bool] | None = None,
        json: object = None,
        kind: Kind | None = None,
        repeatable: bool | None = None,
        priority: Priority = Priority.PERSON,
        version: str | None = None,
    ) -> T:
        """Send a request and ``read`` its answer.

        ``repeatable`` says whether sending it twice does no more than once; GET and PUT are unless told
        otherwise. Such requests are tried up to three times, though not once ``kind.total`` seconds went by;
        the others again only when they never left, or after a 429 (which Intercom refuses before looking at
        them). Waits at the rate limit. Raises an :class:`IntercomError` whose ``fate`` says whether the request
        took effect.
        """
        if repeatable is None:
            repeatable = method in ("GET", "PUT")
        kind = kind or (READ if method == "GET" else SEND)
        headers = {"Intercom-Version": version or self._version}
        content = None
        if json is not None:
            headers["Content-Type"] = "application/json"
            content = _encode(json)
        failures = limited = 0
        begun = None
        while True:
            try:
                async with self._gate.turn(priority):
                    begun = self._clock.monotonic() if begun is None else begun
                    answer = await self._exchange(method, path, headers, params, content, kind)
                return self._read(answer, read)
            except RateLimitedError as error:
                limited += 1
                wait = None if error.reset_at is None else error.reset_at - self.server_time()
                if limited >= _LIMITED_TRIES or (wait is not None and wait > _LONGEST_LIMIT):
                    raise
            except NotSent:
                failures += 1
                if failures >= _TRIES:
                    raise
                await self._back_off(failures)
            except (NoAnswer, ServerError, AnswerError):
                failures += 1
                if not repeatable or failures >= _TRIES:
                    raise
                if begun is not None and self._clock.monotonic() - begun >= kind.total:
                    raise
                await self._back_off(failures)

    async def _back_off(self, failures: int) -> None:
        await self._clock.sleep(0.25 * 2**failures * (0.5 + self._jitter()))

    def _read(self, answer: Answer, read: Callable[[bytes], T]) -> T:
        try:
            return read(answer.body)
        except AnswerError as error:
            raise AnswerError(error.message, status=answer.status, request_id=answer.request_id) from None

    async def _exchange(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        params: Mapping[str, str | int | bool] | None,
        content: bytes | None,
        kind: Kind,
    ) -> Answer:
        if self._closed:
            raise NotSent("The connection to Intercom is closed.")
        self.prepare()
        assert self._http is not None  # noqa: S101 - prepare() has just made it
        progress = _Progress()
        try:
            async with asyncio.timeout(kind.total):
                request = self._http.build_request(
                    method,
                    f"{self.base_url}{path}",
                    headers=headers,
                    params=params,
                    content=content,
                    timeout=httpx.Timeout(kind.wait, connect=CONNECT_SECONDS),
                    extensions={"trace": progress.trace},
                )
                progress.ours = self._transport is not None
                response = await self._http.send(request, stream=True)
                progress.status = response.status_code
                progress.request_id = response.headers.get("x-request-id", "")
                delay = self._gate.learn(response.headers, limited=response.status_code == 429)
                try:
                    body = await _body(response)
                finally:
                    await response.aclose()
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, TimeoutError, OSError) as error:
            raise self._network_error(error, progress) from None
        answer = Answer(response.status_code, progress.request_id, body)
        if answer.status >= 300:
            reset_at = None if delay is None else round(self.server_time() + delay)
            raise self._refusal(answer, response.headers.get("location", ""), reset_at)
        return answer

    # ------------------------------------------------------------------------------------------------------- errors

    def _network_error(self, error: Exception, progress: _Progress) -> IntercomError:
        host = urlsplit(self.base_url).hostname or self.base_url
        if progress.status is not None:
            # The verdict is known, only its text was cut off.
            if progress.status >= 300:
                return api_error(
                    progress.status, f"Intercom answered {progress.status}.", request_id=progress.request_id
                )
            return AnswerError("Intercom's answer was cut off.", status=progress.status, request_id=progress.request_id)
        what = failure_in_words(error, host)
        unsent = isinstance(
            error,
            httpx.ConnectError
            | httpx.ConnectTimeout
            | httpx.PoolTimeout
            | httpx.UnsupportedProtocol
            | httpx.InvalidURL,
        )
        if unsent or not (progress.left or progress.ours):
            return NotSent(what)
        return NoAnswer(f"{what[:-1]}, after the request had left.")

    def _refusal(self, answer: Answer, location: str, reset_at: int | None) -> ApiError:
        code, message, request_id = read_error(answer.body)
        # A server that echoes what it was sent must not make us show it.
        message, code = self._hidden(message), self._hidden(code)
        request_id = self._hidden(request_id or answer.request_id)
        host = urlsplit(self.base_url).hostname or ""
        if answer.status < 400:
            # What stands in a Location may hold anything: only the host is worth saying.
            where = self._hidden(_host_of(location)) or "another address"
            return RedirectError(
                f"{host} redirects to {where}, where the token is not sent: is the region right?",
                status=answer.status,
                code=code or "redirect",
                request_id=request_id,
            )
        if not message:
            message = status_in_words(answer.status)
        if answer.status == 401:
            message = f"{message.rstrip('. ')} (asked {host}; is the token of that region?)."
        return api_error(answer.status, message, code=code, request_id=request_id, reset_at=reset_at)

    def _hidden(self, text: str) -> str:
        """``text`` without the token, in whatever case."""
        return re.sub(re.escape(self._token.reveal()), "…", text, flags=re.IGNORECASE)


class _Progress:
    """How far a request got, told by the HTTP library while it works."""

    __slots__ = ("left", "ours", "request_id", "status")

    def __init__(self) -> None:
        self.left = False
        self.ours = False
        """An own transport tells nothing of its progress: take the request for sent."""
        self.status: int | None = None
        self.request_id = ""

    async def trace(self, name: str, info: Mapping[str, object]) -> None:
        if name.endswith("send_request_headers.started"):
            self.left = True


async def _body(response: httpx.Response) -> bytes:
    """The body, unpacked here and never further than it may be: a small answer can unpack to gigabytes at once."""
    if response.is_stream_consumed:
        return response.content  # an own transport's answer, which never came over a network
    coding = response.headers.get("content-encoding", "").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise httpx.DecodingError("packed in a way that was not asked for")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16) if coding in ("gzip", "x-gzip") else None
    chunks: list[bytes] = []
    size = 0
    async for raw in response.aiter_raw():
        try:
            chunk = raw if unpacker is None else unpacker.decompress(raw, _LARGEST_ANSWER + 1 - size)
        except zlib.error as error:
            raise httpx.DecodingError(str(error)) from error
        size += len(chunk)
        if size > _LARGEST_ANSWER:
            raise httpx.DecodingError("larger than any answer may be")
        chunks.append(chunk)
    if unpacker is not None and size and not unpacker.eof:
        raise httpx.DecodingError("packed, and cut short")
    return b"".join(chunks)


def _host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _encode(value: object) -> bytes:
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        # Half a surrogate pair, from a terminal or a paste, is no text that could be sent.
        return standard_json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _is_loopback(base_url: str) -> bool:
    host = urlsplit(base_url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _own_name() -> str:
    try:
        return f"intercom-tui/{version('intercom-tui')}"
    except PackageNotFoundError:
        return "intercom-tui"
