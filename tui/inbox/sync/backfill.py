"""The first long fill: open, then snoozed, then closed conversations, a page at a time, its place kept over restarts.

What cannot be read is gone round and kept as gaps; those are tried again ever more seldom, and named until they close.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from tui.api.errors import IntercomError, NotAllowed
from tui.api.rate_limit import Priority
from tui.inbox.status import StatusBoard
from tui.inbox.sync.backoff import Backoff
from tui.inbox.sync.connection import Connection
from tui.inbox.sync.ingest import Ingest
from tui.inbox.sync.progress import GAPS, Gap, Progress, is_known, progress_of, stored_gaps
from tui.inbox.sync.ranges import Outcome, Ranges, in_words, is_about_the_page, merged
from tui.model.errors import StoreError
from tui.model.labels import situations
from tui.store import people
from tui.store.store import Store, smaller_cache

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.api.decoding import Page
    from tui.api.models import Conversation

_FIRST_PAUSE = 5.0
_FIRST_NOTHING = 30.0
_FIRST_GAP = 120.0
_LONGEST_GAP = 3600.0
_NEXT = {"open": "snoozed", "snoozed": "closed"}


class Backfill:
    """Runs until cancelled."""

    def __init__(
        self, store: Store, ingest: Ingest, connection: Connection, board: StatusBoard, *, page: int, history_days: int,
        on_gaps: Callable[[], None], monotonic: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._store = store
        self._ingest = ingest
        self._connection = connection
        self._board = board
        self._page = page
        self._history_days = history_days
        self._on_gaps = on_gaps
        self._monotonic = monotonic
        self._wake = asyncio.Event()
        self._list_failed = False
        self._round_at = 0.0
        self._rounds = Backoff(_FIRST_GAP, _LONGEST_GAP)
        self.gaps = stored_gaps(people.meta(store.reader, GAPS))

    def refresh(self) -> None:
        """Try what is missing now."""
        self._round_at = 0.0
        self._wake.set()

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return progress_of(self._store.reader)

    def lacks(self, state: str) -> bool:
        """Whether conversations in this state are missing, as far as is known."""
        return any(gap.state == state for gap in self.gaps)

    async def run(self, client: "Intercom") -> None:
        """Fill, and then close the gaps that are left."""
        failed, again = Backoff(_FIRST_PAUSE), Backoff(_FIRST_NOTHING)
        while True:
            self._wake.clear()
            try:
                error = await self.fill(client) or await self._close(client)
                if any(gap.whole for gap in self.gaps) and not isinstance(error, NotAllowed):
                    error = await self._list(client) or (error if self.gaps else None)
            except (IntercomError, StoreError) as trouble:
                if isinstance(trouble, IntercomError):
                    trouble = await self._connection.judged(trouble)
                    self._connection.failed(trouble, everything=True)
                await self._rest(failed.failed(trouble))
                continue
            failed.worked()
            await self._store.write(smaller_cache, background=True)
            if error is None:
                again.worked()
                self._rounds.worked()
                await self._wake.wait()
            else:
                await self._rest(again.failed(error))

    async def fill(self, client: "Intercom") -> IntercomError | None:
        """What is left of the fill; the error that left gaps in it. Raises :class:`IntercomError` and
        :class:`StoreError` where it has to be begun again from where it is."""
        error: IntercomError | None = None
        while (progress := self.progress).phase != "complete":
            outcome = await self._phase(client, progress)
            await self._keep([gap for gap in self.gaps if gap.state != progress.phase], outcome.gaps)
            await self._save(Progress(_NEXT.get(progress.phase, "complete")))
            self._tell_known()
            error = outcome.error or error
        self._board.set(syncing="", filling="")
        return error

    async def _phase(self, client: "Intercom", progress: Progress) -> Outcome:
        since = 0
        if progress.phase == "closed" and self._history_days:
            since = max(0, int(client.server_time()) - self._history_days * 86400)
        done, shown_at = progress.done, 0.0

        async def take(page: "Page[Conversation]") -> None:
            nonlocal done, shown_at
            if page.restarted:
                done = 0
            await self._ingest.page(page.items)
            done += len(page.items)
            self._connection.worked()
            if ranges.going_round:
                return
            total = max(done, page.total_count or 0)
            if self._monotonic() - shown_at > 0.5:
                shown_at = self._monotonic()
                self._board.set(syncing=situations.FIRST_SYNC.format(phase=progress.phase, done=done, total=total))
            if page.next_cursor:
                await self._save(Progress(progress.phase, page.next_cursor, done))

        ranges = Ranges(client, progress.phase, since, take, per_page=self._page, priority=Priority.BACKGROUND)
        return await ranges.read(progress.cursor)

    async def _list(self, client: "Intercom") -> IntercomError | None:
        """The plain list, where the search is broken: all there is, in no order that helps. None where that worked."""
        if self._list_failed:
            return None
        try:
            async for page in client.at(Priority.BACKGROUND).conversations.list_pages(per_page=self._page):
                await self._ingest.page(page.items)
                self._connection.worked()
        except IntercomError as error:
            if not is_about_the_page(error):
                raise
            self._list_failed = True
            return error
        await self._keep([], [])
        self._board.set(known=True)
        return None

    async def _close(self, client: "Intercom") -> IntercomError | None:
        """Try the gaps again; the error that leaves some.

        Whether a search works again at all is asked often; what lies around a gap is gone through ever more seldom.
        """
        error: IntercomError | None = None
        go_round = self._monotonic() >= self._round_at
        for state in dict.fromkeys(gap.state for gap in self.gaps):
            mine = [gap for gap in self.gaps if gap.state == state]
            whole = any(gap.whole for gap in mine)
            if not whole and not go_round:
                error = error or IntercomError(mine[0].reason)
                continue

            async def take(page: "Page[Conversation]") -> None:
                await self._ingest.page(page.items)

            ranges = Ranges(client, state, mine[0].since, take, per_page=self._page, priority=Priority.BACKGROUND)
            outcome = await (ranges.read(go_round=go_round) if whole else ranges.around(mine))
            await self._keep([gap for gap in self.gaps if gap.state != state], outcome.gaps)
            self._tell_known()
            error = outcome.error if outcome.gaps else error
        if error is not None and go_round:
            self._round_at = self._monotonic() + self._rounds.failed(error)
        return error

    async def add_gaps(self, gaps: Sequence[Gap]) -> None:
        """Something else could not be read, either."""
        idle = not self.gaps
        await self._keep(self.gaps, gaps)
        if idle:
            self._wake.set()

    async def _keep(self, others: Sequence[Gap], gaps: Sequence[Gap]) -> None:
        now = merged([*others, *gaps])
        if now == self.gaps:
            return
        self.gaps = now
        encoded = msgspec.json.encode(now).decode() if now else ""
        await self._store.write(lambda db: people.set_meta(db, GAPS, encoded), background=True)
        self._on_gaps()

    def _tell_known(self) -> None:
        self._board.set(filling=self.progress.filling)
        if is_known(self._store.reader):
            self._board.set(known=True)

    async def _save(self, progress: Progress) -> None:
        encoded = msgspec.json.encode(progress).decode()
        await self._store.write(lambda db: people.set_meta(db, "sync.fill", encoded), background=True)

    async def _rest(self, seconds: float) -> None:
        # not wait_for: before Python 3.12 it may swallow a cancellation that comes together with the event
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()


def missing_in_words(stored: str) -> str:
    """What is missing according to the store, in a sentence; ``""`` where nothing is."""
    return in_words(stored_gaps(stored))
