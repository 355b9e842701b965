"""What the app does when the store fails beneath it: it ends in a sentence, or makes way for one with a rebuilt store.

Leans on `App._handle_exception` and `_close_messages_no_wait` of Textual 8.2, as the crash report does.
"""

import contextlib

from textual.worker import WorkerFailed

from tui.app.terminal.terminal_app import TerminalApp
from tui.model.errors import StoreDamaged, StoreError
from tui.model.labels import texts


class StoreApp(TerminalApp[int], inherit_bindings=False):
    """An app that reads a store. `ended_by` is the error of the store that ended it."""

    ended_by: StoreError | None = None

    def _handle_exception(self, error: Exception) -> None:
        cause = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(cause, StoreError):
            self.store_failed(cause)
        else:
            super()._handle_exception(error)

    def store_damaged(self) -> None:
        """Some statement met damage, whether or not anybody waited for it."""
        self.store_failed(StoreDamaged(texts.THE_STORE_IS_DAMAGED))

    def store_failed(self, error: StoreError) -> None:
        """Leave at once: what was typed is kept on the way out, in the store or in its second file."""
        if self.ended_by is not None:
            return
        self.ended_by = error
        with contextlib.suppress(StoreError):
            self.exit(return_code=1)
        self._return_code = 1
        self._close_messages_no_wait()
