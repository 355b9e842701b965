"""Whatever was on the terminal, after a frame it shows the wanted cells; and the frame is small."""

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from tests.hostile.vt import Grid, by_point, read
from tests.terminal.emulator import Cell, Emulator
from tui.app.terminal.attributes import DEFAULT, AttributeTable
from tui.app.terminal.cells import Cells, clusters, unsure_width
from tui.app.terminal.encoder import Encoder, erases_with_background

WIDTH, HEIGHT = 24, 6

_STYLES = [
    None,
    Style(color="#102030", bgcolor="#ffeedd"),
    Style(bgcolor="#ffeedd"),
    Style(color="red", bold=True),
    Style(color="red", italic=True, bgcolor="blue"),
    Style(underline=True),
    Style(reverse=True, bold=True),
    Style(strike=True, color="#445566"),
    Style(bgcolor="blue"),
    Style(bold=True, italic=True, underline=True, blink=True),
]
# Characters whose width the emulator and Rich agree on.
_TEXT = st.text(st.sampled_from("ab.  —│é漢字한かñ"), max_size=12) | st.just(" " * 15) | st.just("e\u0301")
_WRITE = st.tuples(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1), _TEXT, st.sampled_from(range(len(_STYLES))))
_FRAMES = st.lists(st.lists(_WRITE, max_size=8), min_size=1, max_size=6)


class Bench:
    """An encoder, the emulator it writes to, and another that is painted cell by cell."""

    def __init__(self, *, bce: bool, width: int = WIDTH, height: int = HEIGHT) -> None:
        self.attributes = AttributeTable(ColorSystem.TRUECOLOR)
        self.encoder = Encoder(self.attributes, bce=bce)
        self.cells = Cells(width, height)
        self.screen = Emulator(width, height)
        self.stream = pyte.Stream(self.screen)
        self.stream.feed("\x1b[?7l")

    def frame(self, cursor: tuple[int, int] | None = None) -> str:
        data = self.encoder.encode(self.cells, range(self.cells.height), cursor)
        self.stream.feed(data)
        return data

    def put(self, x: int, y: int, text: str, style: Style | None = None) -> None:
        self.cells.write(x, y, [Segment(text, style)], self.cells.width, self.attributes)

    def plain(self) -> list[list[Cell]]:
        """What a terminal shows when every cell is placed and styled afresh."""
        screen = Emulator(self.cells.width, self.cells.height)
        stream = pyte.Stream(screen)
        stream.feed("\x1b[?7l")
        for y in range(self.cells.height):
            for x in range(self.cells.width):
                char = self.cells.chars[y][x]
                if char:
                    style = self.attributes.transition(DEFAULT, self.cells.attributes[y][x])
                    stream.feed(f"\x1b[m\x1b[{y + 1};{x + 1}H{style}{char}")
        return screen.cells()


@given(_FRAMES, st.booleans(), st.booleans(), st.booleans())
@settings(max_examples=120, deadline=None)
def test_the_terminal_shows_what_is_wanted_after_every_frame(
    frames: list[list[tuple[int, int, str, int]]], bce: bool, forgets: bool, grouped: bool
) -> None:
    bench = Bench(bce=bce)
    bench.encoder.grouping_worth = 0 if grouped else 1_000_000
    for number, writes in enumerate(frames):
        for x, y, text, style in writes:
            bench.put(x, y, text, _STYLES[style])
        if forgets and number == 1:
            bench.encoder.forget()
        bench.frame()
        assert bench.screen.cells() == bench.plain()
        assert bench.encoder.sent.chars == bench.cells.chars


def test_a_frame_without_change_is_empty() -> None:
    bench = Bench(bce=True)
    bench.put(0, 0, "hello", _STYLES[1])
    bench.frame()
    bench.put(0, 0, "hello", _STYLES[1])
    assert bench.frame() == ""


def test_one_changed_character_costs_one_motion() -> None:
    bench = Bench(bce=True)
    bench.put(0, 2, "one two three")
    bench.frame()
    bench.put(0, 2, "one twO three")
    assert bench.frame() == "\x1b[7GO"


@pytest.mark.parametrize("worth", [0, 1_000_000])
def test_a_blank_drawn_with_the_last_pen_does_not_lend_it_to_the_word_after_it(worth: int) -> None:
    bench = Bench(bce=True)
    bench.encoder.grouping_worth = worth
    bench.put(0, 0, "blue", Style(color="blue"))
    bench.put(4, 0, "x" * 10)
    bench.frame()
    bench.put(0, 0, "BLUE", Style(color="blue"))
    bench.cells.chars[0][4:10] = " plain"
    bench.frame()
    assert bench.screen.cells() == bench.plain()


def test_the_style_of_meta_data_is_no_change() -> None:
    bench = Bench(bce=True)
    bench.put(0, 0, "click", Style(meta={"@click": "one"}))
    bench.frame()
    bench.put(0, 0, "click", Style(meta={"@click": "two"}))
    assert bench.frame() == ""


@pytest.mark.parametrize(("bce", "expected"), [(True, 1), (False, 0)])
def test_rows_are_erased_only_where_erasing_keeps_the_background(bce: bool, expected: int) -> None:
    bench = Bench(bce=bce)
    bench.frame()
    bench.put(0, 1, "x" * WIDTH, _STYLES[2])
    bench.frame()
    bench.put(0, 1, " " * WIDTH, _STYLES[2])
    assert bench.frame().count("\x1b[K") == expected
    assert bench.screen.cells() == bench.plain()


def test_a_default_background_is_erased_anywhere() -> None:
    bench = Bench(bce=False)
    bench.put(0, 1, "x" * WIDTH)
    bench.frame()
    bench.put(3, 1, " " * (WIDTH - 3))
    assert bench.frame().endswith("\x1b[K")


def test_the_first_frame_of_a_coloured_screen_spends_nothing_on_blanks() -> None:
    bench = Bench(bce=True, width=120, height=40)
    for y in range(40):
        bench.put(0, y, " " * 120, _STYLES[2])
    assert len(bench.frame()) < 40


def test_changed_colours_are_sent_without_a_reset() -> None:
    attributes = AttributeTable(ColorSystem.TRUECOLOR)
    one, two = (
        attributes.of(Style(color="#010203", bgcolor="#0a0b0c")),
        attributes.of(Style(color="#040506", bgcolor="#0a0b0c")),
    )
    assert attributes.transition(one, two) == "\x1b[38;2;4;5;6m"
    assert attributes.transition(one, DEFAULT) == "\x1b[m"
    bold = attributes.of(Style(bold=True, color="#010203", bgcolor="#0a0b0c"))
    assert attributes.transition(bold, one) == "\x1b[22m"


def test_switching_bold_off_keeps_dim() -> None:
    attributes = AttributeTable(ColorSystem.TRUECOLOR)
    both = attributes.of(Style(bold=True, dim=True, color="#010203", bgcolor="#0a0b0c"))
    dim = attributes.of(Style(dim=True, color="#010203", bgcolor="#0a0b0c"))
    assert attributes.transition(both, dim) == "\x1b[22;2m"


@pytest.mark.parametrize(
    ("depth", "expected"),
    [
        (ColorSystem.TRUECOLOR, "\x1b[38;2;255;0;0m"),
        (ColorSystem.EIGHT_BIT, "\x1b[38;5;196m"),
        (ColorSystem.STANDARD, "\x1b[31m"),
    ],
)
def test_colours_are_taken_down_to_what_was_asked(depth: ColorSystem, expected: str) -> None:
    attributes = AttributeTable(depth)
    assert attributes.transition(DEFAULT, attributes.of(Style(color="#ff0000"))) == expected


def test_links_end_with_their_frame() -> None:
    bench = Bench(bce=True)
    bench.put(0, 0, "site", Style(link="https://example.com/\x1b]52;c;aGk=\x07"))
    data = bench.frame()
    assert "\x1b]8;;https://example.com/]52;c;aGk=\x1b\\site" in data
    assert data.endswith("\x1b]8;;\x1b\\")


@pytest.mark.parametrize("cluster", ["❤️", "1️⃣", "👩‍💻", "👍🏽", "🇩🇪", "🫨"])
def test_after_a_cluster_of_unsure_width_the_cursor_is_placed_anew(cluster: str) -> None:
    assert unsure_width(cluster)
    assert clusters(cluster) == ((cluster, cell_len(cluster)),)
    bench = Bench(bce=True)
    bench.put(0, 1, "x" * WIDTH)
    bench.frame()
    bench.put(2, 1, cluster + "after")
    data = bench.frame()
    before, _, after = data.partition(cluster)
    cells = cell_len(cluster)
    # What stood there is cleared first, for a terminal that draws the cluster narrower.
    assert before.endswith(" " * cells + "\b" * cells)
    assert after.startswith((f"\x1b[{3 + cells}G", f"\x1b[2;{3 + cells}H", f"\r\x1b[{2 + cells}C"))


@pytest.mark.parametrize(("cluster", "over"), [("❤️", 2), ("👩‍🚀", 2), ("👩🏽‍🚀", 4), ("👩‍❤️‍👨", 3), ("👨‍👩‍👧‍👦", 6)])
def test_what_follows_an_unsure_cluster_is_drawn_again_though_it_did_not_change(cluster: str, over: int) -> None:
    bench = Bench(bce=True)
    bench.put(0, 1, "abUVWXYZ")
    bench.frame()
    bench.put(0, 1, f"{cluster}UVWXYZ")
    assert bench.frame().endswith("UVWXYZ"[:over])


@pytest.mark.parametrize("cluster", ["👨‍👩‍👧‍👦", "👩🏽‍🚀", "👩🏽‍🤝‍👩🏿", "🇩🇪", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])
def test_a_terminal_of_single_characters_keeps_nothing_of_a_cluster_in_its_neighbours(cluster: str) -> None:
    bench = Bench(bce=True)
    grid = Grid(WIDTH, HEIGHT, by_point)
    grid.feed(list(read(bench.frame().encode())))
    bench.put(0, 1, cluster)
    grid.feed(list(read(bench.frame().encode())))
    bench.put(0, 1, "  ")
    grid.feed(list(read(bench.frame().encode())))
    assert not any(grid.text())


def test_a_large_frame_is_drawn_look_by_look_save_for_rows_of_unsure_width() -> None:
    bench = Bench(bce=True)
    bench.encoder.grouping_worth = 0
    for y in range(HEIGHT):
        bench.put(0, y, "left ", _STYLES[1])
        bench.put(5, y, "right", _STYLES[4])
    bench.put(0, 2, "❤️ ok", _STYLES[1])
    data = bench.frame()
    # Five rows, and the one with the heart last.
    assert data.count("38;2;16;32;48") == 1
    assert "❤️\x1b[3G" in data
    assert data.index("❤️") > data.rindex("left")


@pytest.mark.parametrize("text", ["漢字", "한국어", "e\u0301", "plain", "│…—", "ｆｕｌｌ"])
def test_what_terminals_agree_on_costs_no_motion(text: str) -> None:
    assert not any(unsure_width(cluster) for cluster, _ in clusters(text))
    bench = Bench(bce=True)
    bench.put(0, 1, text + "z")
    assert text + "z" in bench.frame()


@given(st.text(st.characters(), max_size=20))
@settings(max_examples=200, deadline=None)
def test_no_control_character_reaches_the_terminal_through_a_cell(text: str) -> None:
    bench = Bench(bce=True)
    bench.put(0, 1, text)
    allowed = {"\x1b", "\r", "\n", "\b"}
    assert all(
        char == "" or not (ord(char[0]) < 32 or 127 <= ord(char[0]) < 160) for row in bench.cells.chars for char in row
    )
    data = bench.encoder.encode(bench.cells, range(HEIGHT), None)
    assert all(char in allowed or not (ord(char) < 32 or 127 <= ord(char) < 160) for char in data)


def test_half_covered_wide_characters_become_blanks() -> None:
    cells, attributes = Cells(8, 1), AttributeTable(ColorSystem.TRUECOLOR)
    cells.write(0, 0, [Segment("漢字漢字")], 8, attributes)
    cells.write(1, 0, [Segment("ab")], 8, attributes)
    assert cells.chars[0] == [" ", "a", "b", " ", "漢", "", "字", ""]


def test_a_wide_character_does_not_cross_the_edge() -> None:
    cells, attributes = Cells(3, 1), AttributeTable(ColorSystem.TRUECOLOR)
    cells.write(0, 0, [Segment("漢字")], 3, attributes)
    assert cells.chars[0] == ["漢", "", " "]


def test_the_cursor_rests_where_it_is_wanted() -> None:
    bench = Bench(bce=True)
    bench.put(0, 0, "text")
    bench.frame((5, 3))
    assert (bench.screen.cursor.x, bench.screen.cursor.y) == (5, 3)
    assert bench.frame((5, 3)) == ""


def test_a_full_table_of_looks_is_compacted_without_changing_the_screen() -> None:
    bench = Bench(bce=True)
    bench.put(0, 0, "red", _STYLES[3])
    bench.put(0, 1, "blue", _STYLES[4])
    bench.frame()
    for blue in range(200):
        bench.attributes.of(Style(color=f"rgb(1,2,{blue})"))
    before = bench.plain()
    bench.attributes.compact(bench.cells.attributes)
    bench.encoder.forget()
    bench.frame()
    assert len(bench.attributes.table) < 10
    assert bench.screen.cells() == bench.plain() == before


@pytest.mark.parametrize(
    ("term", "in_tmux", "expected"),
    [
        ("xterm-256color", False, True),
        ("tmux-256color", False, True),
        ("screen-256color", True, True),
        ("screen-256color", False, False),
        ("vt220", False, False),
        ("", False, False),
    ],
)
def test_which_terminals_erase_with_their_background(term: str, in_tmux: bool, expected: bool) -> None:
    assert erases_with_background(term, in_tmux=in_tmux) is expected
