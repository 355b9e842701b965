"""Writing: which conversations have the composer open, their drafts, and sending."""

from typing import TYPE_CHECKING

from tui.inbox.situation import ActionState, action_state, action_words, connection
from tui.model.errors import StoreError

if TYPE_CHECKING:
    from tui.app.desk import Desk


class Writing:
    """One composer, many conversations: each keeps its own text, and the composer follows the thread on screen."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._open: dict[str, str] = {}
        self._shown = ""
        self._kind = ""
        self._may_be_sent = ""
        """The words of a note that somebody has agreed to make a reply."""

    @property
    def is_open(self) -> bool:
        """Whether the composer is on screen."""
        return bool(self._kind)

    @property
    def kind(self) -> str:
        """``reply``, ``note``, or "" while the composer is away."""
        return self._kind

    @property
    def conversation_id(self) -> str:
        """The conversation that is being written to."""
        return self._shown if self._kind else ""

    @property
    def text(self) -> str:
        """What is written."""
        return self._desk.panes.composer.text if self._kind else ""

    def open(self, conversation_id: str, kind: str, text: str | None) -> None:
        """Show the composer with its draft; with `text`, that is what is written from now on."""
        desk, composer = self._desk, self._desk.panes.composer
        if self._kind:
            self.keep()
        drafts = desk.inbox.drafts
        if text is None:
            text = drafts.get(conversation_id, kind)
        else:
            drafts.save(conversation_id, kind, text)
        row = desk.inbox.threads.conversation(conversation_id)
        self._open[conversation_id] = kind
        self._shown, self._kind = conversation_id, kind
        composer.open(kind, conversation_id, text, to=row.contact_name if row is not None else "")
        desk.panes.focus("composer")

    def show_for(self, conversation_id: str) -> None:
        """The thread on screen is another: put this composer away, bring that one back if it was open."""
        if conversation_id == self._shown and self._kind:
            return
        desk, composer = self._desk, self._desk.panes.composer
        if self._kind:
            self.keep()
            composer.close()
            self._kind = self._shown = ""
        kind = self._open.get(conversation_id, "")
        if kind:
            row = desk.inbox.threads.conversation(conversation_id)
            pane = desk.pane
            self._shown, self._kind = conversation_id, kind
            text = desk.inbox.drafts.get(conversation_id, kind)
            composer.open(kind, conversation_id, text, to=row.contact_name if row is not None else "")
            desk.panes.focus(pane if pane != "composer" else "thread")
        elif desk.pane == "composer":
            desk.panes.focus("thread")

    def keep(self) -> None:
        """Save what is written as the draft, now."""
        if self._kind:
            self._desk.inbox.drafts.save(self._shown, self._kind, self.text)

    def edited(self, conversation_id: str, kind: str) -> None:
        """Something was typed. What is written by now counts: word of an edit may come after the editor's text."""
        if conversation_id == self._shown and kind == self._kind:
            self.keep()

    @property
    def asks_before_switching(self) -> bool:
        """Whether a note is about to become what the customer reads, and nobody has agreed to that yet."""
        return self._kind == "note" and bool(self.text.strip()) and self.text != self._may_be_sent

    def switch(self) -> None:
        """From reply to note and back. What is written goes along; a draft of the other kind stands before it."""
        if not self._kind:
            return
        kind, text = self._kind, self.text
        other = "note" if kind == "reply" else "reply"
        if not text.strip():
            self.open(self._shown, other, None)
            return
        if kind == "note":
            self._may_be_sent = text
        drafts = self._desk.inbox.drafts
        kept = drafts.get(self._shown, other)
        joined = f"{kept.rstrip()}\n\n{text}" if kept.strip() and kept != text else text
        # first where the words go, then where they were: whatever happens between, they are kept
        drafts.save(self._shown, other, joined)
        drafts.save(self._shown, kind, "")
        self._kind = self._open[self._shown] = other
        self._desk.panes.composer.become(other, joined)

    def put_away(self) -> None:
        """Close the composer; the draft stays."""
        if not self._kind:
            return
        self.keep()
        written = bool(self.text.strip())
        self._open.pop(self._shown, None)
        self._kind = self._shown = ""
        self._desk.panes.composer.close()
        self._desk.panes.focus("thread")
        if written:
            self._desk.notify("Kept as a draft.")

    async def send(self, *, close: bool = False, snooze_until: int = 0) -> bool:
        """Journal the reply or note; the draft goes once it is in the outbox. False when nothing is written."""
        desk = self._desk
        conversation_id, kind, text = self._shown, self._kind, self.text
        if not kind or not text.strip():
            desk.notify("There is nothing to send yet.", "warning")
            return False
        actions, drafts = desk.inbox.actions, desk.inbox.drafts
        drafts.forget(conversation_id, kind)
        try:
            if kind == "note":
                await actions.note(conversation_id, text)
            else:
                seen = desk.seeing.evidence(conversation_id)
                await actions.reply(conversation_id, text, close=close, snooze_until=snooze_until, seen=seen)
        except StoreError as error:
            drafts.save(conversation_id, kind, text)
            desk.notify(str(error), "error")
            return False
        self._open.pop(conversation_id, None)
        self._kind = self._shown = ""
        desk.panes.composer.close()
        desk.panes.focus("thread")
        desk.notify(self._said(kind, close))
        return True

    def _said(self, kind: str, close: bool) -> str:
        """What has become of what was written."""
        desk, now = self._desk, self._desk.panes.look.clock()
        done = "Note saved" if kind == "note" else "Reply and close" if close else "Reply"
        seconds = desk.inbox.options.undo_seconds
        state = action_state(
            "held" if seconds else "ready", "undo", now + seconds, connection(desk.inbox.status, now), now
        )
        if kind == "note" and state in (ActionState.UNDOABLE, ActionState.QUEUED):
            return done
        words = action_words(state, due_in=seconds, key_of=desk.registry.key)
        if state is ActionState.UNDOABLE:
            return f"{done} will be sent in {words.removeprefix('sending in ')}"
        return f"{done}: {words}"
