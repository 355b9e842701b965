"""The composer under the thread: a reply for the customer or a note for teammates, never to be mistaken."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import clamp
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea

from tui.app.themes import palette
from tui.app.widgets.cluster_area import ClusterArea
from tui.app.widgets.lines import Appearance, LineView, Piece, pieces_len
from tui.model.labels import texts
from tui.text.html import layout, parse
from tui.text.sanitize import clean, clean_line
from tui.text.spans import Line, Mark
from tui.text.width import cell_len, truncate

MIN_LINES: Final = 3
MAX_LINES: Final = 10
_NAME_LEAST: Final = 10
"""Cells of a name that are worth showing."""
KINDS: Final = ("reply", "note")


class ComposerText(ClusterArea):
    """The text field: no blinking, no highlighted line, and pasted text is cleaned before it gets in."""

    DEFAULT_CSS = """
    ComposerText, ComposerText:focus {
        border: none; padding: 0 1 0 2; height: 1fr; scrollbar-size-vertical: 1;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+underscore", "undo", "Undo", show=False)]
    """Undo, as readline has it: ctrl+z suspends here as in any program of a terminal."""

    def __init__(self) -> None:
        """Soft-wrapped, Tab is not text."""
        super().__init__(soft_wrap=True, tab_behavior="focus", show_line_numbers=False, highlight_cursor_line=False)
        self.cursor_blink = False

    async def _on_key(self, event: events.Key) -> None:
        if event.key in ("tab", "shift+tab", "escape"):  # the keymap's, and no way out where it gives them none
            event.stop()
            event.prevent_default()
            return
        await super()._on_key(event)

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        await super()._on_paste(events.Paste(clean(event.text)))


class ComposerHead(LineView):
    """The label: what this is and who will read it."""

    DEFAULT_CSS = "ComposerHead { height: 1; }"

    def __init__(self, appearance: Appearance | None = None) -> None:
        """Empty until `put`."""
        super().__init__(appearance)
        self._kind = "reply"
        self._to = ""
        self._hints: tuple[tuple[str, str], ...] = ()

    def put(self, kind: str, to: str, hints: tuple[tuple[str, str], ...]) -> None:
        """`to` is the customer's name; `hints` are (key, what it does), named at the right as far as they fit."""
        self._kind, self._to, self._hints = kind, to, hints
        self.sync()

    def line_key(self, y: int) -> object:
        return (y, self._kind, self._to, self._hints)

    def draw_line(self, _y: int) -> Strip:
        style = self.palette
        if self._kind == "note":
            back, label = style.note_text, style.note_label
            left: list[Piece] = [(" NOTE ", label), (f" {texts.ONLY_TEAMMATES_SEE}", style.note)]
            dim = style.note_muted
        else:
            back, label = style.reply, style.reply_label
            warning = f" {self.glyphs.dash} {texts.CUSTOMER_WILL_SEE}"
            room = max(0, self.width - len(" REPLY  to ") - len(warning) - 1)
            # The name gives way, never the warning; a stump of it would say nothing, and the header has it whole.
            name = truncate(self._to, room, self.glyphs.ellipsis) if room >= min(_NAME_LEAST, len(self._to)) else ""
            said = f" to {name}{warning}" if name else warning.replace(f"{self.glyphs.dash} ", "")
            left = [(" REPLY ", label), (said, style.reply)]
            dim = Style(color=style.muted.color, bgcolor=style.reply.bgcolor)
        back = Style(color=back.color, bgcolor=back.bgcolor)
        room = self.width - 1
        named = [f"  {key} {word}" for key, word in self._hints]
        while named and pieces_len(left) + cell_len("".join(named)) > room:
            named.pop()
        hint: list[Piece] = [("".join(named), dim)] if named else []
        left = self.cut(left, room - pieces_len(hint))
        gap = room - pieces_len(left) - pieces_len(hint)
        return self.strip([*left, (" " * max(0, gap), back), *hint], back)


class ComposerNews(LineView):
    """The upper edge: who wrote meanwhile."""

    DEFAULT_CSS = "ComposerNews { height: 1; display: none; }"

    def __init__(self, appearance: Appearance | None = None) -> None:
        """Empty until `put`."""
        super().__init__(appearance)
        self.words = ""
        self._age = ""
        self._hint = ""

    def put(self, words: str, age: str, hint: str) -> None:
        """Say `words`, cleaned, how long ago (where there is room) and `hint`, the key with its word."""
        self.words, self._age, self._hint = clean_line(words), age, hint
        self.sync()

    def line_key(self, _y: int) -> object:
        return (self.words, self._age, self._hint)

    def draw_line(self, _y: int) -> Strip:
        style = self.palette
        said = Style(color=style.warn.color, bgcolor=style.text.bgcolor, bold=True)
        hint: list[Piece] = []
        if self._hint:
            key, _, does = self._hint.partition(" ")
            hint = [(f" {self.glyphs.sep} ", style.muted), (key, style.accent), (f" {does}", style.muted)]
        pieces: list[Piece] = [(f" {self.glyphs.unread} ", said), (self.words, said)]
        room = self.width - 1 - pieces_len(hint)
        age: Piece = (f" {self._age}", said)
        if pieces_len([*pieces, age]) <= room:
            pieces.append(age)
        return self.strip([*self.cut(pieces, room), *hint])


class ComposerPreview(LineView):
    """What the customer will get, laid out as the thread lays it out."""

    def __init__(self, appearance: Appearance | None = None) -> None:
        """Empty until `put`."""
        super().__init__(appearance)
        self._html = ""
        self._lines: list[Line] = []

    def put(self, html: str) -> None:
        """Show `html`."""
        self._html = html
        self.resized()
        self.repaint()

    def resized(self) -> None:
        blocks = parse(self._html, exact=True) if self._html else []
        self._lines = layout(blocks, max(4, self.width - 4), False)

    def line_key(self, y: int) -> object:
        return self._lines[y] if y < len(self._lines) else ()

    def draw_line(self, y: int) -> Strip:
        style = self.palette
        if not self._lines and y == 0:
            return self.strip([("  nothing to preview", style.faint)])
        if y >= len(self._lines):
            return self.blank()
        pieces: list[Piece] = [("  ", style.text)]
        for text, marks, _href in self._lines[y]:
            shown = style.code if Mark.CODE in marks else style.link if Mark.LINK in marks else style.text
            if Mark.DIM in marks:
                shown = style.faint
            shown += Style(
                bold=Mark.BOLD in marks or Mark.HEADING in marks or None,
                italic=Mark.ITALIC in marks or None,
                strike=Mark.STRIKE in marks or None,
            )
            pieces.append((text, shown))
        return self.strip(pieces)


class Composer(Vertical):
    """Label, text and preview. Hidden until `open`; grows from three lines to ten with what is written."""

    DEFAULT_CSS = """
    Composer { height: 4; display: none; }
    Composer.-news ComposerNews { display: block; }
    Composer.-open { display: block; }
    Composer ComposerPreview { display: none; }
    Composer.-preview ComposerPreview { display: block; }
    Composer.-preview ComposerText { display: none; }
    """

    @dataclass
    class Edited(Message):
        """Something was typed; `text` is all of it."""

        kind: str
        text: str
        conversation_id: str

    def __init__(
        self,
        appearance: Appearance | None = None,
        *,
        hints: Mapping[str, tuple[tuple[str, str], ...]] | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """`hints` are the keys to name at the right of the label, as (key, what it does), by kind."""
        super().__init__(id=id)
        self.appearance = appearance or Appearance()
        self._hints = dict(hints or {})
        self._kind = "reply"
        self._to = ""
        self._conversation_id = ""
        self._silent = ""

    def compose(self) -> ComposeResult:
        """The parts, one above the other."""
        yield ComposerNews(self.appearance)
        yield ComposerHead(self.appearance)
        yield ComposerText()
        yield ComposerPreview(self.appearance)

    def on_mount(self) -> None:
        """Take the theme's colours, and follow it."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._colour())
        self._colour()

    def open(self, kind: str, conversation: str, text: str, *, to: str = "") -> None:
        """Write a `kind` (`reply` or `note`) in the conversation with that id, going on from `text`.

        `to` is the customer's name, for the label.
        """
        self._kind = kind if kind in KINDS else "reply"
        self._conversation_id, self._to = conversation, to
        self.remove_class("-preview")
        self.add_class("-open")
        self._fill(text)
        self._colour()
        self.area.focus()

    def close(self) -> None:
        """Hide; what is written stays the caller's."""
        self.remove_class("-open", "-preview")
        self._conversation_id = ""
        self._fill("")

    def set_news(self, words: str, age: str = "", hint: str = "") -> None:
        """Say at the upper edge what came in while this is written; `words` `""`: nothing.

        `age` says how long ago, `hint` is a key and its word.
        """
        if not self.is_mounted:
            return
        self.query_one(ComposerNews).put(words, age, hint)
        self.set_class(bool(words), "-news")
        self._grow()

    @property
    def is_open(self) -> bool:
        """True while it is on the screen."""
        return self.has_class("-open")

    @property
    def area(self) -> ComposerText:
        """The text field."""
        return self.query_one(ComposerText)

    @property
    def text(self) -> str:
        """What is written, as Markdown."""
        return self.area.text

    @text.setter
    def text(self, value: str) -> None:
        self._fill(value)
        self.post_message(self.Edited(self._kind, value, self._conversation_id))

    @property
    def kind(self) -> str:
        """`reply` or `note`."""
        return self._kind

    @property
    def conversation_id(self) -> str:
        """Where it will go."""
        return self._conversation_id

    def insert(self, text: str, *, apart: bool = False) -> None:
        """Put `text` where the cursor stands: a macro, an article's link. `apart`: not glued to the word before."""
        area = self.area
        row, column = area.cursor_location
        before = str(area.document.get_line(row))[:column]
        gap = " " if apart and before and not before[-1].isspace() else ""
        area.insert(gap + clean(text))

    def become(self, kind: str, text: str) -> None:
        """Be a reply or a note from now on: label and colours say so. `text` is what is written now; where it is what
        was written, cursor and undo stay."""
        self._kind = kind
        if text != self.text:
            self._fill(text)
        self._colour()

    def toggle_preview(self) -> None:
        """Show what the Markdown becomes, or the Markdown again."""
        shown = not self.has_class("-preview")
        self.set_class(shown, "-preview")
        if shown:
            from tui.text.markdown import to_html  # the first paint does without

            self.query_one(ComposerPreview).put(to_html(self.text))
            self.set_focus_here()
        else:
            self.area.focus()
        self._grow()

    def set_focus_here(self) -> None:
        """Keep the keys coming to the composer while its text is hidden."""
        self.can_focus = True
        self.focus()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Grow with the text, and tell."""
        event.stop()
        self._grow()
        if self.text == self._silent:
            return
        self._silent = self.text
        self.post_message(self.Edited(self._kind, self.text, self._conversation_id))

    def on_resize(self) -> None:
        """Wrapping changed: so may the height."""
        self._grow()

    def _fill(self, text: str) -> None:
        text = clean(text)
        self._silent = text
        area = self.area
        area.load_text(text)
        area.move_cursor(area.document.end)
        self._grow()

    def _grow(self) -> None:
        lines = clamp(self.area.wrapped_document.height, MIN_LINES, MAX_LINES)
        if self.has_class("-preview"):
            lines = MAX_LINES
        height = lines + (2 if self.has_class("-news") else 1)
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height

    def _colour(self) -> None:
        head = self.query_one(ComposerHead)
        colours = palette(self.app).colours  # the head may hear of another theme later
        back, text = ("note-bg", "note-text") if self._kind == "note" else ("reply-bg", "fg")
        self.area.styles.background = colours[back]
        self.area.styles.color = colours[text]
        head.put(self._kind, self._to, self._hints.get(self._kind, ()))
