"""What a transaction changed of drafts and unsent actions, taken down for the second file by the store itself.

Temporary triggers on the writer's connection note which rows a statement touched, so that no way of writing them is
missed; what they hold is read at the end of the transaction.
"""

from collections.abc import Sequence
from pathlib import Path

from tui.model.outbox import Hold, State
from tui.model.rows import DraftRow
from tui.store import outbox, people
from tui.store.connection import Connection
from tui.store.kept import Entry, KeptFile, Snapshot
from tui.store.schema import KEPT_EVENTS, SEQ
from tui.store.soundness import text, whole


class Noting:
    """Keeps the second file of the store at ``path`` up to date; all but :meth:`keep` is for the writer's thread."""

    def __init__(self, path: Path, db: Connection) -> None:
        self._db = db
        self._file = KeptFile(path)
        self._count = 0
        self._drafts: dict[tuple[str, str], None] = {}
        self._actions: dict[int, None] = {}
        self._workspace = False
        self._line: tuple[int, int, list[Entry]] | None = None
        self._renewed = False
        db.create_function("note_draft", 2, self._note_draft)
        db.create_function("note_action", 1, self._note_action)
        db.create_function("note_workspace", 0, self._note_workspace)
        for what, name, event in KEPT_EVENTS:
            row = "old" if name == "delete" else "new"
            columns = f"{row}.conversation_id, {row}.kind" if what == "draft" else f"{row}.id"
            db.execute(
                f"CREATE TEMP TRIGGER note_{what}_{name} {_in_main(event)} BEGIN SELECT note_{what}({columns}); END"
            )
        for name in ("insert", "update"):
            db.execute(
                f"CREATE TEMP TRIGGER note_workspace_{name} AFTER {name} ON main.meta WHEN new.key = 'workspace'"
                " BEGIN SELECT note_workspace(); END"
            )

    def begin(self) -> None:
        """A transaction begins."""
        self._count = 0
        self._drafts.clear()
        self._actions.clear()
        self._workspace = self._renewed = False
        self._line = None

    def gather(self) -> None:
        """Read what the transaction has changed, before it ends."""
        if not self._count and not self._workspace:
            return
        db = self._db
        drafts: list[DraftRow] = []
        for conversation_id, kind in self._drafts:
            found = db.execute(
                "SELECT text, updated_at FROM drafts WHERE conversation_id = ? AND kind = ?", (conversation_id, kind)
            ).fetchone()
            drafts.append(DraftRow(conversation_id, kind, *((text(found[0]), whole(found[1])) if found else ("", 0))))
        rows = [(number, outbox.get(db, number)) for number in self._actions]
        entries = self._file.entries_of(drafts, [row for _, row in rows if row is not None])
        entries += [("s", number, State.DISCARDED, Hold.NONE, 0, 0.0) for number, row in rows if row is None]
        if self._workspace:
            entries.append(("w", people.meta(db, "workspace")))
        self._line = (self._count, whole(people.meta(db, SEQ)), entries)

    def committed(self) -> None:
        """The transaction is in the store."""
        if self._line is not None and not self._renewed:
            self._file.append(*self._line)
        self._line = None

    def tidy(self) -> None:
        """Write the file anew where it wants to be; called when nobody waits for the transaction any more."""
        if self._file.wants_rewriting:
            self.renew()

    def renew(self) -> None:
        """Write the file anew with what the store holds."""
        self._renewed = True
        self._file.rewrite(lambda: snapshot(self._db))

    def keep(self, drafts: Sequence[DraftRow]) -> None:
        """Add drafts that are not in the store."""
        self._file.append(0, 0, [("d", row.conversation_id, row.kind, row.text, row.updated_at) for row in drafts])

    def close(self) -> None:
        """Bring what was written to the disk."""
        self._file.close()

    def _note_draft(self, conversation_id: object, kind: object) -> None:
        self._count += 1
        self._drafts[text(conversation_id), text(kind)] = None

    def _note_action(self, number: object) -> None:
        self._count += 1
        self._actions[whole(number)] = None

    def _note_workspace(self) -> None:
        self._workspace = True


def snapshot(db: Connection) -> Snapshot:
    """What the second file should hold of this store."""
    return whole(people.meta(db, SEQ)), people.drafts(db), outbox.unfinished(db), people.meta(db, "workspace")


def _in_main(event: str) -> str:
    """The event of a temporary trigger on a table of the store."""
    return event.replace(" ON ", " ON main.")
