"""What a person did, step by step: the journal's rows grouped into things that were asked for with one key.

Pure functions over the journal. :mod:`tui.inbox.outbox.undo` takes steps back.
"""

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from tui.inbox import titles
from tui.inbox.actions.base import Action
from tui.inbox.actions.codec import decode, silent_kinds
from tui.model.outbox import TAKEN_BACK, State
from tui.model.rows import OutboxRow

Whose = Literal["", "shell", "another window", "earlier"]
"""Who took a step: this program (``""``), the command line, another running program, or one that has ended."""

Face = Literal["app", "shell"]
"""What a program is: the screen, or one command of the shell."""

"""States of actions that a person took out of the journal before they had left."""


class Step(msgspec.Struct, frozen=True):
    """One thing that was done, of one or more actions, oldest first.

    ``unsent`` can be withdrawn without a trace, ``sent`` can be reversed by another action, ``stuck`` can be neither
    (what was said is said). ``taken`` tells that part of it was taken back before.
    """

    key: str
    origin: str
    unsent: tuple[OutboxRow, ...] = ()
    sent: tuple[OutboxRow, ...] = ()
    stuck: tuple[OutboxRow, ...] = ()
    taken: bool = False

    @property
    def rows(self) -> tuple[OutboxRow, ...]:
        """Every action that is still in effect, oldest first."""
        return tuple(sorted((*self.unsent, *self.sent, *self.stuck), key=lambda row: row.id))

    @property
    def actions(self) -> list[Action]:
        """The actions of :attr:`rows`."""
        return [decode(row.payload) for row in self.rows]

    @property
    def can(self) -> bool:
        """Whether any of it can be taken back."""
        return bool(self.unsent or self.sent)

    @property
    def title(self) -> str:
        """What was done: ``Closed 5 conversations``."""
        return titles.past(self.actions)

    @property
    def noun(self) -> str:
        """What was done, as a thing: ``closing of 5 conversations``."""
        return titles.noun(self.actions)


def key_of(row: OutboxRow) -> str:
    """Which step a row belongs to; rows of journals without batches follow the reply that they were asked for with."""
    return row.batch or f"#{decode(row.payload).follows or row.id}"


def steps(rows: Sequence[OutboxRow]) -> list[Step]:
    """The steps in these rows, newest first: what is still in effect, without what takes something back.

    A step that was taken back is left out, unless some of it can still be taken back.
    """
    taken = {row.undoes for row in rows if row.undoes and row.state not in (*TAKEN_BACK, State.REJECTED)}
    groups: dict[str, list[OutboxRow]] = {}
    for row in sorted(rows, key=lambda row: row.id, reverse=True):
        if not row.undoes and row.kind != "redact" and not (row.kind in silent_kinds() and not row.batch):
            groups.setdefault(key_of(row), []).append(row)
    found = [_step(key, its[::-1], taken) for key, its in groups.items()]
    return [step for step in found if step.can or (step.stuck and not step.taken)]


def _step(key: str, rows: list[OutboxRow], taken: set[int]) -> Step:
    unsent: list[OutboxRow] = []
    sent: list[OutboxRow] = []
    stuck: list[OutboxRow] = []
    left = [row for row in rows if row.state not in TAKEN_BACK and row.id not in taken]
    for row in left:
        if row.state in (State.HELD, State.QUEUED):
            unsent.append(row)
        elif row.state is not State.REJECTED and decode(row.payload).inverse() is not None:
            sent.append(row)
        else:
            stuck.append(row)
    return Step(key, rows[0].origin, tuple(unsent), tuple(sent), tuple(stuck), len(left) < len(rows))


def origin_of(face: Face, owner: str) -> str:
    """How the journal names a program; ``owner`` as in :func:`tui.inbox.outbox.lease.owner_name`."""
    return f"{face} {owner}"


def whose(origin: str, here: str, is_dead: Callable[[str], bool]) -> Whose:
    """Who journaled what has this ``origin``, seen from the program ``here``."""
    if origin == here:
        return ""
    face, _, owner = origin.partition(" ")
    if face == "shell":
        return "shell"
    return "earlier" if not owner or is_dead(owner) else "another window"
