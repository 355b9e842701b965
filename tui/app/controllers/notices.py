"""The notice line: one thing said at a time, errors included."""

from collections.abc import Awaitable
from typing import Literal

from tui.app.widgets.footer import KeyFooter
from tui.model.errors import UserError

Severity = Literal["information", "warning", "error"]


class Notices:
    """Says things in the footer."""

    def __init__(self, footer: KeyFooter) -> None:
        self._footer = footer

    def notify(self, text: str, severity: Severity = "information", seconds: float = 5.0) -> None:
        """Say one thing for that long; plain text, cleaned there."""
        self._footer.notice(text, severity, seconds)

    async def tell_errors(self, work: Awaitable[None], *others: type[Exception]) -> None:
        """Await `work`; an error that has a sentence for people, or one of `others`, ends as a notice."""
        told: tuple[type[Exception], ...] = (UserError, *others)
        try:
            await work
        except told as error:
            self.notify(str(error), "error")
