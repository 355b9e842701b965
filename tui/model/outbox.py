"""The states of a journaled action, why one may be held, and which moves between states there are.

The values are what the column ``state`` and ``held_for`` of the journal hold: they never change.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where an action stands."""

    HELD = "held"
    """It waits: for the end of the undo window, or for a person."""
    QUEUED = "ready"
    """It leaves as soon as it may. Stored as ``ready``, as journals of older versions have it."""
    SENDING = "sending"
    """A request may be on its way."""
    UNKNOWN = "unsure"
    """A request left, and no answer tells whether it took effect. Stored as ``unsure``, as in older journals."""
    DONE = "done"
    REJECTED = "rejected"
    """Intercom refused it; a person may send it again."""
    UNDONE = "undone"
    """Taken back before it left."""
    DISCARDED = "discarded"
    """A person gave it up, words and all."""


class Hold(StrEnum):
    """Why an action is held, or what is known of one whose fate is unknown."""

    NONE = ""
    UNDO = "undo"
    """The undo window runs: it leaves by itself."""
    STALE = "stale"
    """Somebody wrote what its writer had not seen."""
    BLOCKED = "blocked"
    GIVEN_UP = "given up"
    """It did not arrive in several tries, or nobody can tell."""
    TWICE = "twice"
    """It would redact a copy of words that were meant once."""
    DAMAGED = "damaged"
    """What is left of one that cannot be read in the store."""
    RESCUED = "rescued"
    """It comes from a store that was damaged or lost, and may have been sent."""
    ANSWERED = "answered"
    """Of an unknown one: Intercom said yes, in an answer that could not be read."""


OPEN: Final = (State.HELD, State.QUEUED, State.SENDING, State.UNKNOWN, State.REJECTED)
"""States that still want something to happen."""
FINISHED: Final = frozenset({State.DONE, State.UNDONE, State.DISCARDED})
"""States of actions that have nothing left to lose."""
TAKEN_BACK: Final = frozenset({State.UNDONE, State.DISCARDED})

MOVES: Final[Mapping[State, frozenset[State]]] = {
    State.HELD: frozenset({State.QUEUED, State.DONE, State.UNDONE, State.DISCARDED}),
    # before words leave again they are looked for: that may find them, or not be able to tell
    State.QUEUED: frozenset(
        {
            *(State.HELD, State.SENDING, State.UNKNOWN, State.DONE, State.REJECTED),
            *(State.UNDONE, State.DISCARDED),
        }
    ),
    State.SENDING: frozenset({State.QUEUED, State.UNKNOWN, State.DONE, State.REJECTED}),
    # rejected: what it was meant for is gone
    State.UNKNOWN: frozenset({State.HELD, State.QUEUED, State.DONE, State.REJECTED, State.DISCARDED}),
    State.REJECTED: frozenset({State.QUEUED, State.UNDONE, State.DISCARDED}),
    # a look that was under way when a person took it back may find that it arrived all the same
    State.UNDONE: frozenset({State.DONE}),
    State.DISCARDED: frozenset({State.DONE}),
    State.DONE: frozenset(),
}
"""To which other states an action may go. What a damaged store makes necessary is beside these: any action that cannot
be trusted becomes held."""


def sources(state: State) -> frozenset[State]:
    """The states from which an action may come to ``state``, itself among them."""
    return frozenset({state, *(before for before, after in MOVES.items() if state in after)})


def state_of(text: str) -> State:
    """The state that a stored text names; held, so that a person decides, where it names none."""
    return State(text) if text in _STATES else State.HELD


def hold_of(text: str) -> Hold:
    """The hold that a stored text names; one that a person decides on where it names none."""
    return Hold(text) if text in _HOLDS else Hold.GIVEN_UP


_STATES: Final[frozenset[str]] = frozenset(State)
_HOLDS: Final[frozenset[str]] = frozenset(Hold)
