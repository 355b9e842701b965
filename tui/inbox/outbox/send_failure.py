"""What an error tells of a request that left: that it never arrived, that it was refused, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from tui.api.errors import (
    AnswerError,
    AuthError,
    IntercomError,
    NetworkError,
    NotAllowed,
    NotFoundError,
    NotSent,
    RateLimitedError,
)
from tui.model.outbox import Hold

if TYPE_CHECKING:
    from tui.inbox.actions.base import Action

WORDLESS = 15.0
"""Seconds for which what carries no words is looked for before it leaves again: done twice it is the same."""

_FIRST_LOOK = 0.3


class SendFailure(NamedTuple):
    """What became of a request. Of an ``unknown`` one ``held_for`` says what was answered: ``answered`` (a yes that
    cannot be read) or nothing."""

    kind: Literal["unsent", "done", "not allowed", "refused", "unknown"]
    held_for: Hold = Hold.NONE
    look_in: float = _FIRST_LOOK


def send_failure(error: IntercomError, judged: IntercomError, action: Action) -> SendFailure:
    """What became of an action's request; ``judged`` is the error after a look at whose fault it is (the token's)."""
    unsent = isinstance(error, NotSent | RateLimitedError) or (
        isinstance(error, NetworkError) and error.effect == "none"
    )
    if unsent or judged is not error or (isinstance(error, AuthError) and not isinstance(error, NotAllowed)):
        return SendFailure("unsent")
    if isinstance(error, NotAllowed):
        return SendFailure("not allowed")
    if isinstance(error, AnswerError):
        return SendFailure("unknown", Hold.ANSWERED)
    if error.effect == "unknown":
        return SendFailure("unknown")
    if isinstance(error, NotFoundError) and action.gone_is_done:
        return SendFailure("done")
    return SendFailure("refused")


def patience(action: Action, settle_seconds: float) -> float:
    """Seconds for which an action whose fate is unknown is looked for before it may leave again.

    ``settle_seconds`` is how long words are.
    """
    return settle_seconds if action.carries_text else min(WORDLESS, settle_seconds)
