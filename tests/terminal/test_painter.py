"""With the painter the terminal shows what it shows without: text and attributes of each cell, after every frame."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Literal, cast

import pyte
import pytest
from rich.console import RenderableType
from rich.segment import Segment
from rich.text import Text
from textual import events
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.driver import Driver
from textual.geometry import Region, Size
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip

from tests.terminal.emulator import Emulator
from tests.terminal.toys import Rows, Toy
from tui.app.terminal.options import TerminalOptions


@pytest.fixture(autouse=True)
def terminal_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal that the app believes it has."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


class CaptureDriver(Driver):
    """Writes into a list instead of a terminal."""

    def __init__(
        self, app: App[object], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.written: list[str] = []

    def write(self, data: str) -> None:
        self.written.append(data)

    def start_application_mode(self) -> None:
        self.resize(*(self._size or (80, 24)))

    def resize(self, width: int, height: int) -> None:
        self._size = (width, height)
        self.send_message(events.Resize(Size(width, height), Size(width, height)))

    def disable_input(self) -> None:
        pass

    def stop_application_mode(self) -> None:
        pass


class Compared(Toy):
    """Paints every frame twice: as stock Textual does into one emulator, through the painter into another."""

    def __init__(self, terminal_options: TerminalOptions | None = None, size: tuple[int, int] = (100, 30)) -> None:
        super().__init__(terminal_options, CaptureDriver)
        self.stock, self.ours = Emulator(*size), Emulator(*size)
        self._stock_stream, self._our_stream = pyte.Stream(self.stock), pyte.Stream(self.ours)
        for stream in (self._stock_stream, self._our_stream):
            stream.feed("\x1b[?7l")
        self.stock_bytes: list[int] = []
        self.our_bytes: list[int] = []
        self.compared = 0

    @property
    def capture(self) -> CaptureDriver:
        return cast(CaptureDriver, self._driver)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if (
            isinstance(renderable, LayoutUpdate | ChopsUpdate)
            and not self._batch_count
            and self._running
            and not self._closed
        ):
            if isinstance(renderable, LayoutUpdate):
                for emulator in (self.stock, self.ours):
                    emulator.resize(renderable.region.height, renderable.region.width)
            data = renderable.render_segments(self.console)
            self.stock_bytes.append(len(data.encode()))
            self._stock_stream.feed(data)
        super()._display(screen, renderable)
        self.compare()

    def compare(self) -> None:
        """Feed what our side wrote, and compare the two screens."""
        data = "".join(self.capture.written)
        self.capture.written.clear()
        self.our_bytes.append(len(data.encode()))
        self._our_stream.feed(data)
        if self.painter is not None and not self.painter.held:
            self.compared += 1
            for y in self.stock.dirty | self.ours.dirty:
                assert self.ours.row(y) == self.stock.row(y), f"row {y} of frame {self.compared}"
            self.stock.dirty.clear()
            self.ours.dirty.clear()


async def play(app: Compared, session: Callable[[Pilot[int]], Awaitable[None]]) -> None:
    """Run `app` with `session` at its keys, its output path included; any error in it is raised here."""

    async def auto(pilot: Pilot[object]) -> None:
        await pilot.pause()
        await session(pilot)  # type: ignore[arg-type]  # Textual leaves the result type of a pilot's app open
        app.exit()

    width, height = app.stock.columns, app.stock.lines
    await app.run_async(auto_pilot=auto, size=(width, height), mouse=False)
    if app._exception is not None:
        raise app._exception


@pytest.mark.parametrize("seed", range(3))
async def test_random_sessions_show_the_same_cells(seed: int) -> None:
    dice = random.Random(seed)
    app = Compared(size=(90, 20))

    async def session(pilot: Pilot[int]) -> None:
        keys = ["down", "down", "up", "pagedown", "end", "home", "tab", "shift+tab", "a", "x", "space", "backspace"]
        for _ in range(18):
            match dice.randrange(12):
                case 0:
                    app.capture.resize(dice.choice([90, 60, 101]), dice.choice([20, 12, 25]))
                case 1 | 2:
                    app.arrive()
                case 3 if len(app.screen_stack) == 1:
                    await pilot.press("m")
                case 4 if len(app.screen_stack) > 1:
                    await pilot.press("escape")
                case 5:
                    app.repaint()
                case 6:
                    app.theme = dice.choice(["textual-dark", "textual-light", "nord", "ansi-dark"])
                case _:
                    await pilot.press(*dice.choices([key for key in keys if key != "x"], k=dice.randrange(1, 4)))
            await pilot.pause()

    await play(app, session)
    assert app.compared > 18
    assert sum(app.our_bytes) < sum(app.stock_bytes) / 2


async def test_painting_at_once_paints_all_there_is_and_only_once() -> None:
    app = Compared(size=(90, 20))

    async def session(pilot: Pilot[int]) -> None:
        rows = app.query_one(Rows)
        before, frames = app.ours.cells(), app.compared
        rows.render_line = lambda y: Strip([Segment(f"now {y}")])  # type: ignore[method-assign]
        rows.refresh(Region(0, 2, 20, 3))
        app.paint_now()
        painted = app.ours.cells()
        assert painted != before, "it was painted at once"
        await pilot.pause()
        assert app.ours.cells() == painted, "and nothing was left for later"
        app.paint_now()
        assert app.compared == frames + 1
        app.arrive()
        app.paint_now()
        assert app.compared == frames + 1, "a new layout goes Textual's way"
        with app.batch_update():
            rows.refresh()
            app.paint_now()
            assert app.compared == frames + 1, "and nothing in a batch"
        await pilot.pause()
        assert app.compared > frames + 1

    await play(app, session)


async def test_a_move_in_an_option_list_is_small_and_an_idle_screen_silent() -> None:
    app = Compared(size=(120, 40))
    moves: list[int] = []

    async def session(pilot: Pilot[int]) -> None:
        app.set_focus(app.query_one("#list"))
        await pilot.pause()
        for _ in range(5):
            app.our_bytes.clear()
            await pilot.press("down")
            await pilot.pause()
            moves.append(sum(app.our_bytes))
        app.our_bytes.clear()
        await asyncio.sleep(0.1)
        assert app.our_bytes == []

    await play(app, session)
    assert max(moves[1:]) < 400


@pytest.mark.parametrize(("low", "budget"), [(False, 15_000), (True, 9_000)])
async def test_the_first_screen_leaves_once_and_within_its_budget(low: bool, budget: int) -> None:
    app = Compared(TerminalOptions(low_bandwidth=low), size=(120, 40))
    if low:
        app.compare = lambda: None  # type: ignore[method-assign]  # other colours, on purpose
    written = 0

    async def session(pilot: Pilot[int]) -> None:
        nonlocal written
        await pilot.pause()
        written = sum(app.our_bytes) + sum(len(data.encode()) for data in app.capture.written)
        assert "".join(app.capture.written).count("\x1b[2J") == low

    await play(app, session)
    assert 2_000 < written < budget


@pytest.mark.parametrize(("colors", "unwanted"), [("256", "38;2;"), ("16", "38;5;")])
async def test_fewer_colours_when_asked_for(colors: Literal["256", "16"], unwanted: str) -> None:
    app = Compared(TerminalOptions(colors=colors))
    app.compare = lambda: None  # type: ignore[method-assign]

    async def session(pilot: Pilot[int]) -> None:
        data = "".join(app.capture.written)
        assert "Conversation 3" in data
        assert unwanted not in data
        assert "38;2;" not in data

    await play(app, session)


async def test_what_is_not_an_update_is_painted_as_it_is_and_then_all_anew() -> None:
    app = Compared()
    app.compare = lambda: None  # type: ignore[method-assign]

    async def session(pilot: Pilot[int]) -> None:
        app.capture.written.clear()
        app._display(app.screen, Text("unknown"))
        assert "unknown" in "".join(app.capture.written)
        app.capture.written.clear()
        app.arrive()
        await pilot.pause()
        assert "\x1b[2J" in "".join(app.capture.written)

    await play(app, session)


async def test_updates_of_another_shape_are_painted_as_stock_textual_would() -> None:
    app = Compared()
    app.compare = lambda: None  # type: ignore[method-assign]

    async def session(pilot: Pilot[int]) -> None:
        def refuse(update: object) -> bool:
            raise AttributeError("spans")

        painters = [app.painter]
        assert painters[0] is not None
        painters[0].take = refuse  # type: ignore[method-assign]
        app.capture.written.clear()
        app.arrive()
        await pilot.pause()
        painters.append(app.painter)
        assert painters[1] is None
        assert len("".join(app.capture.written)) > 5_000

    await play(app, session)


async def test_without_diff_the_painter_stays_out_of_the_way() -> None:
    app = Compared(TerminalOptions(diff=False))

    async def session(pilot: Pilot[int]) -> None:
        await pilot.press("down")
        await pilot.pause()
        assert app.painter is None

    await play(app, session)
    assert sum(app.our_bytes) >= sum(app.stock_bytes)


async def test_control_characters_in_a_segment_reach_no_terminal() -> None:
    app = Compared(TerminalOptions(diff=False), size=(120, 30))

    async def session(pilot: Pilot[int]) -> None:
        assert any("evil [31mlive" in row for row in app.ours.rows())
        assert "\x1b[31m" not in "".join(app.capture.written)

    await play(app, session)


async def test_no_widget_blinks() -> None:
    app = Compared()

    async def session(pilot: Pilot[int]) -> None:
        assert app.query_one("#search").cursor_blink is False  # type: ignore[attr-defined]
        assert app.animation_level == "none"

    await play(app, session)
