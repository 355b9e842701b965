"""Writing: which conversations have the composer open, their drafts, and sending."""

from typing import TYPE_CHECKING

from tui.store.errors import StoreError

if TYPE_CHECKING:
    from tui.app.desk import Desk


class Writing:
    """One composer, many conversations: each keeps its own text, and the composer follows the thread on screen."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._open: dict[str, str] = {}
        self._shown = ""
        self._kind = ""

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
        if text is not None and self._kind and self._kind != kind and self.text == text:
            # The same words as the other kind: they move.
            desk.inbox.drafts.save(conversation_id, self._kind, "")
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

    def edited(self, conversation_id: str, kind: str, text: str) -> None:
        """Something was typed."""
        if conversation_id == self._shown and kind == self._kind:
            self._desk.inbox.drafts.save(conversation_id, kind, text)

    def kind_changed(self, kind: str) -> None:
        """The composer changed its kind by itself."""
        if self._kind:
            self._kind = self._open[self._shown] = kind

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
                await actions.reply(conversation_id, text, close=close, snooze_until=snooze_until)
        except StoreError as error:
            drafts.save(conversation_id, kind, text)
            desk.notify(str(error), "error")
            return False
        self._open.pop(conversation_id, None)
        self._kind = self._shown = ""
        desk.panes.composer.close()
        desk.panes.focus("thread")
        seconds = desk.inbox.options.undo_seconds
        key = desk.registry.key("undo.last")
        waits = kind == "reply" and bool(seconds)
        done = "Note saved" if kind == "note" else "Reply written, closed" if close else "Reply written"
        desk.notify(f"{done}: leaves in {seconds:g} s{f' · {key} takes it back' if key else ''}" if waits else done)
        return True
