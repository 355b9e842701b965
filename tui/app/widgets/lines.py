"""The base of every pane: a widget that draws its own lines and repaints only those that changed.

Textual's `ScrollView` would do the scrolling too, but commits a layout pass of the whole screen whenever its content
grows; here the position is one integer and nothing outside the pane is ever laid out again.
"""

import time
from collections.abc import Callable, Iterable
from datetime import tzinfo
from typing import ClassVar, Literal, NamedTuple

import msgspec
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.color import Color
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tui.app.glyphs import Glyphs, glyphs
from tui.app.themes import Palette, palette
from tui.config.timezone import reader_zone
from tui.inbox.situation import no_keys
from tui.text.width import cell_len, truncate

RowLine = Literal["subject", "preview"]
Density = Literal["compact", "normal", "roomy"]

_MOST_FINISHED = 160
"""Lines kept with borders and filters applied, some four screens."""
Piece = tuple[str, Style]
"""A stretch of text with its style, before it becomes a segment."""


class _Edges(NamedTuple):
    """What stands left and right of every line, and the background beneath; `plain` False where Textual must draw."""

    plain: bool
    left: list[Segment]
    right: list[Segment]
    background: Color


class Appearance(msgspec.Struct, frozen=True):
    """How all panes draw, made once by the app.

    `clock` gives Unix seconds; `zone` is the reader's time zone, with its rules. `low_bandwidth` leaves out what
    costs bytes and tells nothing: second gutter cells, recoloured names, fine ages. `key_of` names a command's key.
    `row` is what stands under the name in a row of the list, `density` how much room a row takes.
    """

    ascii_only: bool = False
    low_bandwidth: bool = False
    clock: Callable[[], float] = time.time
    zone: tzinfo = msgspec.field(default_factory=reader_zone)
    key_of: Callable[[str], str] = no_keys
    row: tuple[RowLine, ...] = ("subject", "preview")
    density: Density = "normal"


class LineView(Widget):
    """Draws line by line through `draw_line`, and through `sync` repaints the lines whose `line_key` changed."""

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS = """
    LineView { width: 1fr; height: 1fr; }
    """

    def __init__(self, appearance: Appearance | None = None, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """`appearance` is shared by all panes."""
        super().__init__(id=id)
        self.appearance = appearance or Appearance()
        self.glyphs: Glyphs = glyphs(self.appearance.ascii_only)
        self._extent = Size(0, 0)
        self._keys: list[object] = []
        self._palette: Palette | None = None
        self._edges: _Edges | None = None
        self._finished: dict[int, tuple[Strip, Strip]] = {}

    @property
    def low_bandwidth(self) -> bool:
        """True when every byte counts."""
        return self.appearance.low_bandwidth

    def now(self) -> int:
        """Unix seconds."""
        return int(self.appearance.clock())

    @property
    def palette(self) -> Palette:
        """The styles of the theme on screen."""
        if self._palette is None:
            self._palette = palette(self.app)
        return self._palette

    def set_appearance(self, appearance: Appearance) -> None:
        """Draw with another appearance from now on."""
        self.appearance = appearance
        self.glyphs = glyphs(appearance.ascii_only)
        self.forget()
        self.repaint()

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def _theme_changed(self, _theme: object) -> None:
        self._palette = None
        self.forget()
        self.repaint()

    def on_resize(self, _event: events.Resize) -> None:
        self._measure()
        self.sync()

    def on_focus(self) -> None:
        self.sync()

    def on_blur(self) -> None:
        self.sync()

    @property
    def width(self) -> int:
        """The pane's width in cells."""
        return self._extent.width

    @property
    def height(self) -> int:
        """The pane's height in cells."""
        return self._extent.height

    def _measure(self) -> bool:
        """Take the pane's size (Textual works it out anew for each question); True when it changed."""
        size = self.size
        if size == self._extent:
            return False
        self._extent = size
        self._keys = []
        self._edges = None
        self.resized()
        return True

    # What a pane provides

    def line_key(self, y: int) -> object:
        """A value that changes when the line at `y` (cells from the top of the pane) has to be drawn again."""
        raise NotImplementedError

    def line_keys(self) -> list[object]:
        """`line_key` of every line, from the top."""
        return [self.line_key(y) for y in range(self.height)]

    def draw_line(self, y: int) -> Strip:
        """The line at `y`, exactly as wide as the pane."""
        raise NotImplementedError

    def resized(self) -> None:
        """Called before the repaint when the size changed."""

    def forget(self) -> None:
        """Drop cached strips: styles or glyphs changed."""

    # Painting

    def render_lines(self, crop: Region) -> list[Strip]:
        """Textual's question for the lines of a region.

        Textual's own answer works out all of the widget's styles and caches lines that are cached here already: twice
        the time of drawing them.
        """
        self._measure()
        width, height = self._extent
        edges = self._edges
        if edges is None:
            edges = self._edges = self._find_edges()
        if not edges.plain or crop.bottom > height:
            return super().render_lines(crop)
        _, left, right, background = edges
        filters = self.app.get_line_filters()
        cells = width + self.gutter.width
        lines: list[Strip] = []
        whole = (crop.x, crop.width) == (0, cells)
        for y in crop.line_range:
            drawn = self.draw_line(y)
            # A row that only moved is the same strip as before.
            known = self._finished.get(id(drawn))
            if known is None:
                # One strip for it all: each has seven caches of its own.
                segments = [*left, *drawn.adjust_cell_length(width, self.palette.text), *right]
                for one in filters:
                    segments = one.apply(segments, background)
                if len(self._finished) >= _MOST_FINISHED:
                    self._finished.clear()
                self._finished[id(drawn)] = known = (drawn, Strip(segments, cells))
            lines.append(known[1] if whole else known[1].crop(crop.x, crop.right))
        return lines

    def notify_style_update(self) -> None:
        """Textual's word that a style changed."""
        super().notify_style_update()
        self._edges = None

    def _find_edges(self) -> _Edges:
        """The borders as Textual draws them, taken from the first line."""
        self._finished.clear()
        gutter, (width, height), background = self.gutter, self._extent, self.background_colors[1]
        if gutter.top or gutter.bottom or not width or not height:
            return _Edges(False, [], [], background)
        if not gutter.width:
            return _Edges(True, [], [], background)
        outer = width + gutter.width
        (line,) = super().render_lines(Region(0, 0, outer, 1))
        return _Edges(True, list(line.crop(0, gutter.left)), list(line.crop(outer - gutter.right, outer)), background)

    def render_line(self, y: int) -> Strip:
        return self.draw_line(y)

    def repaint(self) -> None:
        """Draw all lines again."""
        self._keys = []
        if self.is_attached:
            self.refresh()
            self.sync()

    def sync(self) -> None:
        """Repaint the lines that changed since the last time, and no others."""
        height, width = self.height, self.width
        if not height or not width or not self.is_attached:
            return
        old = self._keys
        new = self.line_keys()
        self._keys = new
        if len(old) != height:
            self.refresh()
            return
        regions: list[Region] = []
        start = -1
        for y in range(height + 1):
            if y < height and old[y] != new[y]:
                if start < 0:
                    start = y
            elif start >= 0:
                regions.append(Region(0, start, width, y - start))
                start = -1
        if regions:
            self.refresh(*regions)

    # Help for drawing

    def blank(self, style: Style | None = None) -> Strip:
        """An empty line."""
        return Strip.blank(self.width, style or self.palette.text)

    def cut(self, pieces: Iterable[Piece], cells: int) -> list[Piece]:
        """`pieces` in at most `cells` cells."""
        return cut(pieces, cells, self.glyphs.ellipsis)

    def strip(self, pieces: Iterable[Piece], fill: Style | None = None) -> Strip:
        """A line of exactly the pane's width: cut where it is too long, filled with `fill` where it is short."""
        return strip(pieces, self.width, fill or self.palette.text)

    def header(self, left: list[Piece], right: list[Piece]) -> Strip:
        """The pane's title line: `left` cut to make room for `right`."""
        style = self.palette.head
        room = self.width - 2 - pieces_len(right)
        left = self.cut(left, room - 2 if right else room)
        gap = max(0, room - pieces_len(left))
        return self.strip([(" ", style), *left, (" " * gap, style), *right, (" ", style)], style)

    def centred(self, text: str, style: Style) -> Strip:
        """`text` in the middle of an empty line."""
        width = self.width
        text = truncate(text, max(0, width - 2), self.glyphs.ellipsis)
        return self.strip([(" " * max(0, (width - cell_len(text)) // 2), self.palette.text), (text, style)])


def pieces_len(pieces: Iterable[Piece]) -> int:
    """The width of `pieces` in cells."""
    return sum(cell_len(text) for text, _ in pieces)


def cut(pieces: Iterable[Piece], cells: int, ellipsis: str = "…") -> list[Piece]:
    """`pieces` in at most `cells` cells, the last one shortened with `ellipsis`."""
    out: list[Piece] = []
    left = max(0, cells)
    for text, style in pieces:
        width = cell_len(text)
        if width > left:
            short = truncate(text, left, ellipsis)
            if short:
                out.append((short, style))
            break
        out.append((text, style))
        left -= width
    return out


def strip(pieces: Iterable[Piece], width: int, fill: Style) -> Strip:
    """`pieces` as a strip of exactly `width` cells."""
    segments = [Segment(text, style) for text, style in pieces if text]
    cells = sum([cell_len(segment.text) for segment in segments])
    if cells < width:
        segments.append(Segment(" " * (width - cells), fill))
        return Strip(segments, width)
    made = Strip(segments, cells)
    return made if cells == width else made.crop_extend(0, width, fill)


def thumb(position: int, height: int, total: int) -> tuple[int, int]:
    """First line and length of a scroll thumb in a track of `height` lines for `total` lines; length 0: all fits."""
    if total <= height or height < 2:
        return 0, 0
    length = max(1, height * height // total)
    free = height - length
    return min(free, round(position * free / (total - height))), length
