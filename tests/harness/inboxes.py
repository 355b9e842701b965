"""Inboxes that work against a served sandbox."""

import asyncio

from tests.harness.sandbox import TOKEN
from tui.api.client import Intercom
from tui.inbox.inbox import Inbox, Options
from tui.store.store import Store

__all__ = ["started"]


async def started(store: Store, base_url: str, options: Options) -> Inbox:
    """An inbox at work on ``store``, once it knows who we are."""
    inbox = Inbox(store, lambda on_budget: Intercom(base_url, TOKEN, on_budget=on_budget), options)
    await inbox.start()
    known = asyncio.Event()
    inbox.changes.subscribe(lambda _: known.set() if inbox.me.id else None)
    if not inbox.me.id:
        await known.wait()
    return inbox
