"""Partial updates that render only what changed hold the same cells as Textual's own."""

from random import Random

import pytest
from rich.color import ColorSystem
from textual._compositor import ChopsUpdate, Compositor
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.screen import Screen
from textual.widgets import Static

from tui.app.terminal.attributes import AttributeTable
from tui.app.terminal.cells import Cells
from tui.app.terminal.compositor import LineCompositor


class Crowd(App[None]):
    """Panes with borders, padding and scrolling, and one that lies over the others."""

    CSS = """
    Screen { layers: base above; }
    #left { width: 20; border-right: vkey red; padding: 1; }
    #middle { width: 1fr; overflow-y: auto; }
    #right { width: 15; }
    #above { layer: above; offset: 11 3; width: 30; height: 5; background: blue; }
    """

    def compose(self) -> ComposeResult:
        words = "\n".join(f"line {number} wide 漢字 and 👩‍🚀 more" for number in range(60))
        with Horizontal():
            yield Static(words, id="left")
            with Vertical(id="middle"):
                yield Static(words)
            yield Static(words, id="right")
        yield Static("above\nall", id="above")


def twin(stock: Compositor) -> LineCompositor:
    """Ours with the very layout of ``stock``."""
    assert type(stock) is Compositor
    ours = LineCompositor()
    ours.__dict__.update(stock.__dict__)
    ours._dirty_regions = set()
    return ours


def cells_of(update: ChopsUpdate | None, attributes: AttributeTable) -> dict[tuple[int, int], tuple[str, int]]:
    """What an update writes, by row and column."""
    assert update is not None
    cells = Cells(70, 24)
    found: dict[tuple[int, int], tuple[str, int]] = {}
    for y, left, right in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is not None and x <= right and end > left:
                cells.write(x, y, strip, end, attributes)
        found |= {(y, x): (cells.chars[y][x], cells.attributes[y][x]) for x in range(left, min(right, 70))}
    return found


@pytest.mark.parametrize("seed", range(12))
async def test_the_same_cells_as_stock(seed: int) -> None:
    rng = Random(seed)
    app = Crowd()
    async with app.run_test(size=(70, 24)) as pilot:
        screen: Screen[object] = app.screen
        await pilot.pause()
        stock = screen._compositor
        ours = twin(stock)
        regions = {
            Region(rng.randrange(70), rng.randrange(24), 1 + rng.randrange(40), 1 + rng.randrange(6)).intersection(
                screen.size.region
            )
            for _ in range(rng.randrange(1, 4))
        }
        attributes = AttributeTable(ColorSystem.TRUECOLOR)
        written = []
        for compositor in (stock, ours):
            compositor._dirty_regions.clear()
            compositor._dirty_regions.update(regions)
            written.append(cells_of(compositor.render_partial_update(), attributes))
        assert written[0] == written[1]
        assert written[0]


async def test_only_the_lines_that_changed_are_rendered() -> None:
    app = Crowd()
    async with app.run_test(size=(70, 24)) as pilot:
        await pilot.pause()
        ours = twin(app.screen._compositor)
        asked: list[tuple[str | None, Region]] = []
        for widget in ours.visible_widgets:
            original = widget.render_lines

            def noting(crop: Region, widget=widget, original=original):  # type: ignore[no-untyped-def]
                asked.append((widget.id, crop))
                return original(crop)

            widget.render_lines = noting  # type: ignore[method-assign]
        ours._dirty_regions.clear()
        ours._dirty_regions.add(Region(2, 10, 5, 2))
        ours.render_partial_update()
        assert asked == [("left", Region(0, 10, 20, 2))]
        assert ours.render_partial_update() is None
