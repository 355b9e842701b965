"""Acting: one key's action on all that is meant, what is said of it, and where the keys go afterwards."""

import math
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.app.commands.context import Act
from tui.app.commands.undoing import UNDO
from tui.inbox.batch import batch

if TYPE_CHECKING:
    from tui.app.desk import Desk


class Acting:
    """Journals actions as one batch a key and goes on to the next conversation where they leave."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    async def act(self, act: Act, targets: Sequence[str] | None = None) -> None:
        """Apply `act` to `targets` (None: what the keys mean), and say what came of it in one notice."""
        desk = self._desk
        meant = list(targets if targets is not None else desk.targets())
        if not meant:
            desk.notify("Choose a conversation first.", "warning")
            return
        desk.last_act = act
        following = desk.listing.following(meant)
        with batch():
            done = {conversation_id: await act.apply(conversation_id) for conversation_id in meant}
        changed = [conversation_id for conversation_id in meant if done[conversation_id]]
        if desk.list.selected:
            desk.list.clear_selection()
        desk.app.flush_changes()
        if not changed:
            desk.notify(f"Already {act.already}.")
            return
        verb, _, rest = act.title.partition(" ")
        said = " ".join(filter(None, (verb, self._who(changed), rest)))
        same = len(meant) - len(changed)
        told = f" · {same} already {act.already}" if same else ""
        desk.notify(f"{said}{told}{self._undo_hint([one for ids in done.values() for one in ids])}")
        if act.leaves and desk.options.advance:
            self.advance(meant, following)

    def advance(self, gone: Sequence[str], following: str) -> None:
        """The conversations `gone` have left: go on to `following`, "" for none."""
        desk = self._desk
        if desk.thread.conversation_id not in gone and desk.list.current_id not in gone:
            return
        if following and desk.list.jump(following):
            # In the list the thread follows when the cursor rests, as ever: c c c paints no thread in between.
            if desk.pane == "thread":
                desk.open_conversation(following)
        elif desk.pane != "list":
            desk.panes.focus("list")
        if not len(desk.list):
            desk.reading.preview("")

    def _undo_hint(self, done: Sequence[int]) -> str:
        """How long the undo key takes back what was just done, for the end of its notice."""
        desk = self._desk
        rows = [desk.inbox.outbox.get(one) for one in done]
        if rows and all(row is not None and row.state == "undone" for row in rows):
            return " · nothing was sent"
        key = desk.registry.key(UNDO)
        left = desk.inbox.status.undo_until - time.time()
        if not key:
            return ""
        return f" · {key} undo {math.ceil(left)}s" if left > 0 else f" · {key} undo"

    def _who(self, meant: Sequence[str]) -> str:
        if len(meant) > 1:
            return f"{len(meant)} conversations"
        row = self._desk.inbox.threads.conversation(meant[0])
        return (row.contact_name or row.contact_email or row.id) if row is not None else meant[0]
