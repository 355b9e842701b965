"""Teammates, teams and tags: small tables, kept in memory until they change."""

from collections.abc import Sequence
from typing import TypeVar

from tui.model.rows import AdminRow, Change, TagRow, TeamRow
from tui.store import people
from tui.store.store import Store

Row = TypeVar("Row", AdminRow, TeamRow, TagRow)


class Directory:
    """Names by id, from the store; :meth:`forget` after the store's tables changed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._admins: list[AdminRow] | None = None
        self._teams: list[TeamRow] | None = None
        self._tags: list[TagRow] | None = None

    def hear(self, change: Change) -> None:
        """Forget what was read when the directory changed."""
        if change.directory or change.everything:
            self.forget()

    def forget(self) -> None:
        """Read the tables again when next asked."""
        self._admins = self._teams = self._tags = None

    def admins(self) -> list[AdminRow]:
        """All teammates by name."""
        if self._admins is None:
            self._admins = people.directory(self._store.reader, AdminRow)
        return self._admins

    def teams(self) -> list[TeamRow]:
        """All teams by name."""
        if self._teams is None:
            self._teams = people.directory(self._store.reader, TeamRow)
        return self._teams

    def tags(self) -> list[TagRow]:
        """All tags by name."""
        if self._tags is None:
            self._tags = people.directory(self._store.reader, TagRow)
        return self._tags

    def members(self, team_id: str) -> list[AdminRow]:
        """The teammates of a team, by name."""
        return [row for row in self.admins() if team_id in row.team_ids]

    def admin_name(self, admin_id: str) -> str:
        """A teammate's name, ``""`` where unknown."""
        return next((row.name for row in self.admins() if row.id == admin_id), "")

    def team_name(self, team_id: str) -> str:
        """A team's name, ``""`` where unknown."""
        return next((row.name for row in self.teams() if row.id == team_id), "")

    def tag_name(self, tag_id: str) -> str:
        """A tag's name, ``""`` where unknown."""
        return next((row.name for row in self.tags() if row.id == tag_id), "")

    def name_of(self, some_id: str) -> str:
        """The name of an admin or team, ``""`` where unknown."""
        return self.admin_name(some_id) or self.team_name(some_id)


def named(wanted: str, rows: Sequence[Row], *, by_email: bool = True) -> list[Row]:
    """The rows with this id, name or (unless ``by_email`` is False) e-mail, else those whose name holds it.

    Upper and lower case are one.
    """
    said = wanted.casefold()
    exact = [row for row in rows if said in (row.id, row.name.casefold()) or (by_email and said == _email(row))]
    return exact or [row for row in rows if said in row.name.casefold()]


def _email(row: AdminRow | TeamRow | TagRow) -> str | None:
    return row.email.casefold() if isinstance(row, AdminRow) else None
