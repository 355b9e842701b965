"""A pane of lines under a header, scrolled by keys and by the wheel, with a scroll thumb in its last column."""

from typing import ClassVar

from textual import events

from tui.app.widgets.lines import LineView

WHEEL_LINES = 3


class ScrollingLines(LineView):
    """What keys and wheel do to a pane that scrolls by lines; a pane says how in `scroll_lines` and `thumb_rows`."""

    header_lines: ClassVar[int] = 1
    """Lines above those that scroll."""
    kept_lines: ClassVar[int] = 1
    """Lines that stay in view when a whole screen is scrolled."""

    def scroll_lines(self, delta: int) -> None:
        """Scroll by `delta` lines as far as there are any; positive is down."""
        raise NotImplementedError

    def thumb_rows(self) -> tuple[int, int]:
        """First line below the header and length of the scroll thumb; length 0 where all fits."""
        raise NotImplementedError

    @property
    def body_height(self) -> int:
        """The lines below the header."""
        return max(0, self.height - self.header_lines)

    def page(self, delta: int) -> None:
        """Scroll by screens, keeping `kept_lines` in view."""
        self.scroll_lines(delta * max(1, self.body_height - self.kept_lines))

    def half_page(self, delta: int) -> None:
        """Scroll by half screens."""
        self.scroll_lines(delta * max(1, self.body_height // 2))

    def has_thumb(self, row: int) -> bool:
        """Whether the thumb covers line `row` below the header."""
        start, length = self.thumb_rows()
        return start <= row < start + length

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_lines(WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_lines(-WHEEL_LINES)
