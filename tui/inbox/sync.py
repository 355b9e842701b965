"""Bringing in what changed: who we are, the first long fill, then little by little.

The fill goes open → snoozed → closed history, a page of 150 at a time, and remembers its cursor, so that it goes on
after a restart. Meanwhile and ever after a poll asks for what was updated since the last one, with an overlap for
Intercom's search, which lags behind writes.
"""

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from tui.api.errors import AuthError, IntercomError, NotFoundError, RateLimitedError
from tui.api.pacing import Priority
from tui.inbox import mapping
from tui.inbox.changes import Changes
from tui.inbox.intake import Intake
from tui.inbox.link import Link
from tui.inbox.status import StatusBoard
from tui.store import listing, outbox, people
from tui.store.care import retain
from tui.store.conversations import by_numbers, newest_before
from tui.store.errors import StoreError
from tui.store.listing import Condition, Selection
from tui.store.rows import AdminRow, Change, TagRow, TeamRow
from tui.store.store import Store

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.api.query import Field, Query

OVERLAP = 60
"""Seconds that each poll looks back behind the last one."""

DIRECTORY_EVERY = 600.0
"""Seconds between looks at teammates, teams and tags, and at whether open conversations still are."""

ACTIVE_FOR = 120.0
"""Seconds after a key for which somebody is taken to sit in front of the screen."""

JOURNAL_DAYS = 14
"""Days for which finished actions are remembered, so that their parts are known as ours."""

_RECONCILE_MOST = 50


class Progress(msgspec.Struct, omit_defaults=True):
    """How far the first fill has come: the ``phase`` under way, its ``cursor``, conversations ``done``."""

    phase: str = "open"
    cursor: str = ""
    done: int = 0


class WrongWorkspace(Exception):
    """The token belongs to another workspace than the store; ``str()`` is one clear sentence."""


def _field(name: str) -> "Field":
    from tui.api.query import Field  # loads with the client, after the first paint

    return Field(name)


class Sync:
    """Runs until cancelled. ``acting_as`` names the admin to act as (``""``: the token's owner)."""

    def __init__(
        self,
        store: Store,
        changes: Changes,
        intake: Intake,
        link: Link,
        board: StatusBoard,
        *,
        fast_seconds: float,
        idle_seconds: float,
        page: int,
        history_days: int,
        keep_days: int,
        acting_as: str,
        on_me: Callable[[AdminRow, str], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._changes = changes
        self._intake = intake
        self._link = link
        self._board = board
        self._fast = fast_seconds
        self._idle = idle_seconds
        self._page = page
        self._history_days = history_days
        self._keep_days = keep_days
        self._acting_as = acting_as
        self._on_me = on_me
        self._soon = asyncio.Event()
        self._monotonic = monotonic
        self._active_until = monotonic() + ACTIVE_FOR
        self._directory_at = 0.0
        self._reconcile_at = 0.0
        self._failing = False
        link.on_back.append(self._back)

    def activity(self) -> None:
        """Somebody pressed a key: poll fast for a while; at once after a long rest."""
        now = self._monotonic()
        if now > self._active_until:
            self._soon.set()
        self._active_until = now + ACTIVE_FOR

    def refresh(self) -> None:
        """Look now, at everything."""
        self._directory_at = self._reconcile_at = 0.0
        self._soon.set()

    def _back(self) -> None:
        """Somebody else's request got through: no need to wait out the failure."""
        if self._failing:
            self._soon.set()

    async def run(self) -> None:
        """Identify, fill and poll. Ends only when cancelled, or with :class:`WrongWorkspace`."""
        client = await self._identified()
        loop = asyncio.get_running_loop()
        work = [loop.create_task(self._fill(client), name="sync-fill"), loop.create_task(self._poll(client))]
        try:
            await asyncio.gather(*work)
        finally:
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)

    async def once(self) -> None:
        """One look for the command line: who we are and what changed. Raises :class:`IntercomError`."""
        client = await self._link.open()
        await self.identify(client)
        await self._delta(client)

    async def identify(self, client: "Intercom") -> None:
        """Read whose token it is and the directory. Raises :class:`IntercomError`, :class:`WrongWorkspace`."""
        me, admins, teams, tags = await asyncio.gather(
            client.me(priority=Priority.VIEW),
            client.admins.list(priority=Priority.VIEW),
            client.teams.list(priority=Priority.VIEW),
            client.tags.list(priority=Priority.VIEW),
        )
        known = people.meta(self._store.reader, "workspace")
        if known and me.app.id_code and known != me.app.id_code:
            raise WrongWorkspace(
                f"This profile's store belongs to workspace {known}, the token to {me.app.id_code}: "
                "use another profile (--profile) or clear the store."
            )
        admin_rows = [mapping.admin(one) for one in admins.items]
        acting = self._acting_as or me.id
        row = next((one for one in admin_rows if one.id == acting), None)
        if row is None and self._acting_as:
            raise AuthError(f"There is no teammate {self._acting_as} in this workspace to act as.", status=401)
        row = row or mapping.admin(me)

        def job(db: sqlite3.Connection) -> None:
            people.put_directory(db, AdminRow, admin_rows)
            people.put_directory(db, TeamRow, [mapping.team(one) for one in teams.items])
            people.put_directory(db, TagRow, [mapping.tag(one) for one in tags.items])
            people.set_meta(db, "me", msgspec.json.encode(row).decode())
            if me.app.id_code:
                people.set_meta(db, "workspace", me.app.id_code)
                people.set_meta(db, "workspace_name", me.app.name)

        await self._store.write(job, background=True)
        self._link.workspace = me.app.id_code
        self._directory_at = self._monotonic() + DIRECTORY_EVERY
        self._on_me(row, me.app.name)
        self._board.set(acting_as=row.name, workspace=me.app.name)
        self._changes.announce(Change(directory=True))

    async def _identified(self) -> "Intercom":
        client = await self._link.open()
        delay = 1.0
        while True:
            try:
                await self.identify(client)
            except IntercomError as error:
                self._link.failed(error)
                self._soon.clear()
                await self._rest(60.0 if isinstance(error, AuthError) else delay)
                delay = min(30.0, delay * 2)
            else:
                self._link.worked()
                return client

    async def _poll(self, client: "Intercom") -> None:
        failures = 0
        while True:
            self._soon.clear()
            try:
                await self._delta(client)
                self._board.set(synced_at=int(time.time()))
                if self._monotonic() >= self._directory_at:
                    await self.identify(client)
                if self._monotonic() >= self._reconcile_at and await self._reconcile(client):
                    self._reconcile_at = self._monotonic() + DIRECTORY_EVERY
                    await self._tidy()
            except RateLimitedError as error:
                self._link.failed(error)
                await self._rest(max(1.0, (error.reset_at or 0) - time.time()))
                continue
            except IntercomError as error:
                failures += 1
                self._link.failed(error)
            except StoreError as error:
                # another program may hold the store for a while
                failures += 1
                self._board.set(error=str(error))
            else:
                failures = 0
                self._link.worked()
            self._failing = failures > 0
            active = self._monotonic() < self._active_until
            pause = self._fast if active else self._idle
            await self._rest(min(60.0, pause * 2 ** min(failures, 4)) if failures else pause)

    async def _rest(self, seconds: float) -> None:
        # not wait_for: before Python 3.12 it may swallow a cancellation that comes together with the event
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._soon.wait()

    async def _delta(self, client: "Intercom") -> None:
        """Everything updated since the last complete look."""
        mark = int(people.meta(self._store.reader, "sync.mark") or 0)
        now = int(client.server_time())
        if mark > now + OVERLAP:
            # made by a clock that ran ahead, which would hide all that happens until then
            mark = newest_before(self._store.reader, now)
        if not mark:
            mark = now - OVERLAP
        newest = mark
        query = _field("updated_at") > mark - OVERLAP
        async for page in client.conversations.search_pages(query, per_page=self._page, priority=Priority.VIEW):
            await self._intake.page(page.items)
            newest = max([newest, *(model.updated_at for model in page.items)])
            await asyncio.sleep(0)
        # a conversation dated in the future must not hide all that happens until then
        await self._set_meta("sync.mark", str(max(mark, min(newest, int(client.server_time())))))

    async def _fill(self, client: "Intercom") -> None:
        """The first long fill, from where it was left."""
        while True:
            stored = people.meta(self._store.reader, "sync.fill")
            progress = msgspec.json.decode(stored, type=Progress) if stored else Progress()
            if progress.phase == "complete":
                self._board.set(syncing="")
                return
            try:
                if progress.phase in ("open", "snoozed"):
                    await self._fill_phase(client, progress, _field("state") == progress.phase)
                else:
                    since = int(client.server_time()) - self._history_days * 86400 if self._history_days else 0
                    await self._fill_phase(
                        client, progress, (_field("state") == "closed") & (_field("updated_at") > max(0, since))
                    )
            except (IntercomError, StoreError) as error:
                if isinstance(error, IntercomError):
                    self._link.failed(error)
                await asyncio.sleep(5.0)

    async def _fill_phase(self, client: "Intercom", progress: Progress, query: "Query") -> None:
        pages = client.conversations.search_pages(
            query, per_page=self._page, starting_after=progress.cursor or None, priority=Priority.BACKGROUND
        )
        done = progress.done
        shown_at = 0.0
        async for page in pages:
            if page.restarted:
                done = 0
            await self._intake.page(page.items)
            done += len(page.items)
            total = max(done, page.total_count or 0)
            if self._monotonic() - shown_at > 0.5:
                shown_at = self._monotonic()
                self._board.set(syncing=f"first sync, {progress.phase}: {done:,} of {total:,}")
            self._link.worked()
            if page.next_cursor:
                await self._save(Progress(progress.phase, page.next_cursor, done))
        following = {"open": "snoozed", "snoozed": "closed"}.get(progress.phase, "complete")
        await self._save(Progress(following))
        self._board.set(known=True)

    async def _reconcile(self, client: "Intercom") -> bool:
        """Find conversations that are open or asleep here and no longer there (deleted, merged): ask for each.

        One request a state where there are no more here than there. False while the first fill goes on.
        """
        if '"complete"' not in people.meta(self._store.reader, "sync.fill"):
            return False
        for state in ("open", "snoozed"):
            for conversation_id in await self._missing(client, state):
                try:
                    model = await client.conversations.get(conversation_id, priority=Priority.BACKGROUND)
                except NotFoundError:
                    await self._intake.deleted([conversation_id])
                else:
                    await self._intake.conversation(model)
        return True

    async def _missing(self, client: "Intercom", state: str) -> list[str]:
        selection = Selection((Condition("state", "=", (state,)),))
        seen: set[str] = set()
        async for page in client.conversations.search_pages(
            _field("state") == state, per_page=self._page, priority=Priority.BACKGROUND
        ):
            seen.update(model.id for model in page.items)
            await self._intake.page(page.items)
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
        if not self._keep_days:
            return
        before = int(now) - self._keep_days * 86400
        while await self._store.write(lambda db: retain(db, before), background=True):
            self._changes.announce(Change(everything=True))
            await asyncio.sleep(0)

    async def _save(self, progress: Progress) -> None:
        await self._set_meta("sync.fill", msgspec.json.encode(progress).decode())

    async def _set_meta(self, key: str, value: str) -> None:
        await self._store.write(lambda db: people.set_meta(db, key, value), background=True)
