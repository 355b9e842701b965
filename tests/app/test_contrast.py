"""Whatever is drawn can be read: the contrast of every pair of colours on every screen, in every theme.

Measured by WCAG 2.2: 4.5 for text (1.4.3), 3 for signs and lines (1.4.11).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from rich.color import Color, ColorType
from rich.style import Style

from tests.app.terminal_palettes import PALETTES, Rgb, TerminalPalette
from tests.app.test_snapshots import inbox_app, rested
from tui.app.app import InboxApp
from tui.app.keys.key_resolver import COUNT_WINDOW
from tui.app.themes import CHOICES, THEMES

TEXT, SIGN, CURSOR = 4.5, 3.0, 1.5
COLOURED = [theme.name for theme in THEMES if not theme.ansi]
KEYS = (
    ("3", "j", "j"),
    ("enter", "J", "o"),
    ("r", *"Hello", "tab", *"note"),
    ("escape", "h", "a"),
    ("escape", "z", *"3h"),
    ("escape", "colon", *"tag"),
    ("escape", "question_mark"),
    ("escape", "slash", *"is:op"),
    ("escape", "v"),
    ("escape", "at", *"an"),
    ("escape", "X", "X", "t"),
    ("escape", "escape", "c", "O"),
    ("escape", "D", "l", "j"),
    ("escape", "slash", *"qxqx", "enter"),
)
"""Keys for one screen after the other, from which no way leads outside."""


class Drawn(NamedTuple):
    """How some text was drawn; `where` tells of it."""

    style: Style
    is_text: bool
    where: str


def luminance(colour: Rgb) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in (c / 255 for c in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def drawn(app: InboxApp) -> Iterator[Drawn]:
    """Everything on the screen that is no blank."""
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        for text, style, _ in strip:
            if text.strip():
                yield Drawn(style or Style(), any(char.isalnum() for char in text), f"line {y}: {text.strip()[:40]}")


async def _all_screens(path: Path) -> dict[str, set[Drawn]]:
    found: dict[str, dict[tuple[Style, bool], Drawn]] = {theme.name: {} for theme in THEMES}
    app = inbox_app(path)
    async with app.run_test(size=(140, 40)) as pilot:
        await rested(app, pilot)
        for keys in KEYS:
            for key in keys:
                await pilot.press(key)
                if key == "3":
                    await pilot.pause(COUNT_WINDOW)
            await rested(app, pilot)
            for theme in THEMES:
                app.theme = theme.name
                await pilot.pause()
                for one in drawn(app):
                    found[theme.name].setdefault((one.style, one.is_text), one._replace(where=f"{keys} {one.where}"))
    return {name: set(its.values()) for name, its in found.items()}


def parts(style: Style) -> tuple[Color, Color]:
    """Ink and paper, as the terminal will show them."""
    ink, paper = style.color or Color.default(), style.bgcolor or Color.default()
    return (paper, ink) if style.reverse else (ink, paper)


def poor_pairs(everything: dict[str, set[Drawn]]) -> dict[str, str]:
    """What the themes with colours of their own draw with too little contrast."""
    poor = {}
    for theme in COLOURED:
        for one in everything[theme]:
            ink, paper = (colour.get_truecolor() for colour in parts(one.style))
            measured = contrast(ink, paper)
            if measured < (TEXT if one.is_text else SIGN):
                poor[f"{theme} {one.where}"] = f"{measured:.2f}: {ink} on {paper}"
    return poor


@pytest.mark.parametrize("theme", COLOURED)
async def test_the_cursors_row_stands_out_from_the_page(tmp_path: Path, theme: str) -> None:
    app = inbox_app(tmp_path, theme=theme)
    async with app.run_test(size=(140, 40)) as pilot:
        await rested(app, pilot)
        view = app.layout.list
        papers = [
            {style.bgcolor for text, style, _ in view.render_line(y) if style is not None and text} for y in (1, 2, 8)
        ]
    rows, page = papers[:2], papers[2]
    assert len(page) == 1
    for row in rows:
        bars = [paper for paper in row if paper not in page]
        assert len(bars) == 1  # one background all along
        assert bars[0] is not None
        (plain,) = page
        assert plain is not None
        assert contrast(bars[0].get_truecolor(), plain.get_truecolor()) >= CURSOR


def seen(colour: Color, palette: TerminalPalette, *, is_ink: bool) -> Rgb:
    """A colour as a terminal of this palette shows it."""
    if colour.type is ColorType.DEFAULT:
        return palette.foreground if is_ink else palette.background
    assert colour.number is not None
    return palette.colours[colour.number]


def poor_in_terminals(everything: dict[str, set[Drawn]]) -> dict[str, str]:
    """What the terminal's own sixteen colours draw with too little contrast, in any of the palettes."""
    poor = {}
    for palette in PALETTES:
        own = contrast(palette.foreground, palette.background)  # what the terminal's owner chose to read
        for one in everything["terminal-light" if palette.is_light else "terminal"]:
            ink, paper = one.style.color or Color.default(), one.style.bgcolor or Color.default()
            measured = contrast(seen(ink, palette, is_ink=True), seen(paper, palette, is_ink=False))
            if one.style.dim:
                # SGR 2 on the default colour is the terminal's own way to say "less": how, is its to say
                assert ink.type is ColorType.DEFAULT
            if measured < min(own, TEXT if one.is_text else SIGN):
                poor[f"{palette.name} {one.where}"] = f"{measured:.2f}: {ink.name} on {paper.name}"
    return poor


async def test_every_pair_of_every_theme_can_be_read(tmp_path: Path) -> None:
    everything = await _all_screens(tmp_path)
    assert min(len(everything[theme]) for theme in COLOURED) >= 30
    assert poor_pairs(everything) == {}
    assert poor_in_terminals(everything) == {}
    for one in everything["mono"]:
        assert all(colour.type is ColorType.DEFAULT for colour in parts(one.style)), one


def test_every_theme_can_be_chosen() -> None:
    assert [name for name, _ in CHOICES[1:]] == [theme.name for theme in THEMES]
    assert sum(theme.dark for theme in THEMES if not theme.ansi) >= 3
    assert sum(not theme.dark for theme in THEMES if not theme.ansi) >= 2
