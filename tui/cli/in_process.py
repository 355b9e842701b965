"""The sandbox in this process: its application runs on a thread and an event loop of its own.

On the screen's loop a search of the sandbox's would hold up keys; here it only shares the interpreter.
"""

import asyncio
import threading
from collections.abc import Coroutine

import httpx

from tui.model.labels import shell_texts
from tui.sandbox.app import create_app
from tui.sandbox.workspace import Workspace

_PATIENCE = 2.0


class Room:
    """A workspace of ``conversations`` made from ``seed``, with the loop that serves it."""

    def __init__(self, conversations: int, seed: int, base_url: str, *, live: bool) -> None:
        self.workspace = Workspace(seed, conversations)
        self.workspace.base_url = base_url
        self._asgi = httpx.ASGITransport(app=create_app(self.workspace), raise_app_exceptions=False)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)
        self._thread.start()
        if live:
            from tui.sandbox.live import run_live

            self._start(run_live(self.workspace))

    def transport(self) -> httpx.AsyncBaseTransport:
        """What answers a client's requests in place of the network."""
        return _Transport(self._asgi, self._loop)

    def close(self) -> None:
        """End the loop; what was being answered is cut off."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(_PATIENCE)

    def _start(self, work: Coroutine[None, None, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
            left = asyncio.all_tasks(self._loop)
            for task in left:
                task.cancel()
            self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        finally:
            self._loop.close()


class _Transport(httpx.AsyncBaseTransport):
    """Hands each request to the sandbox's loop and brings the whole answer back."""

    def __init__(self, asgi: httpx.ASGITransport, loop: asyncio.AbstractEventLoop) -> None:
        self._asgi = asgi
        self._loop = loop

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One request. Raises ``httpx.ConnectError`` after the room was closed."""
        content = await request.aread()
        # nothing is saved by packing what never leaves the process
        headers = [(name, value) for name, value in request.headers.raw if name.lower() != b"accept-encoding"]
        asked = httpx.Request(request.method, request.url, headers=headers, content=content)
        answering = self._answer(asked)
        try:
            future = asyncio.run_coroutine_threadsafe(answering, self._loop)
        except RuntimeError as error:
            answering.close()
            raise httpx.ConnectError(shell_texts.SANDBOX_HAS_ENDED, request=request) from error
        status, raw_headers, body = await asyncio.wrap_future(future)
        return httpx.Response(status, headers=raw_headers, stream=httpx.ByteStream(body), request=request)

    async def _answer(self, request: httpx.Request) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        response = await self._asgi.handle_async_request(request)
        assert isinstance(response.stream, httpx.AsyncByteStream)  # noqa: S101 - ASGITransport's streams are
        body = b"".join([chunk async for chunk in response.stream])
        return response.status_code, response.headers.raw, body
