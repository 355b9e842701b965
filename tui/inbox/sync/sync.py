"""Bringing in what changed: who we are, the first long fill (:mod:`tui.inbox.sync.backfill`), then little by little.

Meanwhile and ever after a poll asks for what was updated since the last one, with an overlap for Intercom's search,
which lags behind writes.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from tui.api.errors import AuthError, IntercomError, NetworkError, NotAllowed, NotFoundError, RateLimitedError
from tui.api.permissions import NOT_ALLOWED
from tui.api.rate_limit import Priority
from tui.inbox.changes import Changes
from tui.inbox.status import StatusBoard
from tui.inbox.sync.backfill import Backfill
from tui.inbox.sync.backoff import Backoff
from tui.inbox.sync.connection import Connection
from tui.inbox.sync.identity import DIRECTORY_EVERY, Identity, Part, is_refused
from tui.inbox.sync.ingest import Ingest
from tui.inbox.sync.ranges import Ranges, in_words
from tui.model.errors import StoreError
from tui.model.rows import AdminRow, Change
from tui.model.selection import Condition, Selection
from tui.store import listing, outbox, people, soundness
from tui.store.conversations import by_numbers, newest_before
from tui.store.maintenance import retain
from tui.store.store import Store

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.api.decoding import Page
    from tui.api.models import Conversation
    from tui.api.query import Field

OVERLAP = 60
"""Seconds that each poll looks back behind the last one."""

ACTIVE_FOR = 120.0
"""Seconds after a key for which somebody is taken to sit in front of the screen."""

JOURNAL_DAYS = 14
"""Days for which finished actions are remembered, so that their parts are known as ours."""

_RECONCILE_MOST = 50


_FIRST_PAUSE = 20.0
_EARLIEST = 5.0
"""Seconds between two polls, however often the network comes back in between."""

_LONGEST_LIMIT = 75.0
_REFUSED_PAUSE = 60.0
"""Seconds between looks at whether a refused token is accepted again."""


def _field(name: str) -> "Field":
    from tui.api.query import Field  # loads with the client, after the first paint

    return Field(name)


class SyncOptions(NamedTuple):
    """How often and how much is fetched: the settings of [sync]. Times are seconds or whole days."""

    fast_seconds: float = 10.0
    idle_seconds: float = 60.0
    page: int = 150
    history_days: int = 30
    keep_days: int = 0


class Sync:
    """Runs until cancelled. ``acting_as`` names the admin to act as (``""``: the token's owner)."""

    def __init__(
        self,
        store: Store,
        changes: Changes,
        ingest: Ingest,
        connection: Connection,
        board: StatusBoard,
        *,
        options: SyncOptions,
        acting_as: str,
        on_me: Callable[[AdminRow, str], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._changes = changes
        self._ingest = ingest
        self._connection = connection
        self._board = board
        self._options = options
        self._identity = Identity(store, connection, board, acting_as=acting_as, on_me=on_me, monotonic=monotonic)
        self._soon = asyncio.Event()
        self._monotonic = monotonic
        self._active_until = monotonic() + ACTIVE_FOR
        self._reconcile_at = 0.0
        self._failing: IntercomError | None = None
        self._polled_at = 0.0
        self._asked_for = False
        """Whether a person asked for a look."""
        self.backfill = Backfill(
            store, ingest, connection, board, page=options.page, history_days=options.history_days,
            on_gaps=self._tell_incomplete, monotonic=monotonic,
        )  # fmt: skip
        self._tell_incomplete()
        connection.on_back.append(self._back)
        connection.on_doubt.append(self._doubt)

    @property
    def denied(self) -> dict[Part, str]:
        """What of the directory this token may not read, by its name in words."""
        return self._identity.denied

    def activity(self) -> None:
        """Somebody pressed a key: poll fast for a while; at once after a long rest."""
        now = self._monotonic()
        if now > self._active_until:
            self._soon.set()
        self._active_until = now + ACTIVE_FOR

    def refresh(self) -> None:
        """Look now, at everything; a refused token is looked for where it is kept."""
        self._asked_for = True
        self._identity.due_at = self._reconcile_at = 0.0
        self.backfill.refresh()
        self._soon.set()

    def jumped(self) -> None:
        """The clock jumped, as when the machine slept: what is known is of another time."""
        self._asked_for = False
        self._identity.due_at = self._reconcile_at = 0.0
        self._polled_at = -_EARLIEST
        self.backfill.refresh()
        self._soon.set()

    def _doubt(self) -> None:
        """An answer came that had been asked for before the connection was lost: only a new request can tell."""
        if self._monotonic() - self._polled_at >= _EARLIEST:
            self._soon.set()

    def _back(self) -> None:
        """Somebody else's request got through: no need to wait out a failure of the network."""
        if isinstance(self._failing, NetworkError) and self._monotonic() - self._polled_at >= _EARLIEST:
            self._soon.set()

    def _tell_incomplete(self) -> None:
        """Let the status line name what is missing."""
        names = ", ".join(self.denied.values())
        refused = f"{names[:1].upper()}{names[1:]}: {NOT_ALLOWED}." if names else ""
        self._board.set(incomplete=" ".join(filter(None, (in_words(self.backfill.gaps), refused))))

    async def run(self) -> None:
        """Identify, fill and poll. Ends only when cancelled, or with :class:`WrongWorkspace`."""
        client = await self._identified()
        loop = asyncio.get_running_loop()
        work = [loop.create_task(self.backfill.run(client), name="sync-fill"), loop.create_task(self._poll(client))]
        try:
            await asyncio.gather(*work)
        finally:
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)

    async def once(self) -> None:
        """One look for the command line: who we are and what changed. Raises :class:`IntercomError`."""
        client = await self._connection.open(identifying=True)
        await self.identify(client)
        await self._delta(client)

    async def identify(self, client: "Intercom", *, need: Part | None = None) -> None:
        """Read whose token it is and the directory (see :meth:`tui.inbox.sync.identity.Identity.read`)."""
        await self._identity.read(client, need=need)
        self._tell_incomplete()
        self._connection.worked(identified=True)
        self._changes.announce(Change(directory=True))

    async def _identified(self) -> "Intercom":
        client = await self._connection.open(identifying=True)
        backoff = Backoff(1.0)
        while True:
            try:
                await self.identify(client)
            except IntercomError as error:
                self._connection.failed(error, everything=True)
                self._soon.clear()
                if not await self._renewed(error):
                    await self._rest(_REFUSED_PAUSE if isinstance(error, AuthError) else backoff.failed(error))
            else:
                return client

    async def _poll(self, client: "Intercom") -> None:
        backoff = Backoff(_FIRST_PAUSE)
        while True:
            self._soon.clear()
            self._polled_at = self._monotonic()
            pause = 0.0
            self._failing = None
            try:
                gone_round = await self._delta(client)
                self._board.set(synced_at=int(time.time()))
                if self._monotonic() >= self._identity.due_at or self._board.now.connection == "refused":
                    await self.identify(client)
                if self._monotonic() >= self._reconcile_at and await self._reconcile(client):
                    self._reconcile_at = self._monotonic() + DIRECTORY_EVERY
                    await self._tidy()
            except IntercomError as error:
                judged = self._failing = await self._connection.judged(error)
                pause = backoff.failed(judged)
                if isinstance(judged, RateLimitedError):
                    pause = max(pause, min(_LONGEST_LIMIT, (judged.reset_at or 0) - client.server_time()))
                if isinstance(judged, NotAllowed):
                    # said where what is missing is said: the token is good
                    self._connection.worked()
                else:
                    self._connection.failed(judged, everything=True)
                    if await self._renewed(judged):
                        continue
            except StoreError as error:
                # another program may hold the store for a while; the store itself says so
                pause = backoff.failed(error)
            else:
                self._connection.worked()
                if gone_round is None:
                    backoff.worked()
                else:
                    pause = backoff.failed(gone_round)
            active = self._monotonic() < self._active_until
            pause = max(pause, self._options.fast_seconds if active else self._options.idle_seconds)
            await (self._rest_for_token(pause) if self._board.now.connection == "refused" else self._rest(pause))

    async def _renewed(self, error: IntercomError) -> bool:
        """Whether another token lies where the refused one came from: it may try at once."""
        asked, self._asked_for = self._asked_for, False
        return is_refused(error) and await self._connection.renew_token(asked=asked)

    async def _rest_for_token(self, seconds: float) -> None:
        """Rest, but not on while another token lies where the refused one came from."""
        while seconds > 0 and not self._soon.is_set():
            await self._rest(min(seconds, _REFUSED_PAUSE))
            seconds -= _REFUSED_PAUSE
            if await self._connection.renew_token():
                return

    async def wait_for_another_token(self) -> None:
        """After :class:`WrongWorkspace`: rest, but not past the wish for a look, and look for another token."""
        self._soon.clear()
        await self._rest(_REFUSED_PAUSE)
        asked, self._asked_for = self._asked_for, False
        await self._connection.renew_token(asked=asked)

    async def _rest(self, seconds: float) -> None:
        # not wait_for: before Python 3.12 it may swallow a cancellation that comes together with the event
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._soon.wait()

    async def _delta(self, client: "Intercom") -> IntercomError | None:
        """Everything updated since the last complete look; the error of what had to be gone round."""
        mark = soundness.whole(people.meta(self._store.reader, "sync.mark"))
        now = int(client.server_time())
        if mark > now + OVERLAP:
            # made by a clock that ran ahead, which would hide all that happens until then
            mark = newest_before(self._store.reader, now)
        if not mark:
            mark = now - OVERLAP
        newest = mark

        async def take(page: "Page[Conversation]") -> None:
            nonlocal newest
            await self._ingest.page(page.items)
            newest = max([newest, *(model.updated_at for model in page.items)])

        since = mark - OVERLAP + 1
        outcome = await Ranges(client, "", since, take, per_page=self._options.page, priority=Priority.VIEW).read()
        if outcome.error is not None and outcome.broken:
            if not isinstance(outcome.error, NotAllowed):
                await self._newest_of_the_list(client)
            raise outcome.error
        if outcome.gaps:
            # all that lies beside them came: they are the backfill's now
            await self.backfill.add_gaps(outcome.gaps)
            newest = max(newest, now)
        # a conversation dated in the future must not hide all that happens until then
        await self._set_meta("sync.mark", str(max(mark, min(newest, int(client.server_time())))))
        return outcome.error

    async def _newest_of_the_list(self, client: "Intercom") -> None:
        """The search is broken: the head of the plain list tells some of what is new."""
        async for page in client.at(Priority.VIEW).conversations.list_pages(per_page=self._options.page):
            await self._ingest.page(page.items)
            return

    async def _reconcile(self, client: "Intercom") -> bool:
        """Find conversations that are open or asleep here and no longer there (deleted, merged): ask for each.

        One request a state where there are no more here than there. False while the first fill goes on.
        """
        if self.backfill.progress.phase != "complete":
            return False
        for state in ("open", "snoozed"):
            if self.backfill.lacks(state):
                # what is not found may be in the gap
                continue
            try:
                for conversation_id in await self._missing(client, state):
                    await self._look_after(client, conversation_id)
            except (NetworkError, RateLimitedError):
                raise
            except IntercomError:
                # this look comes again by itself, and what it is good for can wait
                continue
        return True

    async def _look_after(self, client: "Intercom", conversation_id: str) -> None:
        try:
            model = await client.at(Priority.BACKGROUND).conversations.get(conversation_id)
        except NotFoundError:
            await self._ingest.deleted([conversation_id])
        else:
            await self._ingest.conversation(model)

    async def _missing(self, client: "Intercom", state: str) -> list[str]:
        selection = Selection((Condition("state", "=", (state,)),))
        seen: set[str] = set()
        async for page in client.at(Priority.BACKGROUND).conversations.search_pages(
            _field("state") == state, per_page=self._options.page
        ):
            seen.update(model.id for model in page.items)
            await self._ingest.page(page.items)
            if page.total_count is not None and listing.total(self._store.reader, selection) <= page.total_count:
                return []
        numbers = listing.everything(self._store.reader, selection, "oldest")
        missing: list[str] = []
        for start in range(0, len(numbers), 500):
            rows = by_numbers(self._store.reader, numbers[start : start + 500])
            missing += [row.id for row in rows if row.id not in seen and not row.pending]
            await asyncio.sleep(0)
        return missing[:_RECONCILE_MOST]

    async def _tidy(self) -> None:
        """Forget what the settings say to forget, little by little, and the traces of long finished actions."""
        now = time.time()
        await self._store.write(lambda db: outbox.forget_finished(db, now - JOURNAL_DAYS * 86400), background=True)
        if not self._options.keep_days:
            return
        before = int(now) - self._options.keep_days * 86400
        while await self._store.write(lambda db: retain(db, before), background=True):
            self._changes.announce(Change(everything=True))
            await asyncio.sleep(0)

    async def _set_meta(self, key: str, value: str) -> None:
        await self._store.write(lambda db: people.set_meta(db, key, value), background=True)
