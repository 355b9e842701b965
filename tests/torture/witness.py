"""What was on the screen when a reply was decided on, and whether a reply went past what was not.

It reads the words that were painted (of the thread pane and of dialogs, from the updates for the terminal) and, at the
end, the order of the parts in the workspace: never the program's own idea of what was seen.
"""

import re
import statistics
import time
from dataclasses import dataclass, field
from typing import Any, Final

from rich.console import RenderableType
from textual.screen import Screen

from tests.app.conftest import Stage
from tests.torture.painted import PaintedText
from tui.api.models import Conversation
from tui.inbox.actions.base import Action
from tui.inbox.actions.codec import decode
from tui.model.rows import ConversationRow, OutboxRow, PartRow
from tui.sandbox.model import Part

__all__ = ["Tally", "Witness", "mark_of"]

_MARK: Final = re.compile(r"q[0-9]+[a-d]z")
"""A word that stands in one message only."""


@dataclass
class Tally:
    """What came of it. ``passed`` names each reply that left past a message it should have been held for."""

    passed: list[str] = field(default_factory=list)
    in_the_gap: int = 0
    sent: int = 0
    at_once: int = 0
    held: int = 0
    released: int = 0
    withdrawn: int = 0
    unsent: int = 0
    messages: int = 0
    announced: int = 0
    rounds: int = 0
    seconds: float = 0.0
    gaps: list[float] = field(default_factory=list)

    def sentence(self) -> str:
        """One line."""
        width = (
            f"gap {statistics.median(self.gaps) * 1000:.0f} ms median, {max(self.gaps) * 1000:.0f} ms at most"
            if self.gaps
            else "no gap measured"
        )
        return (
            f"passed {len(self.passed)}, {self.rounds} rounds, {self.messages} messages by others, {self.sent} replies "
            f"sent ({self.at_once} without being held), {self.held} held, "
            f"{self.released} released after being read, {self.withdrawn} taken back, "
            f"{self.unsent} unsent, {self.announced} announced, {self.in_the_gap} in the gap ({width}), "
            f"{self.seconds:.0f} s"
        )


class Witness:
    """What was painted, decided on and sent, for the app of one stage."""

    def __init__(self, stage: Stage, tally: Tally) -> None:
        self.stage, self.tally = stage, tally
        self.text = PaintedText()
        self.painted: set[str] = set()
        """Marks of which the words were on screen."""
        self.lines: dict[str, list[str]] = {}
        """The marks that must have been on screen, by part id."""
        self.known: dict[str, set[str]] = {}
        """What was on screen when a reply was last decided on, by its mark."""
        self.looked: dict[str, tuple[set[str], float]] = {}
        """The part ids of the guard's last look, by conversation, and when it came back."""
        self.at_send: dict[str, set[str]] = {}
        """The part ids of the guard's look before the request, by the reply's mark."""
        self.were_held: set[str] = set()
        self.history: dict[str, set[str]] = {}
        """The part ids that a conversation had when it was put on screen for the first time, by its id."""
        self._watch_the_screen()
        self._watch_first_openings()
        self._watch_decisions()

    def _watch_the_screen(self) -> None:
        app = self.stage.app
        paint = app._display

        def display(screen: Screen[Any], update: RenderableType | None) -> None:
            paint(screen, update)
            if update is not None and not app._batch_count:
                self.text.take(update)
                self._read()

        setattr(app, "_display", display)  # noqa: B010 - one app, watched from outside

    def _read(self) -> None:
        panes = self.stage.app.layout
        for widget in (panes.thread, panes.overlay):
            if widget.display and widget.is_attached and panes.is_shown("thread"):
                region = widget.region
                self.painted.update(_MARK.findall(self.text.text(region.x, region.y, region.width, region.height)))
        if "ctrl+n" in self.text.text(0, 0, 200, 60):
            self.tally.announced += 1

    def _watch_first_openings(self) -> None:
        thread = self.stage.app.layout.thread
        show = thread.show

        def shown(conversation: ConversationRow | None, parts: list[PartRow], **more: Any) -> None:
            if conversation is not None and parts:
                self.history.setdefault(conversation.id, {part.id for part in parts})
            show(conversation, parts, **more)

        setattr(thread, "show", shown)  # noqa: B010 - watched from outside

    def _watch_decisions(self) -> None:
        inbox = self.stage.inbox
        actions, box = inbox.actions, inbox.outbox
        reply, anyway = actions.reply, box.send_anyway

        async def replied(conversation_id: str, markdown: str, **more: Any) -> int:
            self.known[_MARK.findall(markdown)[0]] = set(self.painted)
            return await reply(conversation_id, markdown, **more)

        async def sent_anyway(outbox_id: int, *rest: Any) -> str:
            row = box.get(outbox_id)
            if row is not None:
                self.known[mark_of(row)] = set(self.painted)
            return await anyway(outbox_id, *rest)

        setattr(actions, "reply", replied)  # noqa: B010 - watched from outside
        setattr(box, "send_anyway", sent_anyway)  # noqa: B010

    def watch_the_wire(self) -> None:
        """Note what the guard's look brought, and when the reply left.

        Only the guard asks the client itself for a conversation; all others ask one of its priorities.
        """
        client = self.stage.inbox.connection.client
        assert client is not None
        conversations = client.conversations
        get, reply = conversations.get, conversations.reply

        async def got(conversation_id: str) -> Conversation:
            model = await get(conversation_id)
            self.looked[conversation_id] = ({part.id for part in model.conversation_parts.parts}, time.monotonic())
            return model

        async def replied(conversation_id: str, *rest: Any, **more: Any) -> Any:
            marks = _MARK.findall(str(rest) + str(more))
            if marks and conversation_id in self.looked:
                self.at_send[marks[0]], at = self.looked[conversation_id]
                self.tally.gaps.append(time.monotonic() - at)
            return await reply(conversation_id, *rest, **more)

        setattr(conversations, "get", got)  # noqa: B010 - watched from outside
        setattr(conversations, "reply", replied)  # noqa: B010

    def count(self) -> None:
        """Hold the order of the parts in the workspace against what was on the screen."""
        conversations = self.stage.workspace.conversations
        me = str(self.stage.workspace.me.id)
        for conversation in conversations:
            unseen_before: list[Part] = []
            history = self.history.get(str(conversation.id), set())
            newest = next((p for p in reversed(conversations.parts(conversation)) if str(p.id) in history), None)
            for part in conversations.parts(conversation):
                marks = _MARK.findall(part.body or "")
                if part.author.id == me and part.author.type == "admin" and marks:
                    self._judge(marks[0], unseen_before, str(conversation.id))
                    self.tally.sent += 1
                    self.tally.at_once += marks[0] not in self.were_held
                elif str(part.id) in self.lines and (part is newest or str(part.id) not in history):
                    # what was above the newest of a conversation never opened before is its history
                    unseen_before.append(part)
        self.tally.unsent = len(self.stage.inbox.outbox.pending())

    def _judge(self, mark: str, before: list[Part], cid: str) -> None:
        known, looked = self.known.get(mark, set()), self.at_send.get(mark)
        for part in before:
            part_id = str(part.id)
            if set(self.lines[part_id]) <= known:
                continue
            if looked is not None and part_id not in looked:
                self.tally.in_the_gap += 1
            else:
                missed = sorted(set(self.lines[part_id]) - known)
                self.tally.passed.append(
                    f"{mark} in {cid} went past {missed} of {self.lines[part_id]}: a {part.part_type} by a "
                    f"{part.author.type}; the reply was {'held before' if mark in self.were_held else 'not held'}"
                )


def mark_of(row: OutboxRow) -> str:
    """The mark of the reply in a row of the outbox, `""` for none."""
    action: Action = decode(row.payload)
    found = _MARK.findall(action.text)
    return found[0] if found else ""
