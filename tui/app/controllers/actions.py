"""Acting: one key's action on all that is meant, what is said of it, and where the keys go afterwards."""

import math
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.app.controllers.list import ListController
from tui.app.controllers.notices import Notices
from tui.app.controllers.target import Target
from tui.app.controllers.thread import ThreadController
from tui.app.keys.registry import Registry
from tui.app.layout import Layout
from tui.app.options import UiOptions
from tui.app.state import ScreenState
from tui.inbox.outbox.batch import batch
from tui.model.labels import texts

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox

UNDO: Final = "undo.last"
"""The command whose key takes back what was just done, and, pressed again, does what its question named."""

Apply = Callable[[str], Awaitable[Sequence[int]]]
"""Does one thing to the conversation of that id; returns the outbox ids once it is in the journal, none where it would
change nothing."""


class Act(NamedTuple):
    """An action somebody took, so that ``.`` can repeat it.

    `title` says it in the past, the verb first, as the notice does; `already` how it is with a conversation that it
    would not change: ``closed``. `leaves` tells that it takes the conversation away.
    """

    title: str
    already: str
    apply: Apply
    leaves: bool = False


class ActionController:
    """Journals actions as one batch a key and goes on to the next conversation where they leave."""

    def __init__(
        self,
        inbox: "Inbox",
        layout: Layout,
        state: ScreenState,
        options: UiOptions,
        *,
        registry: Registry,
        target: Target,
        conversations: ListController,
        thread: ThreadController,
        notices: Notices,
        flush: Callable[[], None],
    ) -> None:
        """`flush` brings the screen up to date with all that was heard."""
        self._inbox = inbox
        self._layout = layout
        self._state = state
        self._options = options
        self._registry = registry
        self._target = target
        self._list = conversations
        self._thread = thread
        self._notices = notices
        self._flush = flush
        self.last: Act | None = None
        """The newest action, for ``.``."""

    async def act(self, act: Act, targets: Sequence[str] | None = None) -> None:
        """Apply `act` to `targets` (None: what the keys mean), and say what came of it in one notice."""
        meant = list(targets if targets is not None else self._target.ids)
        if not meant:
            self._notices.notify(texts.SELECT_A_CONVERSATION_FIRST, "warning")
            return
        self.last = act
        following = self._list.following(meant)
        with batch():
            done = {conversation_id: await act.apply(conversation_id) for conversation_id in meant}
        changed = [conversation_id for conversation_id in meant if done[conversation_id]]
        if self._list.view.selected:
            self._list.view.clear_selection()
        self._flush()
        if not changed:
            self._notices.notify(f"Already {act.already}.")
            return
        verb, _, rest = act.title.partition(" ")
        said = " ".join(filter(None, (verb, self._who(changed), rest)))
        same = len(meant) - len(changed)
        told = f" · {same} already {act.already}" if same else ""
        self._notices.notify(f"{said}{told}{self._undo_hint([one for ids in done.values() for one in ids])}")
        if act.leaves:
            self.advance(meant, following)

    def advance(self, gone: Sequence[str], following: str) -> None:
        """The conversations `gone` have left: go on to `following`, "" for none, if that is wanted."""
        showing = self._list.view
        if not self._options.advance or (
            self._thread.view.conversation_id not in gone and showing.current_id not in gone
        ):
            return
        if following and showing.jump(following):
            # In the list the thread follows when the cursor rests, as ever: c c c paints no thread in between.
            if self._state.pane == "thread":
                self._thread.open(following)
        elif self._state.pane != "list":
            self._layout.focus("list")
        if not len(showing):
            self._thread.preview("")

    def _undo_hint(self, done: Sequence[int]) -> str:
        """How long the undo key takes back what was just done, for the end of its notice."""
        rows = [self._inbox.outbox.get(one) for one in done]
        if rows and all(row is not None and row.state == "undone" for row in rows):
            return " · nothing was sent"
        key = self._registry.key(UNDO)
        left = self._inbox.status.undo_until - time.time()
        if not key:
            return ""
        return f" · {key} undo {math.ceil(left)}s" if left > 0 else f" · {key} undo"

    def _who(self, meant: Sequence[str]) -> str:
        if len(meant) > 1:
            return f"{len(meant)} conversations"
        row = self._inbox.threads.conversation(meant[0])
        return (row.contact or row.id) if row is not None else meant[0]
