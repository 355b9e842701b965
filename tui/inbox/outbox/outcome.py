"""What an action came to, as a face that waited for it tells its person."""

from enum import StrEnum
from typing import Literal

import msgspec

from tui.inbox.actions.base import Action
from tui.model.rows import PartRow

Kept = Literal["", "draft", "outbox"]
"""Where words are that did not leave."""
State = Literal["done", "unchanged", "queued", "stale", "rejected", "unsure", "blocked"]
"""What other programs are told of a :class:`Result`."""


class Result(StrEnum):
    """What an action came to."""

    DONE = "done"
    UNCHANGED = "unchanged"
    """It was so already: nothing was sent."""
    QUEUED = "queued"
    """It is sent as soon as Intercom can be reached."""
    UNKNOWN = "unknown"
    """It may have arrived, and is still being looked for."""
    BLOCKED = "blocked"
    """An earlier action on the same conversation or contact waits for a person."""
    STALE = "stale"
    """Others wrote meanwhile: not sent."""
    HELD = "held"
    """It waits for a person in the outbox, for another reason."""
    TAKEN_BACK = "taken back"
    """Another program undid or discarded it meanwhile."""
    REFUSED = "refused"
    GONE = "gone"
    """Refused, since what it is about is not at Intercom (any more)."""


_STATES: dict[Result, State] = {
    Result.DONE: "done",
    Result.UNCHANGED: "unchanged",
    Result.QUEUED: "queued",
    Result.UNKNOWN: "unsure",
    Result.BLOCKED: "blocked",
    Result.STALE: "stale",
    Result.HELD: "rejected",
    Result.TAKEN_BACK: "rejected",
    Result.REFUSED: "rejected",
    Result.GONE: "rejected",
}


class Outcome(msgspec.Struct, frozen=True):
    """What an action came to.

    ``outbox_id`` is 0 where nothing was journaled; ``reason`` one sentence, ``""`` where the result says it all;
    ``kept`` where words are that did not leave; ``came_in`` what others wrote meanwhile; ``blocked_by`` the outbox id
    that must be decided about first; ``is_watched`` that it was sent a second time, and the first may still arrive.
    """

    outbox_id: int
    action: Action
    result: Result
    reason: str = ""
    kept: Kept = ""
    came_in: tuple[PartRow, ...] = ()
    blocked_by: int = 0
    is_watched: bool = False

    @property
    def state(self) -> State:
        """The result as other programs are told."""
        return _STATES[self.result]
