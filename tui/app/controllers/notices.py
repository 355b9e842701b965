"""The notice line: one thing said at a time, errors included."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Literal

from tui.app.widgets.footer import KeyFooter
from tui.model.errors import UserError

Severity = Literal["information", "warning", "error"]


class Notices:
    """Says things in the footer, each until its time is over or the keys are at another place."""

    def __init__(self, footer: KeyFooter, place: Callable[[], object]) -> None:
        """`place` tells the pane and the dialog that the keys are at."""
        self._footer = footer
        self._place = place
        self._said_at: object = None
        """Where the notice belongs, None while that is open: what a key says belongs where the key leads."""
        self._in_key = False

    def notify(self, text: str, severity: Severity = "information", seconds: float = 5.0) -> None:
        """Say one thing for that long; plain text, cleaned there."""
        self._said_at = None if self._in_key else self._place()
        self._footer.notice(text, severity, seconds)

    @contextmanager
    def during_key(self) -> Iterator[None]:
        """While a key is acted on, which may change the pane or the dialog several times."""
        self._in_key = True
        try:
            yield
        finally:
            self._in_key = False
            self.place_changed()

    def place_changed(self) -> None:
        """The pane or the dialog may be another one now: what was said at the one before goes."""
        if self._in_key:
            return
        place = self._place()
        if self._said_at is not None and place != self._said_at and self._footer.has_notice:
            self._footer.clear_notice()
        self._said_at = place

    async def tell_errors(self, work: Awaitable[None], *others: type[Exception]) -> None:
        """Await `work`; an error that has a sentence for people, or one of `others`, ends as a notice."""
        told: tuple[type[Exception], ...] = (UserError, *others)
        try:
            await work
        except told as error:
            self.notify(str(error), "error")
