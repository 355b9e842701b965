"""What to say of a state, in the app and in the shell: each sentence follows from the state, in this one place.

Four things have states that a person is told about: the connection, an action of the outbox, an empty list, and a
thread or contact that is not there. For each there is a small enum, one function that tells it from what is known
now, and its words. Keys in words are asked for by the id of their command, so that a rebinding changes them too.
"""

import math
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from tui.inbox.status import Status
from tui.model.labels import situations as say
from tui.model.outbox import Hold, State
from tui.model.rows import OutboxRow

KeyOf = Callable[[str], str]
"""The key of a command as shown to people, ``""`` where it has none."""


def no_keys(_command: str) -> str:
    """For places without keys: the shell."""
    return ""


class ConnectionState(StrEnum):
    """How Intercom can be reached."""

    STARTING = "starting"
    ONLINE = "online"
    OFFLINE = "offline"
    LIMITED = "limited"
    REFUSED = "refused"


def connection_state(status: Status, now: float) -> ConnectionState:
    """The connection at the Unix time ``now``. A rate limit is over when its time is."""
    if status.connection == "refused":
        return ConnectionState.REFUSED
    if status.connection == "offline":
        return ConnectionState.OFFLINE
    if status.limited_until > now or (status.connection == "limited" and not status.limited_until):
        return ConnectionState.LIMITED
    if status.connection == "limited":
        return ConnectionState.ONLINE
    return ConnectionState(status.connection)


def limited_words(status: Status, now: float) -> str:
    """The rate limit (or that Intercom is not available), with the seconds that it still takes where it said so."""
    what = say.NOT_AVAILABLE if status.unavailable else say.RATE_LIMITED
    left = math.ceil(status.limited_until - now)
    return say.RETRYING_IN.format(what=what, seconds=left) if left > 0 else say.RETRYING_SOON.format(what=what)


def another_workspace(ours: str, theirs: str) -> str:
    """Why nothing is sent or taken in: the workspace of the store and that of the token differ; ``""`` where not."""
    if not ours or not theirs or ours == theirs:
        return ""
    return say.ANOTHER_WORKSPACE.format(ours=ours, theirs=theirs)


# ---------------------------------------------------------------------------------------------- actions of the outbox


class ActionState(StrEnum):
    """What is happening to an action."""

    UNDOABLE = "undoable"
    """The undo window runs."""
    QUEUED = "queued"
    """It is sent as soon as those before it are."""
    QUEUED_STARTING = "queued_starting"
    QUEUED_OFFLINE = "queued_offline"
    QUEUED_LIMITED = "queued_limited"
    QUEUED_REFUSED = "queued_refused"
    SENDING = "sending"
    UNKNOWN = "unknown"
    """It may have arrived, and is looked for."""
    UNKNOWN_OFFLINE = "unknown_offline"
    REJECTED = "rejected"
    STALE = "stale"
    """Held, since others wrote."""
    STOPPED = "stopped"
    """Held, since it did not arrive in several tries or nobody can tell."""
    TWICE = "twice"
    """A copy of what was meant once, which may be redacted."""
    DAMAGED = "damaged"
    """What is left of one whose row in the store cannot be read."""
    RESCUED = "rescued"
    """It comes from a store that was damaged or lost, and may have been sent."""
    DONE = "done"
    UNDONE = "undone"
    DISCARDED = "discarded"


_QUEUED = {
    ConnectionState.STARTING: ActionState.QUEUED_STARTING,
    ConnectionState.ONLINE: ActionState.QUEUED,
    ConnectionState.OFFLINE: ActionState.QUEUED_OFFLINE,
    ConnectionState.LIMITED: ActionState.QUEUED_LIMITED,
    ConnectionState.REFUSED: ActionState.QUEUED_REFUSED,
}

_ACTIONS = {
    ActionState.QUEUED: say.WAITING_TO_BE_SENT,
    ActionState.QUEUED_STARTING: "queued",
    ActionState.QUEUED_OFFLINE: say.QUEUED_OFFLINE,
    ActionState.QUEUED_LIMITED: say.QUEUED_LIMITED,
    ActionState.QUEUED_REFUSED: say.QUEUED_REFUSED,
    ActionState.SENDING: "sending",
    ActionState.UNKNOWN: say.DELIVERY_UNKNOWN,
    ActionState.UNKNOWN_OFFLINE: say.DELIVERY_UNKNOWN_OFFLINE,
    ActionState.REJECTED: say.NOT_SENT_REJECTED,
    ActionState.STALE: say.HELD_NEW_MESSAGES,
    ActionState.STOPPED: say.NOT_SENT_STOPPED,
    ActionState.TWICE: say.SENT_TWICE,
    ActionState.DAMAGED: say.HELD_DAMAGED,
    ActionState.RESCUED: say.HELD_MAY_BE_SENT,
    ActionState.DONE: "sent",
    ActionState.UNDONE: "undone",
    ActionState.DISCARDED: "deleted",
}

_STATES: frozenset[str] = frozenset(State)
_WITH_UNDO = frozenset({ActionState.UNDOABLE, *_QUEUED.values()})


def action_state(state: str, held_for: str, due_at: float, connection: ConnectionState, now: float) -> ActionState:
    """The state of an outbox row: ``state``, ``held_for`` and ``due_at`` are its columns, ``now`` Unix seconds."""
    if state not in _STATES:
        # as a part of the thread names what it is held for
        state, held_for = State.HELD, state
    if state == State.HELD and held_for == Hold.STALE:
        return ActionState.STALE
    if state == State.HELD and held_for == Hold.TWICE:
        return ActionState.TWICE
    if state == State.HELD and held_for in (Hold.DAMAGED, Hold.RESCUED):
        return ActionState.DAMAGED if held_for == Hold.DAMAGED else ActionState.RESCUED
    if state == State.HELD and held_for not in (Hold.NONE, Hold.UNDO):
        return ActionState.STOPPED
    if state == State.HELD and due_at > now and connection in (ConnectionState.ONLINE, ConnectionState.STARTING):
        return ActionState.UNDOABLE
    if state in (State.HELD, State.QUEUED):
        return _QUEUED[connection]
    if state == State.UNKNOWN:
        return ActionState.UNKNOWN_OFFLINE if connection is ConnectionState.OFFLINE else ActionState.UNKNOWN
    return ActionState(state)


def action_words(state: ActionState, *, due_in: float = 0.0, key_of: KeyOf = no_keys) -> str:
    """The words for an action: ``sending in 5 s · u undo``, ``delivery unknown - checking, 1 min 40 s``. ``due_in``:
    seconds left of the undo window, or of looking for what may have arrived."""
    words = (
        say.SENDING_IN.format(seconds=max(1, math.ceil(due_in))) if state is ActionState.UNDOABLE else _ACTIONS[state]
    )
    if state is ActionState.UNKNOWN and due_in > 0:
        words = f"{words}, {countdown(due_in)}"
    key = key_of("undo.last") if state in _WITH_UNDO else ""
    return f"{words} · {key} undo" if key else words


def attention_words(row: OutboxRow, title: str) -> str:
    """What to say when an action begins to want a person; ``title`` is the action in a few words."""
    if row.state is State.UNKNOWN:
        return say.UNKNOWN_NOW.format(title=title)
    if row.held_for is Hold.TWICE:
        return say.SENT_TWICE_NOW.format(title=title)
    return f"{title} {say.WAS_REJECTED if row.state is State.REJECTED else say.IS_HELD}"


def countdown(seconds: float) -> str:
    """Time left in words that change every ten seconds: ``1 min 40 s``."""
    tens = max(10, math.ceil(seconds / 10) * 10)
    minutes, rest = divmod(tens, 60)
    return " ".join(filter(None, (f"{minutes} min" if minutes else "", f"{rest} s" if rest else "")))


def until_next_count(seconds: float) -> float:
    """Seconds until :func:`countdown` reads differently."""
    return max(0.05, seconds - (math.ceil(seconds / 10) - 1) * 10)


# ------------------------------------------------------------------------------------------ what is not there (yet)


class Absent(StrEnum):
    """Why a thread or a contact is not on screen."""

    NOTHING = "nothing"
    """None is meant."""
    LOADING = "loading"
    STARTING = "starting"
    OFFLINE = "offline"
    LIMITED = "limited"
    REFUSED = "refused"
    FAILED = "failed"
    """It was asked for and did not come, though Intercom answers."""
    NOT_ALLOWED = "not_allowed"
    """This token may not read it."""
    EMPTY = "empty"
    """It came, and holds nothing."""


_ABSENT = {
    ConnectionState.STARTING: Absent.STARTING,
    ConnectionState.ONLINE: Absent.FAILED,
    ConnectionState.OFFLINE: Absent.OFFLINE,
    ConnectionState.LIMITED: Absent.LIMITED,
    ConnectionState.REFUSED: Absent.REFUSED,
}


def absent(connection: ConnectionState, *, meant: bool, loading: bool, came: bool, refused: bool = False) -> Absent:
    """Why nothing is shown. ``loading``: a request is under way; ``came``: it was read before, and is empty;
    ``refused``: this token may not read it."""
    if not meant:
        return Absent.NOTHING
    if refused:
        return Absent.NOT_ALLOWED
    if came:
        return Absent.EMPTY
    if loading and connection in (ConnectionState.ONLINE, ConnectionState.STARTING):
        return Absent.LOADING
    return _ABSENT[connection]


class Words(NamedTuple):
    """A heading and a second line, which may be ``""``."""

    first: str
    second: str = ""


def _hint(key: str, does: str) -> str:
    return f"{key} {does}" if key else ""


def thread_words(state: Absent, key_of: KeyOf = no_keys) -> Words:
    """What stands in the place of a thread."""
    match state:
        case Absent.NOTHING:
            return Words(say.NO_CONVERSATION_IS_OPEN, _hint(key_of("move.open"), say.OPENS_CONVERSATION))
        case Absent.EMPTY:
            return Words(say.NO_MESSAGES, _hint(key_of("link.browser"), say.OPENS_BROWSER))
        case _:
            return _not_here(state)


def contact_words(state: Absent) -> Words:
    """What stands in the place of a contact, or of the details of one."""
    if state in (Absent.NOTHING, Absent.EMPTY):
        return Words(say.NO_CONTACT_HERE)
    return _not_here(state)


def _not_here(state: Absent) -> Words:
    match state:
        case Absent.LOADING:
            return Words("Loading…")
        case Absent.STARTING:
            return Words("Connecting…")
        case Absent.OFFLINE:
            return Words(say.NOT_DOWNLOADED, say.LOADS_WHEN_ONLINE)
        case Absent.LIMITED:
            return Words(say.NOT_DOWNLOADED, say.LIMITED_RETRYING)
        case Absent.REFUSED:
            return Words(say.NOT_DOWNLOADED, say.ACCESS_WAS_REJECTED)
        case Absent.NOT_ALLOWED:
            return Words(say.NOT_ALLOWED, say.MAY_NOT_READ)
        case _:
            return Words(say.NOT_DOWNLOADED, say.RETRYING)


# ---------------------------------------------------------------------------------------------------------------- lists


class ListState(StrEnum):
    """Why a list shows nothing."""

    READING = "reading"
    """The store is being read."""
    CONNECTING = "connecting"
    FILLING = "filling"
    """The first download goes on: what belongs here may be still to come."""
    OFFLINE = "offline"
    LIMITED = "limited"
    REFUSED = "refused"
    TROUBLE = "trouble"
    EMPTY = "empty"
    """All is here, and nothing belongs into this view."""


_PHASES = ("open", "snoozed", "closed")


def knows(view_key: str, status: Status) -> bool:
    """Whether all that belongs into a view has been downloaded once."""
    if not status.known:
        return False
    if not status.filling:
        return True
    # a query may ask for anything
    needed = "closed" if view_key.partition(":")[0] in ("closed", "search", "saved") else view_key
    if needed not in _PHASES:
        needed = "open"
    return _PHASES.index(needed) < _PHASES.index(status.filling)


def list_state(status: Status, view_key: str, *, loaded: bool, now: float) -> ListState:
    """Why the list of a view is empty; ``loaded`` tells that the store was read to its end."""
    connection = connection_state(status, now)
    if connection is ConnectionState.REFUSED and view_key != "search":
        return ListState.REFUSED
    if not loaded:
        return ListState.READING
    if knows(view_key, status):
        return ListState.EMPTY
    if view_key == "search":
        return ListState.FILLING
    match connection:
        case ConnectionState.OFFLINE:
            return ListState.OFFLINE
        case ConnectionState.LIMITED:
            return ListState.LIMITED
        case ConnectionState.STARTING:
            return ListState.CONNECTING
        case _:
            return ListState.TROUBLE if _trouble(status) else ListState.FILLING


def _trouble(status: Status) -> str:
    """What keeps conversations from being downloaded though Intercom can be reached, ``""`` for nothing."""
    return status.error or ("" if status.syncing else status.incomplete)


def list_words(state: ListState, status: Status, view_key: str, key_of: KeyOf = no_keys) -> list[str]:
    """A heading and the lines below it."""
    match state:
        case ListState.READING:
            return ["Loading…", *filter(None, [status.syncing])]
        case ListState.CONNECTING:
            return ["Connecting…", *filter(None, [status.error]), say.APPEAR_AS_DOWNLOADED]
        case ListState.FILLING if view_key == "search":
            return [say.NO_MATCHES_SO_FAR, status.syncing or say.DOWNLOAD_CONTINUES]
        case ListState.FILLING:
            return [say.DOWNLOADING, status.syncing or say.APPEAR_SHORTLY]
        case ListState.OFFLINE:
            return [say.NO_CONNECTION_YET, *filter(None, [status.error]), say.RETRYING]
        case ListState.LIMITED:
            return [say.LIMITED, say.RETRYING]
        case ListState.REFUSED:
            reason = status.error or say.NO_REASON
            key = key_of("app.refresh")
            return [
                say.ACCESS_REJECTED,
                reason,
                say.REPLACE_IT_OR_PRESS.format(key=key) if key else say.REPLACE_IT,
                say.WHERE_ACCESS_IS_READ_FROM,
            ]
        case ListState.TROUBLE:
            return [say.NOTHING_DOWNLOADED_YET, _trouble(status), say.RETRYING]
        case ListState.EMPTY:
            return _nothing(view_key, key_of)


def _nothing(view_key: str, key_of: KeyOf) -> list[str]:
    other = _hint(key_of("view.choose"), say.ANOTHER_VIEW)
    hints: tuple[str, ...]
    match view_key.partition(":")[0]:
        case "mine":
            heading, hints = (say.NOTHING_ASSIGNED, (other, _hint(key_of("view.next-waiting"), say.NEXT_IN_QUEUE)))
        case "unassigned":
            heading, hints = say.NO_UNASSIGNED, (other,)
        case "open":
            heading, hints = say.NO_OPEN, (other, _hint(key_of("view.search"), "search"))
        case "snoozed":
            heading, hints = (say.NOTHING_SNOOZED, (_hint(key_of("conversation.snooze"), say.SNOOZES),))
        case "closed":
            heading, hints = (say.NOTHING_CLOSED, (_hint(key_of("conversation.close"), say.CLOSES),))
        case "search":
            back = _hint(key_of("move.back"), "back")
            heading, hints = say.NO_MATCHES, (_hint(key_of("view.search"), say.CHANGE_THE_SEARCH), back)
        case _:
            heading, hints = say.NOTHING_HERE, (other,)
    below = " · ".join(filter(None, hints))
    return [heading, below] if below else [heading]
