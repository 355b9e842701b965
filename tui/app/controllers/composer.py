"""Writing: which conversations have the composer open, their drafts, and sending."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.app.controllers.actions import ActionController
from tui.app.controllers.list import ListController
from tui.app.controllers.notices import Notices
from tui.app.controllers.seen import SeenController
from tui.app.controllers.target import Target
from tui.app.controllers.thread import ThreadController
from tui.app.keys.registry import Registry
from tui.app.layout import Layout
from tui.app.state import ScreenState
from tui.inbox.situation import ActionState, action_state, action_words, connection_state
from tui.model.errors import StoreError
from tui.model.labels import texts

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox


class ComposerController:
    """One composer, many conversations: each keeps its own text, and the composer follows the thread on screen."""

    def __init__(
        self,
        inbox: "Inbox",
        layout: Layout,
        state: ScreenState,
        *,
        registry: Registry,
        target: Target,
        conversations: ListController,
        thread: ThreadController,
        seen: SeenController,
        actions: ActionController,
        notices: Notices,
        flush: Callable[[], None],
    ) -> None:
        """`flush` brings the screen up to date with all that was heard."""
        self._inbox = inbox
        self._layout = layout
        self._state = state
        self._registry = registry
        self._target = target
        self._list = conversations
        self._thread = thread
        self._seen = seen
        self._actions = actions
        self._notices = notices
        self._flush = flush
        self._open: dict[str, str] = {}
        self._may_be_sent = ""
        """The words of a note that somebody has agreed to make a reply."""
        thread.subscribe(self._thread_shown)

    @property
    def text(self) -> str:
        """What is written, "" while the composer is away."""
        return self._layout.composer.text if self._state.composing else ""

    # Opening

    def compose(self, kind: str, *, text: str | None = None, conversation_id: str = "") -> None:
        """Open the composer with the draft of that kind, or with `text`, which then is the draft.

        `conversation_id` is the one to write to, "" for the one that the keys are on.
        """
        meant = conversation_id or self._target.current
        if not meant:
            self._notices.notify(texts.SELECT_A_CONVERSATION_FIRST, "warning")
            return
        self._state.came_from = None
        if meant != self._state.opened:
            self._thread.begin_reading(meant)
            self._layout.list.jump(meant)
        self._write(meant, kind, text)

    def _write(self, conversation_id: str, kind: str, text: str | None) -> None:
        self.keep()
        drafts = self._inbox.drafts
        if text is None:
            text = drafts.get(conversation_id, kind)
        else:
            drafts.save(conversation_id, kind, text)
        self._show(conversation_id, kind, text)
        self._layout.focus("composer")

    def _show(self, conversation_id: str, kind: str, text: str) -> None:
        row = self._inbox.threads.conversation(conversation_id)
        self._open[conversation_id] = kind
        self._state.writing_to, self._state.composing = conversation_id, kind
        self._layout.composer.open(kind, conversation_id, text, to=row.contact_name if row is not None else "")

    def _thread_shown(self, conversation_id: str) -> None:
        """The thread on screen is another: put this composer away, bring that one back if it was open."""
        if self._state.composing and conversation_id == self._state.writing_to:
            return
        if self._state.composing:
            self.keep()
            self._layout.composer.close()
            self._state.composing = self._state.writing_to = ""
        kind, pane = self._open.get(conversation_id, ""), self._state.pane
        if kind:
            self._show(conversation_id, kind, self._inbox.drafts.get(conversation_id, kind))
            self._layout.focus(pane if pane != "composer" else "thread")
        elif pane == "composer":
            self._layout.focus("thread")

    # While it is open

    def insert(self, text: str) -> None:
        """Put `text` at the cursor, apart from the words around it."""
        self._layout.composer.insert(text, apart=True)

    def toggle_preview(self) -> None:
        """Show what the Markdown becomes, or the text again."""
        self._layout.composer.toggle_preview()

    @property
    def asks_before_switching(self) -> bool:
        """Whether a note is about to become what the customer reads, and nobody has agreed to that yet."""
        text = self.text
        return self._state.composing == "note" and bool(text.strip()) and text != self._may_be_sent

    def switch(self) -> None:
        """From reply to note and back. What is written goes along; a draft of the other kind stands before it."""
        kind, text, writing_to = self._state.composing, self.text, self._state.writing_to
        if not kind:
            return
        other = "note" if kind == "reply" else "reply"
        if not text.strip():
            self._write(writing_to, other, None)
            return
        if kind == "note":
            self._may_be_sent = text
        drafts = self._inbox.drafts
        kept = drafts.get(writing_to, other)
        joined = f"{kept.rstrip()}\n\n{text}" if kept.strip() and kept != text else text
        # first where the words go, then where they were: whatever happens between, they are kept
        drafts.save(writing_to, other, joined)
        drafts.save(writing_to, kind, "")
        self._state.composing = self._open[writing_to] = other
        self._layout.composer.become(other, joined)

    def keep(self) -> None:
        """Make what is written the draft."""
        if self._state.composing:
            self._inbox.drafts.save(self._state.writing_to, self._state.composing, self.text)

    def edited(self, conversation_id: str, kind: str) -> None:
        """Something was typed. What is written by now counts: word of an edit may come after the editor's text."""
        if conversation_id == self._state.writing_to and kind == self._state.composing:
            self.keep()

    async def save_drafts(self) -> None:
        """Bring what is written to the disk, now."""
        self.keep()
        await self._inbox.drafts.flush()

    # Leaving it

    def put_away(self) -> None:
        """Put the composer away, from the preview back to the text first; what is written stays as the draft."""
        if self._layout.composer.has_class("-preview"):
            self._layout.composer.toggle_preview()
            return
        if not self._state.composing:
            return
        self.keep()
        written = bool(self.text.strip())
        self._close(self._state.writing_to)
        if written:
            self._notices.notify(texts.DRAFT_SAVED)

    def _close(self, conversation_id: str) -> None:
        self._open.pop(conversation_id, None)
        self._state.composing = self._state.writing_to = ""
        self._layout.composer.close()
        self._layout.focus("thread")

    async def send(self, *, close: bool = False, snooze_until: int = 0) -> None:
        """Send what is written, and go on when the conversation leaves with it; `snooze_until` in Unix seconds."""
        sent = self._state.writing_to
        following = self._list.following([sent])
        if not await self._journal(close=close, snooze_until=snooze_until):
            return
        self._flush()
        if close or snooze_until:
            self._actions.advance([sent], following)

    async def _journal(self, *, close: bool, snooze_until: int) -> bool:
        """Journal the reply or note; the draft goes once it is in the outbox. False when nothing is written."""
        conversation_id, kind, text = self._state.writing_to, self._state.composing, self.text
        if not kind or not text.strip():
            self._notices.notify(texts.THERE_IS_NOTHING_TO_SEND_YET, "warning")
            return False
        actions, drafts = self._inbox.actions, self._inbox.drafts
        drafts.forget(conversation_id, kind)
        try:
            if kind == "note":
                await actions.note(conversation_id, text)
            else:
                seen = self._seen.evidence(conversation_id)
                await actions.reply(conversation_id, text, close=close, snooze_until=snooze_until, seen=seen)
        except StoreError as error:
            drafts.save(conversation_id, kind, text)
            self._notices.notify(str(error), "error")
            return False
        self._close(conversation_id)
        self._notices.notify(self._said(kind, close))
        return True

    def _said(self, kind: str, close: bool) -> str:
        """What has become of what was written."""
        now = self._layout.appearance.clock()
        done = texts.NOTE_SAVED if kind == "note" else texts.REPLY_AND_CLOSE if close else "Reply"
        seconds = self._inbox.options.undo_seconds
        state = action_state(
            "held" if seconds else "ready", "undo", now + seconds, connection_state(self._inbox.status, now), now
        )
        if kind == "note" and state in (ActionState.UNDOABLE, ActionState.QUEUED):
            return done
        words = action_words(state, due_in=seconds, key_of=self._registry.key)
        if state is ActionState.UNDOABLE:
            return texts.WILL_BE_SENT.format(done=done, when=words.removeprefix("sending "))
        return f"{done}: {words}"
