"""One connection to one workspace: authorisation, time-outs, rate limit, retries, and errors that say what happened.

Nothing else in the project speaks HTTP to Intercom.
"""

from __future__ import annotations

import asyncio
import json as standard_json
import random
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.util import find_spec
from typing import Final, TypeVar
from urllib.parse import quote

import httpx
import msgspec

from tui import __version__
from tui.api.environment import Network, network_for
from tui.api.error_messages import CONNECT_SECONDS
from tui.api.errors import (
    AnswerError,
    IntercomError,
    InvalidError,
    NoAnswer,
    NotSent,
    RateLimitedError,
    ServerError,
    UnusableSetting,
)
from tui.api.failures import LONGEST_LIMIT, Failures
from tui.api.foreign import what_answered, what_came
from tui.api.logs import logged
from tui.api.pool import Pool
from tui.api.progress import Answer, Progress, body_of
from tui.api.rate_limit import Budget, Clock, Priority, RateLimiter
from tui.api.secret import Secret
from tui.config.endpoint import parse_base_url
from tui.model.labels import api_errors

__all__ = ["READ", "SEARCH", "SEND", "Connection", "Timeouts", "segment"]

T = TypeVar("T")

if find_spec("sniffio") is None:
    # httpcore tries to import it several times a request, and Python looks through the whole path for it each time
    sys.modules["sniffio"] = None  # type: ignore[assignment] # as the import system says that there is none

API_VERSION: Final = "2.14"
_TRIES: Final = 3
_LARGE_FAILURE: Final = 64 * 1024
_LIMITED_TRIES: Final = 4


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait, in seconds: ``read`` for the next byte of the answer, ``total`` for all of it."""

    read: float
    total: float


READ: Final = Timeouts(15, 30)
SEND: Final = Timeouts(30, 60)
SEARCH: Final = Timeouts(20, 40)


@dataclass(frozen=True, slots=True)
class _Request:
    """What is sent, as often as it is tried."""

    method: str
    path: str
    headers: Mapping[str, str]
    params: Mapping[str, str | int | bool] | None
    content: bytes | None
    timeouts: Timeouts
    repeatable: bool


def segment(identifier: str) -> str:
    """``identifier`` as one segment of a path, whatever is in it. Raises :class:`InvalidError` for none at all."""
    quoted = quote(identifier, safe="")
    if not quoted.strip("."):
        raise InvalidError(api_errors.ID_IS_MISSING, code="missing_id")
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
        find_token: Callable[[], str] | None = None,
    ) -> None:
        self.base_url = parse_base_url(base_url).rstrip("/")
        self._token = Secret(token)
        self._find_token = find_token
        self._version = version
        self._user_agent = user_agent or f"intercom-tui/{__version__}"
        self._transport = transport
        self._clock = clock or Clock()
        self._jitter = jitter
        self._gate = RateLimiter(concurrency=concurrency, clock=self._clock, on_budget=on_budget)
        self._failures = Failures(self.base_url, lambda: self._token, self.server_time)
        self._pool = Pool(self._make)
        self._network = Network()
        self._closed = False
        self._large = asyncio.Lock()
        self.asked = 0
        """Requests that have left so far: each has its number."""
        self.answered = 0
        """The highest number of a request that Intercom answered, with whatever answer."""

    def __repr__(self) -> str:
        return f"Connection({self.base_url!r})"

    # ----------------------------------------------------------------------------------------------------- life cycle

    def prepare(self) -> None:
        """Make the HTTP client now. Takes about 70 ms where certificates are loaded: call it in a thread.

        Raises :class:`UnusableSetting` where the environment keeps it from being made; every request tries again.
        """
        self._pool.prepare()

    def _make(self) -> httpx.AsyncClient:
        if self._transport is None:
            self._network = network_for(self.base_url)
        return httpx.AsyncClient(
            headers={
                "Accept": "application/json",
                "Accept-Encoding": "gzip",
                "User-Agent": self._user_agent,
            },
            transport=self._transport,
            follow_redirects=False,
            # The API knows us by the token alone; what a proxy on the way wants remembered is not.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            # What the environment says was read above: the library would let a value it cannot use end the program.
            trust_env=False,
            proxy=self._network.proxy,
            verify=self._network.verify,
            limits=httpx.Limits(max_connections=16, max_keepalive_connections=8, keepalive_expiry=30),
        )

    def renew_token(self) -> bool:
        """Look for the access token where it is kept; True where another one lies there now, which is used from now on.

        May run a command of the settings: call it in a thread. Raises what ``find_token`` raises.
        """
        if self._find_token is None:
            return False
        found = Secret(self._find_token())
        if found.reveal() == self._token.reveal():
            return False
        self._token = found
        return True

    async def start_over(self) -> None:
        """Forget open connections and what is known of limits: after the machine slept, none of it is true any more.

        Requests under way keep theirs to their end.
        """
        self._gate.start_over()
        if self._transport is None:
            await self._pool.leave()

    async def aclose(self) -> None:
        """Close the connections. Requests under way are cut off."""
        self._closed = True
        self._gate.close()
        await self._pool.aclose()

    @property
    def transport(self) -> httpx.AsyncBaseTransport | None:
        """What answers in place of the network, None for the network itself."""
        return self._transport

    @property
    def budget(self) -> Budget:
        """What the rate limit leaves, as of now."""
        return self._gate.budget

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
        timeouts: Timeouts | None = None,
        repeatable: bool | None = None,
        priority: Priority = Priority.PERSON,
        version: str | None = None,
    ) -> T:
        """Send a request and ``read`` its answer.

        ``repeatable`` says whether sending it twice does no more than once; GET and PUT are unless told
        otherwise. Such requests are tried up to three times, though not once ``timeouts.total`` seconds went by;
        the others again only when they never left, or after a 429 (which Intercom refuses before looking at
        them). Waits at the rate limit. Raises an :class:`IntercomError` whose ``effect`` says whether the request
        took effect.
        """
        headers = {"Intercom-Version": version or self._version}
        content = None
        if json is not None:
            headers["Content-Type"] = "application/json"
            content = _encode(json)
        request = _Request(
            method,
            path,
            headers,
            params,
            content,
            timeouts or (READ if method == "GET" else SEND),
            method in ("GET", "PUT") if repeatable is None else repeatable,
        )
        try:
            return await self._repeat(request, read, priority)
        except IntercomError as error:
            # the frames that its traceback names hold the answer, which may be large, as long as the error is kept
            error.__context__ = error.__cause__ = None
            raise error.with_traceback(None) from None

    async def _repeat(self, request: _Request, read: Callable[[bytes], T], priority: Priority) -> T:
        """Send a request until it has an answer or may not be sent again."""
        failures = limited = 0
        begun = None
        while True:
            try:
                async with self._gate.turn(priority):
                    begun = self._clock.monotonic() if begun is None else begun
                    exchange = self._exchange(request)
                    answer = await logged(exchange, request.method, request.path, self._clock.monotonic)
                return self._read(answer, read)
            except RateLimitedError as error:
                limited += 1
                wait = None if error.reset_at is None else error.reset_at - self.server_time()
                if limited >= _LIMITED_TRIES or (wait is not None and wait > LONGEST_LIMIT):
                    raise
            except NotSent as error:
                failures += 1
                if failures >= _TRIES or isinstance(error, UnusableSetting):
                    raise
                await self._back_off(failures)
            except (NoAnswer, ServerError, AnswerError) as error:
                failures += 1
                # a large answer that is no use is no hiccup, and would cost as much again
                if not request.repeatable or failures >= _TRIES or error.size > _LARGE_FAILURE:
                    raise
                if begun is not None and self._clock.monotonic() - begun >= request.timeouts.total:
                    raise
                held = self._gate.held_back_for()
                if held > LONGEST_LIMIT:
                    raise
                if not held:
                    await self._back_off(failures)

    async def _back_off(self, failures: int) -> None:
        await self._clock.sleep(0.25 * 2**failures * (0.5 + self._jitter()))

    def _read(self, answer: Answer, read: Callable[[bytes], T]) -> T:
        try:
            return read(answer.body)
        except AnswerError as error:
            if what := what_came(answer.body):
                raise self._failures.foreign(what, answer) from None
            unread = AnswerError(error.message, status=answer.status, request_id=answer.request_id)
            unread.size = len(answer.body)
            raise unread from None

    async def _exchange(self, request: _Request) -> Answer:
        """Send a request once."""
        if self._closed:
            raise NotSent(api_errors.CONNECTION_CLOSED)
        self._pool.prepare()
        self.asked += 1
        number = self.asked
        progress = Progress()
        # the HTTP library waits for a SOCKS proxy without end
        total = request.timeouts.total
        soon = 2 * CONNECT_SECONDS if self._network.is_socks else total
        try:
            async with asyncio.timeout(soon) as limit, self._pool.in_use() as http:
                progress.on_left = lambda: limit.reschedule(asyncio.get_running_loop().time() + total)
                built = http.build_request(
                    request.method,
                    f"{self.base_url}{request.path}",
                    headers={**request.headers, "Authorization": f"Bearer {self._token.reveal()}"},
                    params=request.params,
                    content=request.content,
                    timeout=httpx.Timeout(request.timeouts.read, connect=CONNECT_SECONDS),
                    extensions={"trace": progress.trace},
                )
                progress.ours = self._transport is not None
                response = await http.send(built, stream=True)
                progress.status = response.status_code
                progress.headers = response.headers
                progress.request_id = response.headers.get("x-request-id", "")
                limited, unavailable = response.status_code == 429, response.status_code == 503
                delay = self._gate.learn(response.headers, limited=limited, unavailable=unavailable)
                try:
                    body = await body_of(response, self._large)
                finally:
                    await response.aclose()
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, TimeoutError, OSError) as error:
            raise self._failures.unanswered(error, progress, self._network) from None
        except self._network.handshake_errors:
            if progress.left:
                raise
            no_socks = httpx.ProxyError("it does not speak SOCKS")
            raise self._failures.unanswered(no_socks, progress, self._network) from None
        answer = Answer(response.status_code, progress.request_id, body)
        what = what_answered(answer.status, response.headers, body)
        if what and not 300 <= answer.status < 400:
            raise self._failures.foreign(what, answer)
        self.answered = max(self.answered, number)
        if answer.status >= 300:
            reset_at = None if delay is None else round(self.server_time() + delay)
            location = response.headers.get("location", "")
            refusal = self._failures.refusal(request.method, request.path, answer, location, reset_at)
            refusal.size = len(body)
            raise refusal
        return answer


def _encode(value: object) -> bytes:
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        # Half a surrogate pair, from a terminal or a paste, is no text that could be sent.
        return standard_json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
