"""What counts as seen: noted as the program paints, announced while somebody writes, remembered for the next start."""

from typing import TYPE_CHECKING, Final

from textual.app import App

from tui.app.controllers.background import BackgroundTasks
from tui.app.controllers.notices import Notices
from tui.app.controllers.sight import Sight, Sights
from tui.app.keys.registry import Registry
from tui.app.layout import Layout
from tui.app.state import ScreenState
from tui.app.widgets.words import short_age
from tui.inbox import incoming
from tui.inbox.incoming import Seen
from tui.model.labels import texts
from tui.model.rows import ConversationRow, PartRow

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui.inbox.inbox import Inbox

_SAID_FOR: Final = 15.0
"""Seconds for which it is said that somebody wrote whose words are on screen already."""


class SeenController:
    """Follows the thread on screen. A part is seen when it was painted, wherever the view stood, and not before."""

    def __init__(
        self,
        app: App[int],
        inbox: "Inbox",
        layout: Layout,
        state: ScreenState,
        *,
        registry: Registry,
        notices: Notices,
        background: BackgroundTasks,
    ) -> None:
        self._app = app
        self._inbox = inbox
        self._layout = layout
        self._state = state
        self._registry = registry
        self._notices = notices
        self._background = background
        self._sights = Sights()
        self._sight: Sight | None = None
        self._remembered = Seen()
        self._marked = ""
        self._written_to = ""
        self._just_came: list[PartRow] = []
        self._timer: Timer | None = None
        self._news = ("", "", "")

    @property
    def _conversation_id(self) -> str:
        return self._layout.thread.conversation_id

    def begin(self, row: ConversationRow, parts: list[PartRow]) -> frozenset[str] | None:
        """A conversation is about to be shown; return the ids of the parts looked at before, None for never."""
        self.end()
        stored = self._inbox.threads.seen_of(row.id)
        if stored is None and row.seen_at:
            # remembered by an older program, which knew only the second
            stored = Seen(row.seen_at + 1)
        sight = self._sights.get(row.id) or Sight(lambda: self._inbox.me.id, stored)
        self._sights.keep(row.id, sight)
        self._sight = sight
        self._remembered = stored or Seen()
        self._just_came = []
        sight.follow(parts, self._inbox.outbox.own_parts(row.id))
        sight.shown()
        if stored is None:
            return None
        new = {part.id for part in incoming.came_in(parts, stored)}
        return frozenset(part.id for part in parts if part.id not in new)

    def end(self) -> None:
        """The conversation is shown no more."""
        if self._sight is not None:
            self._sight.rest()
        self._sight = None

    def changed(self, parts: list[PartRow]) -> None:
        """The thread on screen is `parts` now."""
        if self._sight is None:
            return
        came = self._sight.follow(parts, self._inbox.outbox.own_parts(self._conversation_id))
        if came and self._state.writing_to == self._conversation_id:
            self._just_came = [*self._just_came, *came]
        self.announce()

    def painted(self) -> None:
        """A frame has left: note what of the thread is on the screen now. Called within the paint, so nothing else."""
        layout, sight = self._layout, self._sight
        if sight is None or layout.overlay.top is not None or not layout.is_shown("thread"):
            return
        changed = False
        newest = layout.thread.newest_drawn(sight.was_there) if sight.unread or not sight.begun else None
        if newest is not None and not sight.begun:
            sight.begin(newest, layout.thread.parts_drawn(lambda _: True))
            changed = True
        if sight.unread:
            waiting = {part.id for part in sight.unread}
            changed |= sight.saw(layout.thread.parts_drawn(waiting.__contains__), newest)
        if changed or self._written_to != self._state.writing_to:
            self._app.call_later(self.settle)

    def settle(self) -> None:
        """Act on what was painted: say what waits, remember what was opened and seen, tell Intercom that it is read."""
        self.announce()
        sight, conversation_id = self._sight, self._conversation_id
        if sight is None or not sight.begun or self._state.opened != conversation_id:
            return
        seen = sight.seen
        if seen != self._remembered:
            self._remembered = seen
            self._inbox.threads.seen(conversation_id, seen)
        row = self._inbox.threads.conversation(conversation_id)
        mark = f"{conversation_id} {seen.ids[-1] if seen.ids else ''}"
        if row is not None and not row.read and not sight.unread and mark != self._marked:
            self._marked = mark
            self._background.start(self._mark_read(conversation_id))

    async def _mark_read(self, conversation_id: str) -> None:
        await self._inbox.actions.mark_read(conversation_id, True)

    def was_shown(self, conversation_id: str, parts: list[PartRow]) -> None:
        """The words of `parts` of a conversation were shown whole elsewhere than in the thread."""
        sight = self._sights.get(conversation_id)
        if sight is not None and sight.begun and sight.saw(parts, None) and sight is self._sight:
            self._app.call_later(self.settle)

    def evidence(self, conversation_id: str) -> Seen:
        """What of a conversation has been on this screen: nothing, where it never was."""
        sight = self._sights.get(conversation_id)
        return sight.seen if sight is not None else Seen(complete=True)

    # While somebody writes

    def announce(self) -> None:
        """Say at the composer's edge who wrote and is not read yet, or who just did."""
        self._written_to = self._state.writing_to
        sight = self._sight
        if not self._written_to or self._written_to != self._conversation_id or sight is None:
            self._just_came = []
            self._say([])
            return
        if sight.unread:
            self._just_came = [part for part in self._just_came if part in sight.unread]
            key = self._registry.key("compose.read-new")
            self._say(sight.unread, f"{key} read" if key else "")
        elif self._just_came:
            self._say(self._just_came)
            if self._timer is None:
                self._timer = self._app.set_timer(_SAID_FOR, self._enough)
        else:
            self._say([])

    def _say(self, parts: list[PartRow], hint: str = "") -> None:
        said = (incoming.announcement(parts), self._age(parts), hint) if parts else ("", "", "")
        if said != self._news:
            self._news = said
            self._layout.composer.set_news(*said)

    def _age(self, parts: list[PartRow]) -> str:
        age = short_age(max(0.0, self._layout.appearance.clock() - parts[-1].created_at))
        return texts.JUST_NOW if age == "now" else f"{age} ago"

    def _enough(self) -> None:
        self._timer = None
        self._just_came = []
        self.announce()

    def read_new(self) -> None:
        """Scroll to the first part that waits to be read; painting it makes it seen."""
        unread = self._sight.unread if self._sight is not None else []
        self._just_came = []
        if not unread:
            self._notices.notify(texts.NO_NEW_MESSAGES)
        elif not self._layout.thread.show_part(unread[0].id):
            self._notices.notify(texts.NO_ROOM_TO_SHOW_IT, "warning")
