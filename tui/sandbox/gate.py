"""The gate before the operations: token, version, rate limit, request id, faults, latency, and the request log."""

from __future__ import annotations

import asyncio
import hmac
import json
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import IO, Any

import msgspec

from tui.sandbox.errors import Refusal
from tui.sandbox.faults import Faults, Plan
from tui.sandbox.limits import RateLimit
from tui.sandbox.workspace import Workspace

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

VERSIONS = frozenset(
    ("1.0", "1.1", "1.2", "1.3", "1.4", *(f"2.{n}" for n in range(17)), "Preview", "Unstable")
)  # `intercom_version` in the description, and the two that came after it
ABORT = "sandbox.abort"
"""The scope extension by which a server lets us drop a connection without an answer."""


class ConnectionCut(ConnectionResetError):
    """Raised in the process, where there is no connection to drop."""


@dataclass(slots=True)
class Gate:
    """An ASGI middleware around the operations. ``token`` None lets everybody in; ``latency_ms`` slows each call."""

    app: App
    workspace: Workspace
    token: str | None
    faults: Faults
    limit: RateLimit
    latency_ms: int = 0
    log: IO[str] | None = None
    requests: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    late: set[asyncio.Task[None]] = field(default_factory=set)
    """Writes whose effect is still to come."""
    landed: int = 0
    """Writes whose effect came late."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name.lower(): value for name, value in scope["headers"]}
        request_id = str(uuid.uuid4())
        scope.setdefault("state", {})["request_id"] = request_id
        path = scope["path"]
        if not self.workspace.base_url:
            host = headers.get(b"host", b"sandbox").decode("latin-1")
            self.workspace.base_url = f"{scope.get('scheme', 'http')}://{host}"
        self.workspace.tick()
        answer = _Answer(send, request_id, self.limit)
        if path.startswith("/_sandbox/"):
            if not path.startswith("/_sandbox/files/") and (no := self._unauthorized(headers)) is not None:
                await answer.refuse(no)
                return
            await self.app(scope, receive, answer.pass_on)
            return
        name = f"{scope['method']} {path}"
        self.requests[name] += 1
        plan = self.faults.plan()
        took_effect = False
        try:
            took_effect = await self._serve(scope, receive, headers, plan, answer)
        finally:
            cut = plan.fault in ("cut_before", "cut_after") or (
                plan.fault == "late" and not plan.status and _writes(scope)
            )
            status = 0 if cut else answer.status
            self.answers[str(status)] += 1
            if self.log is not None:
                entry = {
                    "at": self.workspace.clock(),
                    "method": scope["method"],
                    "path": path,
                    "status": status or None,
                    "fault": plan.fault,
                    "took_effect": took_effect,
                }
                self.log.write(json.dumps(entry) + "\n")
                self.log.flush()

    async def _serve(
        self, scope: Scope, receive: Receive, headers: dict[bytes, bytes], plan: Plan, answer: _Answer
    ) -> bool:
        """Answer; True when the operation was carried out and not refused."""
        # Read whole before anything else: who hangs up afterwards has still asked, and cannot undo half of it.
        body = await _drain(receive)
        if plan.fault == "cut_before":
            await self._cut(scope, receive)
            return False
        no = self._unauthorized(headers) or self._wrong_version(headers)
        if no is None and plan.fault == "429":
            answer.pretend = True
            no = self._too_many()
        elif no is None and not self.limit.take():
            no = self._too_many()
        elif no is None and plan.fault == "5xx":
            no = Refusal(self.faults.server_error(), "server_error", "Server error")
        wait = self.latency_ms / 1000 + plan.delay
        if wait:
            await asyncio.sleep(wait / 2)
        if no is None and plan.fault == "late" and _writes(scope):
            return await self._late(scope, receive, body, plan, answer)
        if no is not None:
            await answer.refuse(no)
            return False
        await self.app(scope, _given(body), answer.keep)
        took_effect = answer.status < 400
        if wait:
            await asyncio.sleep(wait / 2)
        if plan.fault == "cut_after":
            await self._cut(scope, receive)
        else:
            self._spoil(plan.fault, answer)
            await answer.release()
        return took_effect

    async def _late(self, scope: Scope, receive: Receive, body: bytes, plan: Plan, answer: _Answer) -> bool:
        """Answer as if it had failed, and do it later. False: it has had no effect yet."""
        task = asyncio.get_running_loop().create_task(self._land(dict(scope), body, plan.later))
        self.late.add(task)
        task.add_done_callback(self.late.discard)
        if plan.status:
            await answer.refuse(Refusal(plan.status, "server_error", "Server error"))
        else:
            await self._cut(scope, receive)
        return False

    async def _land(self, scope: Scope, body: bytes, later: float) -> None:
        await asyncio.sleep(later)
        nobody = _Answer(_unheard, "", self.limit)
        await self.app(scope, _given(body), nobody.keep)
        self.landed += 1
        if self.log is not None:
            entry = {
                "at": self.workspace.clock(), "method": scope["method"], "path": scope["path"],
                "status": nobody.status, "fault": "landed", "took_effect": nobody.status < 400,
            }  # fmt: skip
            self.log.write(json.dumps(entry) + "\n")
            self.log.flush()

    def _spoil(self, fault: str | None, answer: _Answer) -> None:
        if fault == "truncate":
            answer.body = self.faults.truncate(answer.body)
        elif fault == "nulls":
            answer.body = self.faults.nulls(answer.body)
        elif fault == "html":
            answer.status, answer.body = self.faults.page()
            answer.headers = [(b"content-type", b"text/html")]

    async def _cut(self, scope: Scope, receive: Receive) -> None:
        """Drop the connection: no status line, no body. In the process `ConnectionCut` stands for it."""
        abort = scope.get("extensions", {}).get(ABORT)
        if abort is None:
            raise ConnectionCut("the sandbox cut the connection")
        abort["transport"]().abort()
        while (await receive())["type"] != "http.disconnect":
            pass

    def _unauthorized(self, headers: dict[bytes, bytes]) -> Refusal | None:
        given = headers.get(b"authorization", b"")
        scheme, _, token = given.partition(b" ")
        if self.token is None:
            return None
        if scheme.lower() == b"bearer" and hmac.compare_digest(token.strip(), self.token.encode()):
            return None
        for region in (b"eu", b"au"):  # a token made for another region, so that clients can show the hint
            if token.strip() == self.token.encode() + b"." + region:
                name = region.decode()
                message = f"Access Token Invalid. This workspace is hosted at api.{name}.intercom.io"
                return Refusal(401, "unauthorized", message)
        return Refusal(401, "unauthorized", "Access Token Invalid")

    def _wrong_version(self, headers: dict[bytes, bytes]) -> Refusal | None:
        version = headers.get(b"intercom-version")
        if version is None or version.decode("latin-1") in VERSIONS:
            return None
        return Refusal(400, "intercom_version_invalid", "The requested version could not be found")

    def _too_many(self) -> Refusal:
        return Refusal(429, "rate_limit_exceeded", f"Exceeded rate limit of {self.limit.allowance} in 10_seconds")


@dataclass(slots=True)
class _Answer:
    """An answer being made: kept until the faults have had their way with it."""

    send: Send
    request_id: str
    limit: RateLimit
    pretend: bool = False
    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""

    async def keep(self, message: Message) -> None:
        """Take what the operation sends."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [pair for pair in message.get("headers", ()) if pair[0] != b"content-length"]
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")

    async def pass_on(self, message: Message) -> None:
        """Hand on what a control operation sends, with our headers."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = [*message.get("headers", ()), *self._common()]
        await self.send(message)

    async def refuse(self, no: Refusal) -> None:
        """Send an error document."""
        self.status = no.status
        self.headers = [(b"content-type", b"application/json; charset=utf-8")]
        self.body = error_body(no, self.request_id)
        await self.release()

    async def release(self) -> None:
        """Send what was kept."""
        headers = [*self.headers, *self._common(), *self.limit.headers(pretend=self.pretend)]
        headers.append((b"content-length", str(len(self.body)).encode()))
        await self.send({"type": "http.response.start", "status": self.status, "headers": headers})
        await self.send({"type": "http.response.body", "body": self.body})

    def _common(self) -> list[tuple[bytes, bytes]]:
        return [
            (b"date", formatdate(self.limit.now(), usegmt=True).encode()),
            (b"x-request-id", self.request_id.encode()),
            (b"intercom-version", b"2.14"),
        ]


def error_body(no: Refusal, request_id: str) -> bytes:
    """An ``error.list`` document."""
    error: dict[str, object] = {"code": no.code, "message": no.message}
    if no.field is not None:
        error["field"] = no.field
    return msgspec.json.encode({"type": "error.list", "request_id": request_id, "errors": [error]})


async def _drain(receive: Receive) -> bytes:
    """The whole body of a request."""
    body: bytes = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return body
        body += message.get("body", b"")
        if not message.get("more_body", False):
            return body


def _writes(scope: Scope) -> bool:
    return scope["method"] in ("POST", "PUT", "DELETE") and not scope["path"].endswith("/search")


async def _unheard(_: Message) -> None:
    """Whoever asked has long been answered."""


def _given(body: bytes) -> Receive:
    """A body that has been read, as the operation receives it: in one piece."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return {"type": "http.disconnect"}
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
