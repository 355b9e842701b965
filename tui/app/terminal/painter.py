"""The differential painter: between Textual's compositor and the terminal.

Textual sends every line of a widget that refreshed, whole. Here each update is written into a screen of cells, and what
leaves is the difference to the cells last sent. Because "wanted" and "sent" are two screens, frames that cannot leave
yet (the first ones of a start, two unanswered ones, a full line) merge by themselves.

Leans on `App._display`, `_batch_count`, `_running`, `_closed`, `_dom_ready` and `_sync_available` of
Textual 8.2, on what `Screen._on_timer_update` does with what `Widget._check_refresh` tells it, and on the updates of
`textual._compositor`; whatever does not look as known is painted as stock Textual would.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Protocol, runtime_checkable

from rich.console import RenderableType
from rich.segment import Segment
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App, ReturnType
from textual.driver import Driver
from textual.screen import Screen
from textual.widget import Widget

from tui.app.terminal.attributes import AttributeTable
from tui.app.terminal.cells import Cells
from tui.app.terminal.encoder import Encoder, erases_with_background
from tui.app.terminal.options import TerminalOptions, color_system, textual_is_known
from tui.config.terminal import TerminalKind, terminal_kind

__all__ = ["FrameSink", "Painter", "PaintingApp"]

SYNC_START: Final = "\x1b[?2026h"
SYNC_END: Final = "\x1b[?2026l"
# A frame this small arrives in one packet and is drawn at once; marks around it would be a tenth of it.
_SYNC_WORTH: Final = 1000
_FIRST_FRAME_PATIENCE: Final = 0.15
_RESIZE_PATIENCE: Final = 0.15


@runtime_checkable
class FrameSink(Protocol):
    """Where frames go. A sink that refuses calls the painter's `pump` when there is room again."""

    def may_send(self) -> bool:
        """Whether a frame may leave now."""

    def send_frame(self, data: str) -> None:
        """Write one frame."""

    def frame_waits(self) -> None:
        """A frame was refused and waits."""


class _DirectSink:
    """For drivers other than ours: every frame leaves at once."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def may_send(self) -> bool:
        return True

    def send_frame(self, data: str) -> None:
        self._driver.write(data)
        self._driver.flush()

    def frame_waits(self) -> None:
        """Never happens."""


class Painter:
    """Takes the compositor's updates and sends differences to `sink`."""

    def __init__(self, attributes: AttributeTable, *, bce: bool, size: tuple[int, int]) -> None:
        self.attributes = attributes
        self.encoder = Encoder(attributes, bce=bce)
        self.wanted = Cells(*size)
        self.cursor: tuple[int, int] | None = None
        self.synchronised = False
        self._dirty: set[int] = set()
        self._pending = False
        self._held = False

    @property
    def held(self) -> bool:
        """Whether frames wait for `release`."""
        return self._held

    def take(self, update: RenderableType) -> bool:
        """Write `update` into the wanted screen; False when its shape is not one we know."""
        if type(update) is LayoutUpdate:
            self._take_layout(update)
        elif type(update) is ChopsUpdate:
            self._take_chops(update)
        else:
            return False
        self._pending = True
        return True

    def forget(self) -> None:
        """What the terminal shows is not known any more."""
        self.encoder.forget()
        self._pending = True

    def hold(self) -> None:
        """Let nothing leave until `release`."""
        self._held = True

    def release(self) -> None:
        """End a `hold`; the caller pumps."""
        self._held = False

    def pump(self, sink: FrameSink) -> bool:
        """Send what is wanted and not yet sent, if anything may leave now; True when all of it has left."""
        if self._held:
            return False
        if not self._pending:
            return True
        if not sink.may_send():
            sink.frame_waits()
            return False
        data = self.frame()
        if data:
            sink.send_frame(data)
        return True

    def frame(self) -> str:
        """The bytes from what was sent to what is wanted; afterwards that counts as sent."""
        self._pending = False
        if self.attributes.full:
            self.attributes.compact(self.wanted.attributes)
            self.encoder.forget()
        rows, self._dirty = self._dirty, set()
        data = self.encoder.encode(self.wanted, rows, self.cursor)
        if self.synchronised and len(data) >= _SYNC_WORTH:
            return f"{SYNC_START}{data}{SYNC_END}"
        return data

    def _take_layout(self, update: LayoutUpdate) -> None:
        region = update.region
        wanted = self.wanted
        if region.x == 0 and region.y == 0 and (region.width, region.height) != (wanted.width, wanted.height):
            wanted = self.wanted = Cells(region.width, region.height)
            self.encoder.forget()
        attributes = self.attributes
        for y, line in enumerate(update.strips, region.y):
            x = region.x
            for strip in line:
                end = x + strip.cell_length
                wanted.write(x, y, strip, end, attributes)
                x = end
        self._dirty.update(range(region.y, region.bottom))

    def _take_chops(self, update: ChopsUpdate) -> None:
        chops: Sequence[Mapping[int, Iterable[Segment] | None]] = update.chops
        ends = update.chop_ends
        attributes, write = self.attributes, self.wanted.write
        for y, left, right in update.spans:
            for end, (x, strip) in zip(ends[y], chops[y].items(), strict=False):
                if strip is not None and x <= right and end > left:
                    write(x, y, strip, min(end, right) if end > right else end, attributes)
            self._dirty.add(y)


def _has_widgets(screen: Screen[object]) -> bool:
    return len(screen._compositor.visible_widgets) > 1


class PaintingApp(App[ReturnType]):
    """An app whose frames go through a `Painter`. Subclasses provide `terminal_options`."""

    terminal_options: TerminalOptions
    _painter: Painter | None = None
    _painter_refused = False
    _frame_sink: FrameSink | None = None
    _first_frame_left = False

    @property
    def painter(self) -> Painter | None:
        """The painter, once there was something to paint; None when stock painting is used."""
        return self._painter

    def repaint(self) -> None:
        """Clear the terminal and paint all of it again."""
        painter = self._painter
        if painter is None:
            self.refresh(layout=True)
            return
        painter.forget()
        self.frames_wanted()

    def action_repaint(self) -> None:
        """Paint the whole screen again (for ctrl+l)."""
        self.repaint()

    def painted(self) -> None:
        """All that the widgets drew has left for the terminal; called after each frame. For subclasses."""

    def _paint_as_textual(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        super()._display(screen, renderable)
        if renderable is not None and not self._batch_count and self._running and not self._closed:
            self.painted()

    def frames_wanted(self) -> None:
        """Send what waits, if it may leave now; the driver calls this when there is room again."""
        painter = self._painter
        if painter is None or self._driver is None or self._batch_count or not self._running or self._closed:
            return
        painter.synchronised = self._sync_available
        if painter.pump(self._sink(self._driver)):
            self.painted()

    def paint_now(self) -> None:
        """Paint what widgets want repainted at once: their own way to the screen takes five turns of the loop.

        Does nothing while more input waits (one frame will do for it all), or when there is more to do than to paint.
        """
        screen = self.screen
        if self._painter is None or self._batch_count or not self._running or self.message_queue_size:
            return
        if screen._layout_required or screen._scroll_required or screen._repaint_required or screen._callbacks:
            return
        dirty: set[Widget] = set()
        for widget in screen._compositor.visible_widgets:
            if widget._layout_required or widget._scroll_required or widget._refresh_styles_required:
                return
            if widget._repaint_required:
                dirty.add(widget)
        if not dirty:
            return
        for widget in dirty:
            widget._repaint_required = False
        screen._dirty_widgets.update(dirty)
        screen._compositor.update_widgets(screen._dirty_widgets)
        screen._compositor_refresh()

    def terminal_changed_hands(self) -> None:
        """Another program may have written to the terminal: paint everything with the next frame."""
        if self._painter is not None:
            self._painter.forget()

    def terminal_resized(self, *, same_size: bool) -> None:
        """The terminal was resized: hold frames of the old size until the new layout comes."""
        painter = self._painter
        if painter is None:
            return
        painter.forget()
        if same_size:
            self.frames_wanted()
        elif not painter.held:
            painter.hold()
            self.set_timer(_RESIZE_PATIENCE, self._release_frames)

    def _release_frames(self) -> None:
        if self._painter is not None and self._painter.held:
            self._painter.release()
            self.frames_wanted()

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        driver = self._driver
        if (
            driver is None
            or self.is_headless
            or driver.is_inline
            or self._painter_refused
            or not self.terminal_options.diff
        ):
            self._paint_as_textual(screen, renderable)
            return
        try:
            if renderable is not None and not self._batch_count and self._running and not self._closed:
                self._paint(driver, screen, renderable)
        finally:
            self.post_display_hook()

    def _paint(self, driver: Driver, screen: Screen[object], renderable: RenderableType) -> None:
        painter = self._painter
        if painter is None:
            painter = self._painter = self._make_painter()
            if painter is None:
                self._painter_refused = True
                self._paint_as_textual(screen, renderable)
                return
        size = (painter.wanted.width, painter.wanted.height)
        try:
            known = painter.take(renderable)
        except (AttributeError, TypeError, ValueError, LookupError) as error:
            # The updates have changed shape under us: slower painting is better than none.
            self.log.error(f"differential painting is off: {error!r}")
            self._painter_refused, self._painter = True, None
            self._paint_as_textual(screen, renderable)
            self.call_later(self.refresh)
            return
        if not known:
            self._paint_as_textual(screen, renderable)
            painter.forget()
            return
        if painter.held and (
            size != (painter.wanted.width, painter.wanted.height)
            or ((self._dom_ready or _has_widgets(screen)) and not self._first_frame_left)
        ):
            painter.release()
        if not painter.held:
            self._first_frame_left = True
        resting = self.screen.outer_size.clamp_offset(self.cursor_position)
        painter.cursor = (resting.x, resting.y) if resting else None
        painter.synchronised = self._sync_available
        if painter.pump(self._sink(driver)):
            self.painted()

    def _make_painter(self) -> Painter | None:
        if not textual_is_known():
            return None
        options = self.terminal_options
        kind = terminal_kind(os.environ)
        detected = "standard" if kind is TerminalKind.CONSOLE else self.console.color_system
        colors = color_system(options.colors, detected, low_bandwidth=options.low_bandwidth)
        term, in_tmux = os.environ.get("TERM", ""), "TMUX" in os.environ
        painter = Painter(
            AttributeTable(colors, links=kind is TerminalKind.FULL),
            bce=erases_with_background(term, in_tmux=in_tmux),
            size=(self.size.width, self.size.height),
        )
        # Textual paints the screen four times while it starts; only one with the widgets in it is worth sending.
        painter.hold()
        self.set_timer(_FIRST_FRAME_PATIENCE, self._release_frames)
        return painter

    def _sink(self, driver: Driver) -> FrameSink:
        if self._frame_sink is None:
            self._frame_sink = driver if isinstance(driver, FrameSink) else _DirectSink(driver)
        return self._frame_sink
