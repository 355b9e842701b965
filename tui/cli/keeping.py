"""What somebody wrote is kept, whatever goes wrong: in the outbox, as a draft, or in a file that is named."""

import argparse
import contextlib
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from tui.cli.failure import Failure, understood
from tui.model.errors import UserError
from tui.model.labels import shell_texts

if TYPE_CHECKING:
    from tui.config.editor import EditFile

Kind = Literal["reply", "note", "contact-note"]


class Written:
    """The words of one command, from when they were read until they are journaled.

    A context manager around the command: an error that ends it before :meth:`journaled` was called becomes a
    :class:`Failure` that also says where the words are now. ``target`` is the id they are for, as it was given.
    """

    def __init__(self, args: argparse.Namespace, kind: Kind, target: str, text: str = "") -> None:
        self.text = text
        self._args = args
        self._kind = kind
        self._target = target
        self._safe = False
        self._instead = ""
        self._file: EditFile | None = None

    def cut_off(self, file: "EditFile", draft: str) -> None:
        """The editor was ended when it had saved ``file``, begun with ``draft``; the file goes when its words are kept.

        Raises :class:`OSError` where it left no file.
        """
        self.text, self._instead, self._file = file.read().everything, draft, file

    def journaled(self) -> None:
        """The outbox has them."""
        self._safe = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None or self._safe or not self.text or self._args.demo:
            return
        where = self._keep()
        if self._file is not None:
            self._file.remove()
        failure = understood(error) if isinstance(error, Exception) else None
        if failure is not None:
            raise Failure(f"{failure.in_shell().rstrip('.')}. {where}", failure.exit_code) from error
        from tui.cli.complaint import complain

        complain(where)

    def _keep(self) -> str:
        """Put them where they are found again; a sentence that says where."""
        from tui.inbox.outbox.unsent_text import in_file

        # whatever is wrong with the profile, there are other places
        with contextlib.suppress(UserError, OSError):
            if self._as_draft():
                return shell_texts.TEXT_KEPT_AS_DRAFT.format(conversation=self._target.strip())
        for folder in self._folders():
            with contextlib.suppress(OSError):
                return shell_texts.TEXT_KEPT_IN.format(path=in_file(folder, self.text, self._kind, self._target))
        print(self.text, file=sys.stderr)
        return shell_texts.TEXT_NOT_KEPT

    def _as_draft(self) -> bool:
        """True where it is now the draft of a conversation that this profile knows."""
        if self._kind == "contact-note":
            return False
        from tui.cli.complaint import complain
        from tui.cli.opening import chosen
        from tui.inbox.outbox.unsent_text import as_draft
        from tui.inbox.session import open_store

        with chosen(self._args) as (profile, _), closing(open_store(profile, complain)) as store:
            return as_draft(store, self._target.strip(), self._kind, self.text, instead=self._instead)

    def _folders(self) -> list[Path]:
        from tui.config.paths import Paths

        found: list[Path] = []
        for profile in filter(None, (self._args.profile, "default")):
            with contextlib.suppress(UserError):
                found.append(Paths.of(profile).state / "unsent")
        return [*found, Path(tempfile.gettempdir())]
