"""The last line: the keys that do something here, or for a moment what just happened."""

from rich.style import Style
from textual.strip import Strip
from textual.timer import Timer

from tui.app.glyphs import plain
from tui.app.widgets.lines import Appearance, LineView, Piece, pieces_len
from tui.text.sanitize import clean_line

_COLOURS = {"information": "ok", "warning": "warn", "error": "err"}


class KeyFooter(LineView):
    """Key hints; a notice takes their place for some seconds, so that nothing on the screen moves for it."""

    DEFAULT_CSS = "KeyFooter { height: 1; }"

    def __init__(self, appearance: Appearance | None = None, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Empty until `set_keys`."""
        super().__init__(appearance, id=id)
        self._hints: list[tuple[str, str]] = []
        self._prefix = ""
        self._state = ""
        self._notice = ""
        self._severity = "information"
        self._timer: Timer | None = None

    def set_keys(self, hints: list[tuple[str, str]]) -> None:
        """Show `(key, title)` pairs, as many as fit, the first ones first."""
        self._hints = hints
        self.sync()

    def set_prefix(self, typed: str) -> None:
        """Keys typed so far of a count or a sequence (`3`, `g`), at the right; `""` for none."""
        self._prefix = typed
        self.sync()

    def set_state(self, words: str) -> None:
        """Something that changes what keys mean and is nowhere else on the screen, at the right; a notice leaves it."""
        self._state = words
        self.sync()

    def notice(self, text: str, severity: str = "information", seconds: float = 5.0) -> None:
        """Say one line instead of the keys. `severity` is `information`, `warning` or `error`; 0 seconds: until the
        next. `text` is never markup, and is cleaned."""
        self._notice = plain(clean_line(text)) if self.appearance.ascii_only else clean_line(text)
        self._severity = severity
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if seconds > 0 and self.is_attached:
            self._timer = self.set_timer(seconds, self.clear_notice)
        self.sync()

    def clear_notice(self) -> None:
        """Show the keys again."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._notice = ""
        self.sync()

    @property
    def has_notice(self) -> bool:
        """Whether a notice stands in the place of the keys."""
        return bool(self._notice)

    @property
    def words(self) -> str:
        """The line as plain text."""
        return self.render_line(0).text.strip() if self.width else self._notice

    def on_unmount(self) -> None:
        if self._timer is not None:
            self._timer.stop()

    def line_key(self, _y: int) -> object:
        shown = (self._notice, self._severity) if self._notice else (tuple(self._hints), self._prefix)
        return (*shown, self._state)

    def draw_line(self, _y: int) -> Strip:
        style = self.palette
        state: list[Piece] = [(f" {self._state} ", style.head_focus)] if self._state else []
        if self._notice:
            colour = style.colours[_COLOURS.get(self._severity, "ok")].rich_color
            shown = Style(color=colour, bgcolor=style.text.bgcolor, bold=self._severity == "error" or None)
            sign = self.glyphs.failed if self._severity != "information" else self.glyphs.selected
            pieces: list[Piece] = [(f" {sign} ", shown), (self._notice, shown)]
            pieces = self.cut(pieces, self.width - 1 - pieces_len(state))
            apart = " " * max(0, self.width - pieces_len(pieces) - pieces_len(state))
            return self.strip([*pieces, (apart, style.text), *state])
        prefix: list[Piece] = [(self._prefix, style.accent), (" ", style.text)] if self._prefix else []
        prefix += state
        room = self.width - 2 - pieces_len(prefix)
        pieces = [(" ", style.text)]
        for key, title in self._hints:
            hint: list[Piece] = [(key, style.accent), (f" {title}  ", style.muted)]
            if pieces_len(pieces) + pieces_len(hint) - 2 > room:
                break
            pieces += hint
        gap = max(0, self.width - pieces_len(pieces) - pieces_len(prefix))
        return self.strip([*pieces, (" " * gap, style.text), *prefix])
