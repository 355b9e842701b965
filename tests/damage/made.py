"""A sound store with drafts, unsent and finished actions, and the words that must be found again."""

import shutil
import sqlite3
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tui.inbox.actions import codec as acts
from tui.inbox.actions.base import Action
from tui.inbox.actions.codec import overlay
from tui.inbox.actions.note import Note
from tui.inbox.actions.reply import Reply
from tui.model.outbox import FINISHED, OPEN, Hold, State
from tui.model.rows import AdminRow, AttachmentRow, ContactRow, DraftRow, PartRow, TagRow, TeamRow
from tui.store import conversations, maintenance, outbox, parts, people
from tui.store.conversations import ServerConversation

WORKSPACE = "damaged-desk"


@dataclass(frozen=True)
class Made:
    """Two copies of one store: ``closed`` as a program leaves it, ``running`` with its last words in the log only."""

    closed: Path
    running: Path
    store: Path
    """The store's path beneath either folder."""
    words: tuple[str, ...]
    finished: tuple[str, ...]


def make(folder: Path, conversations_there: int = 60) -> Made:
    """Make it beneath ``folder``."""
    from tui.config.paths import HOME_VARIABLE, Paths

    home = folder / "home"
    path = Paths.of("default", {HOME_VARIABLE: str(home)}).store_file
    store, _ = maintenance.open_store(path)
    now = int(time.time())
    words: list[str] = []

    def text(mark: str, size: int) -> str:
        middle = " ".join(f"{mark}.{n}" for n in range(size))
        return f"{mark} begins here: ăßç 你好 “quoted” \\ & <b>\n{middle} {mark} ends."

    def fill(db: sqlite3.Connection) -> None:
        people.put_directory(db, AdminRow, [AdminRow("1", "Priya Natarajan", "p@x.example")])
        people.put_directory(db, TeamRow, [TeamRow("9", "Billing")])
        people.put_directory(db, TagRow, [TagRow("5", "vip")])
        people.set_meta(db, "workspace", WORKSPACE)
        people.set_meta(db, "workspace_name", "Damaged desk")
        records = [
            ServerConversation(
                str(1000 + n), f"Title {n}", "open" if n % 3 else "closed", n % 2 == 0, n % 7 == 0, now - 9000 - n,
                now - 500 * n, now - 500 * n if n % 2 else 0, 0, "1" if n % 4 == 0 else "", "9" if n % 5 == 0 else "",
                f"c{n}", f"Ada {n}", f"ada{n}@x.example", f"hello there {n}", "customer", "email", " 5 " if n % 6 == 0
                else "", "", 0, "", 4,
            )
            for n in range(conversations_there)
        ]  # fmt: skip
        conversations.put(db, records, overlay)
        for n in range(conversations_there):
            cid = str(1000 + n)
            files = (AttachmentRow("a.png", "https://x.example/a", "image/png", 7),)
            parts.put_thread(
                db, cid,
                [
                    PartRow(f"{cid}{at}", cid, "source" if at == 0 else "comment", f"<p>part {at} {'x ' * 120}</p>",
                            now - 9000 + at, attachments=files if at == 1 else ())
                    for at in range(5)
                ],
            )  # fmt: skip
            conversations.set_thread_state(db, cid, now - 500 * n, 5)
            people.put_contact(db, ContactRow(f"c{n}", f"Ada {n}", f"ada{n}@x.example"))

    store.write_now(fill)
    for n in range(6):
        if n == 3:
            checkpoint = sqlite3.connect(path)
            checkpoint.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            checkpoint.close()
        words.append(text(f"draft{n}", (3, 20, 60, 900, 5, 2500)[n]))
        row = DraftRow(str(1000 + n), "note" if n % 2 else "reply", words[-1], now)
        store.write_now(partial(people.put_drafts, rows=[row]))
    finished: list[str] = []
    states = [*OPEN, State.HELD] * 2 + [State.DONE, State.UNDONE, State.DISCARDED]
    for n, state in enumerate(states):
        said = text(f"action{n}", (3, 20, 60, 900, 5, 2500)[n % 6])
        gone = state in FINISHED
        (finished if gone else words).append(said)
        action = (Note if n % 3 == 1 else Reply)(
            conversation_id=str(1000 + n), contact_name=f"Ada {n}",
            acting_as="1", text=said, html=f"<p>{said}</p>",
        )  # fmt: skip

        def journal(db: sqlite3.Connection, action: Action = action, state: State = state, n: int = n) -> None:
            held_for = (Hold.STALE if n < 6 else Hold.UNDO) if state is State.HELD else Hold.NONE
            made = outbox.append(
                db, conversation_id=action.conversation_id, kind=action.kind, payload=acts.encode(action), state=state,
                now=now - 60.0 + n, origin="app nobody", held_for=held_for, due_at=now + 1e6 if held_for else 0.0,
            )  # fmt: skip
            if state in FINISHED:
                outbox.move(db, made, state, now=float(now))
            conversations.reshow(db, action.conversation_id, overlay)

        store.write_now(journal)
    running = folder / "running"
    shutil.copytree(home, running)
    store.close()
    return Made(home, running, path.relative_to(home), tuple(words), tuple(finished))
