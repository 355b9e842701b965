"""Actions asked for with one key are one thing in the journal: they share a batch id."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("batch", default="")


@contextmanager
def batch() -> Iterator[None]:
    """Everything journaled inside, and by tasks started inside, is one batch; a batch within a batch joins it.

    The id is kept with the task, so that what is journaled meanwhile by others (a conversation marked as read) stays
    out of it.
    """
    token = _current.set(_current.get() or new_batch())
    try:
        yield
    finally:
        _current.reset(token)


def current_batch() -> str:
    """The batch that is open here, ``""`` for none."""
    return _current.get()


def new_batch() -> str:
    """An id that no other batch has, in this program or another."""
    return os.urandom(8).hex()
