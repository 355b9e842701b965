"""The Intercom REST API: typed models, one module a resource, one transport. No Textual, no database.

Importing this package, :mod:`tui.api.models`, :mod:`tui.api.errors`, :mod:`tui.api.query` or :mod:`tui.api.pacing`
loads no HTTP library; :mod:`tui.api.client` does, which takes tens of milliseconds: :func:`connect` does it in a
thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

    from tui.api.client import Intercom

__all__ = ["connect"]


async def connect(base_url: str, token: str, *, transport: httpx.AsyncBaseTransport | None = None) -> Intercom:
    """An :class:`tui.api.client.Intercom` ready for use, made in a thread so that the caller's loop goes on meanwhile.

    Loading the HTTP library and the certificates takes about 0.1 s. Raises what :class:`tui.api.transport.Connection`
    raises for a bad address or token; nothing is sent.
    """
    import asyncio

    def make() -> Intercom:
        from tui.api.client import Intercom

        client = Intercom(base_url, token, transport=transport)
        client.prepare()
        return client

    return await asyncio.to_thread(make)
