"""What somebody wrote and could not send is kept: as the conversation's draft, or in a private file."""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tui.config.editor import Draft, take_back
from tui.config.owner import private_dir
from tui.model.errors import StoreError
from tui.model.labels import outcomes
from tui.model.rows import DraftRow
from tui.store import people
from tui.store.conversations import get
from tui.store.store import Store
from tui.text.sanitize import clean_line, encodable


def as_draft(store: Store, conversation_id: str, kind: str, text: str, *, instead: str = "") -> bool:
    """Make ``text`` the draft, before what another draft than ``instead`` says; False for an unknown conversation.

    Raises :class:`StoreError`.
    """
    if get(store.reader, encodable(conversation_id)) is None:
        return False
    drafts = {draft.kind: draft.text for draft in people.drafts(store.reader, conversation_id)}
    before = drafts.get(kind, "")
    whole = f"{text}\n\n{before}" if before.strip() not in ("", text.strip(), instead.strip()) else text
    row = DraftRow(conversation_id, kind, whole, int(time.time()))
    store.write_now(lambda db: people.put_drafts(db, [row]))
    return True


def in_file(folder: Path, text: str, kind: str, target: str) -> Path:
    """A file of its own that only its owner may read; ``target`` is whom it was for. Raises :class:`OSError`."""
    private_dir(folder)
    name = "".join(char for char in clean_line(target)[:40] if char.isascii() and char.isalnum())
    prefix = f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{kind}-{name}-"
    handle, path = tempfile.mkstemp(prefix=prefix, suffix=".md", dir=folder)
    with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(text + "\n")
    return Path(path)


def take_back_edits(store: Store, folder: Path, tell: Callable[[str], None]) -> None:
    """What an editor had saved when a program was killed becomes a draft, or a file in ``folder``: ``tell`` says so."""

    def keep(draft: Draft, text: str) -> None:
        try:
            known = as_draft(store, draft.conversation_id, draft.kind, text, instead=draft.offered)
        except StoreError as error:
            raise OSError(str(error)) from error
        where = (
            outcomes.AS_A_DRAFT.format(conversation=draft.conversation_id)
            if known
            else outcomes.IN_A_FILE.format(path=in_file(folder, text, draft.kind, draft.conversation_id))
        )
        tell(outcomes.EDITOR_TEXT_KEPT.format(where=where))

    take_back(store.path, keep)
