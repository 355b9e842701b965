"""Whose token it is, of which workspace, and who else is there: ``/me`` and the directory."""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Literal, TypeVar

import msgspec

from tui.api.errors import AuthError, IntercomError, NotAllowed
from tui.api.rate_limit import Priority
from tui.inbox.situation import another_workspace
from tui.inbox.status import StatusBoard
from tui.inbox.sync import mapping
from tui.inbox.sync.backoff import Backoff
from tui.inbox.sync.connection import Connection
from tui.model.errors import UserError
from tui.model.exits import Exit
from tui.model.labels import outcomes
from tui.model.rows import AdminRow, TagRow, TeamRow
from tui.store import people
from tui.store.store import Store

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.api.decoding import Page

DIRECTORY_EVERY = 600.0
"""Seconds between looks at teammates, teams and tags, and at whether open conversations still are."""

_DIRECTORY_PAUSE = 60.0

Part = Literal["admins", "teams", "tags"]
"""A part of the directory."""

_NAMES: dict[Part, str] = {"admins": "teammates", "teams": "teams", "tags": "tags"}
T = TypeVar("T")


def is_refused(error: IntercomError) -> bool:
    """Whether the whole token is."""
    return isinstance(error, AuthError) and not isinstance(error, NotAllowed)


class WrongWorkspace(UserError):
    """The token belongs to another workspace than the store."""

    exit_code = Exit.AUTH


class Identity:
    """Reads it, and says when it should be read again (``due_at``, by the monotonic clock)."""

    def __init__(
        self, store: Store, connection: Connection, board: StatusBoard, *, acting_as: str,
        on_me: Callable[[AdminRow, str], None], monotonic: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._store = store
        self._connection = connection
        self._board = board
        self._acting_as = acting_as
        self._on_me = on_me
        self._monotonic = monotonic
        self._backoff = Backoff(_DIRECTORY_PAUSE, DIRECTORY_EVERY)
        self.due_at = 0.0
        self.denied: dict[Part, str] = {}
        """What of the directory this token may not read, by its name in words."""

    async def read(self, client: "Intercom", *, need: Part | None = None) -> None:
        """As :meth:`_read`; after an error it is due again soon, ever later."""
        try:
            await self._read(client, need=need)
        except IntercomError as error:
            self.due_at = self._monotonic() + self._backoff.failed(error)
            raise

    async def _read(self, client: "Intercom", *, need: Part | None) -> None:
        """Read whose token it is and the directory.

        Only ``/me`` must answer, and the part that ``need`` names; of the rest the store's word stays. Raises
        :class:`IntercomError`, :class:`WrongWorkspace`.
        """
        failed: dict[Part, IntercomError] = {}

        async def part(name: Part, listing: "Callable[[], Awaitable[Page[T]]]") -> "Page[T] | None":
            try:
                return await listing()
            except IntercomError as error:
                failed[name] = error
                return None

        pane = client.at(Priority.VIEW)
        me, admins, teams, tags = await asyncio.gather(
            pane.me(),
            part("admins", pane.admins.list),
            part("teams", pane.teams.list),
            part("tags", pane.tags.list),
        )
        if need is not None and need in failed:
            raise failed[need]
        known = people.meta(self._store.reader, "workspace")
        self._connection.workspace = me.app.id_code
        self._connection.foreign = another_workspace(known, me.app.id_code)
        if self._connection.foreign:
            raise WrongWorkspace(self._connection.foreign)
        stored = people.directory(self._store.reader, AdminRow)
        admin_rows = stored if admins is None else [mapping.admin(one) for one in admins.items]
        acting = self._acting_as or me.id
        row = next((one for one in admin_rows if one.id == acting), None)
        if row is None and self._acting_as and self._acting_as != me.id:
            error = failed.get("admins")
            if error is None:
                raise AuthError(outcomes.NO_TEAMMATE_TO_ACT_AS.format(teammate=self._acting_as), status=401)
            if not isinstance(error, NotAllowed):
                raise error
            row = AdminRow(acting)
        row = row or mapping.admin(me)
        if admins is None and row.id not in {one.id for one in admin_rows}:
            admin_rows = [*admin_rows, row]

        def job(db: sqlite3.Connection) -> None:
            people.put_directory(db, AdminRow, admin_rows)
            if teams is not None:
                people.put_directory(db, TeamRow, [mapping.team(one) for one in teams.items])
            if tags is not None:
                people.put_directory(db, TagRow, [mapping.tag(one) for one in tags.items])
            people.set_meta(db, "me", msgspec.json.encode(row).decode())
            if me.app.id_code:
                people.set_meta(db, "workspace", me.app.id_code)
                people.set_meta(db, "workspace_name", me.app.name)

        await self._store.write(job, background=True)
        again = [error for error in failed.values() if not isinstance(error, NotAllowed)]
        if not again:
            self._backoff.worked()
        self.due_at = self._monotonic() + (self._backoff.failed(again[0]) if again else DIRECTORY_EVERY)
        self.denied = {name: _NAMES[name] for name in _NAMES if isinstance(failed.get(name), NotAllowed)}
        self._on_me(row, me.app.name)
        self._board.trouble("workspace", "")
        self._board.trouble("token", "")
        self._board.set(acting_as=row.name, workspace=me.app.name)
