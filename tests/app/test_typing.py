"""What may be pasted may be typed, and keys count characters as a reader does; in the composer and in every line."""

import pytest
from textual import events
from textual.pilot import Pilot

from tests.app.widgets_desk import DeskApp
from tui.app.dialogs.base import edit_row
from tui.app.dialogs.edit import LineEdit
from tui.app.keys.press import press
from tui.app.terminal.input import InputReader
from tui.text.sanitize import clean, clean_line
from tui.text.width import cell_len

ENGLAND = "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in "gbeng") + "\U000e007f"
TECHNOLOGIST, RAINBOW = "👩\u200d💻", "🏳\ufe0f\u200d🌈"
PERSIAN = "می\u200cخواهم"
TYPED = [
    TECHNOLOGIST,
    RAINBOW,
    PERSIAN,
    ENGLAND,
    "👨\u200d👩\u200d👧\u200d👦",
    "क्\u200dष",
    "全角\u3000空白",
    "10\xa0000\u202f€",
    "1\ufe0f\u20e3",
    "❤\ufe0f ☎\ufe0e",
    "e\u0301a\u0323\u0302",
    "👍🏽 🇬🇧",
    "\u2003em\u2009thin",
    "a\u200db",
    "x\u202ey\u200bz\ufeff\u00ad",
    "\U000e0068\U000e0069",
    "ab\u200d",
    "👩\u200d",
]
CLUSTERS = [
    TECHNOLOGIST,
    RAINBOW,
    ENGLAND,
    "🇬🇧",
    "👍🏽",
    "1\ufe0f\u20e3",
    "e\u0301",
    "각",
    "क्षि",
    "日",
    "\u3000",
    "\xa0",
    "a",
]


def keys(text: str) -> list[events.Key]:
    """The keys that a terminal's bytes make, one character at a time."""
    reader = InputReader(escape_delay=0.1, on_cursor_report=lambda: False)
    found = [message for char in text for message in reader.feed(char.encode())]
    assert all(isinstance(message, events.Key) for message in found)
    return [message for message in found if isinstance(message, events.Key)]


async def typed(pilot: Pilot[None], app: DeskApp, text: str) -> None:
    for key in keys(text):
        app.composer.area.post_message(key)
    await pilot.pause()


@pytest.mark.parametrize("text", TYPED)
async def test_what_may_be_pasted_may_be_typed_into_the_composer(text: str) -> None:
    app = DeskApp()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        app.composer.open("reply", "1", "", to="Ada")
        await pilot.pause()
        app.composer.area.post_message(events.Paste(f"{text}."))
        await pilot.pause()
        pasted = app.composer.text
        assert pasted == clean(f"{text}.")
        app.composer.area.load_text("")
        await typed(pilot, app, f"{text}.")
        assert clean(app.composer.text) == pasted


@pytest.mark.parametrize("cluster", CLUSTERS)
async def test_keys_in_the_composer_take_a_cluster(cluster: str) -> None:
    app = DeskApp()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        app.composer.open("reply", "1", f"x{cluster}{cluster}y", to="Ada")
        area = app.composer.area
        await pilot.pause()
        await pilot.press("left")
        assert area.cursor_location == (0, 1 + 2 * len(cluster))
        await pilot.press("left")
        assert area.cursor_location == (0, 1 + len(cluster))
        drawn = area.render_line(0)
        assert "".join(segment.text for segment in drawn).startswith(f"x{cluster}{cluster}y")
        assert any(segment.text == cluster for segment in drawn), "the cursor stands on the whole of it"
        assert drawn.cell_length == sum(cell_len(segment.text) for segment in drawn)
        assert area._cursor_offset == (1 + cell_len(cluster), 0)
        await pilot.press("right", "left", "backspace")
        assert area.text == f"x{cluster}y"
        await pilot.press("left", "delete")
        assert area.text == f"{cluster}y"
        await pilot.press("shift+right")
        assert area.selected_text == cluster
        await pilot.press("z")
        assert area.text == "zy"


async def test_up_and_down_never_stop_inside_a_cluster() -> None:
    app = DeskApp()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        app.composer.open("reply", "1", f"abcdef\n{TECHNOLOGIST * 3}\nabcdef", to="Ada")
        area = app.composer.area
        for column in range(7):
            area.move_cursor((0, column))
            await pilot.press("down")
            assert area.cursor_location[0] == 1
            assert area.cursor_location[1] % len(TECHNOLOGIST) == 0


@pytest.mark.parametrize(
    ("text", "key", "left"),
    [
        (f"see {TECHNOLOGIST}", "ctrl+w", "see "),
        (f"see {PERSIAN}", "ctrl+w", "see "),
        ("see cafe\u0301s", "ctrl+w", "see "),
        (f"see {RAINBOW}{RAINBOW} ", "ctrl+w", "see "),
        ("snake_case word", "ctrl+w", "snake_case "),
        ("a, b", "ctrl+w", "a, "),
        (f"{TECHNOLOGIST} all", "ctrl+u", ""),
    ],
)
async def test_words_and_lines_are_deleted_whole(text: str, key: str, left: str) -> None:
    app = DeskApp()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        app.composer.open("reply", "1", text, to="Ada")
        await pilot.pause()
        await pilot.press(key)
        assert app.composer.text == left


async def test_word_motions_cross_what_a_reader_calls_a_word() -> None:
    app = DeskApp()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        app.composer.open("reply", "1", f"{PERSIAN} cafe\u0301s {TECHNOLOGIST}!", to="Ada")
        area = app.composer.area
        area.move_cursor((0, 0))
        ends = []
        for _ in range(3):
            await pilot.press("ctrl+right")
            ends.append(area.document[0][: area.cursor_location[1]])
        assert ends == [PERSIAN, f"{PERSIAN} cafe\u0301s", f"{PERSIAN} cafe\u0301s {TECHNOLOGIST}!"]
        area.move_cursor((0, 0))
        await pilot.press("alt+delete")
        assert area.text == f" cafe\u0301s {TECHNOLOGIST}!"


async def test_a_joiner_that_waits_takes_no_cell_from_its_neighbour() -> None:
    app = DeskApp()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        app.composer.open("reply", "1", "", to="Ada")
        await pilot.pause()
        await typed(pilot, app, "👩\u200d")
        drawn = app.composer.area.render_line(0)
        assert drawn.cell_length == sum(cell_len(segment.text) for segment in drawn)
        await typed(pilot, app, "x")
        assert app.composer.text == "👩x"
        await pilot.press("backspace")
        await typed(pilot, app, "\u200d💻")
        assert app.composer.text == TECHNOLOGIST


def line_typed(text: str) -> LineEdit:
    edit = LineEdit()
    for key in keys(text):
        assert edit.key(press(key.key, key.character)) or not clean_line(key.character or "")
    return edit


@pytest.mark.parametrize("text", TYPED)
def test_what_may_be_pasted_may_be_typed_into_a_line(text: str) -> None:
    pasted = LineEdit()
    pasted.insert(f"{text}.")
    assert line_typed(f"{text}.").text == pasted.text


@pytest.mark.parametrize("cluster", [cluster for cluster in CLUSTERS if not cluster.isspace()])
def test_keys_in_a_line_take_a_cluster(cluster: str) -> None:
    edit = LineEdit(f"x{cluster}{cluster}y")
    edit.left()
    edit.left()
    assert edit.cursor == 1 + len(cluster)
    row, column = edit_row(edit, "> ", 40)
    assert [piece.text for piece in row] == ["> ", f"x{cluster}", cluster, "y"]
    assert column == 3 + cell_len(cluster)
    edit.backspace()
    assert edit.text == f"x{cluster}y"
    edit.right()
    edit.left()
    edit.delete()
    assert (edit.text, edit.cursor) == ("xy", 1)


@pytest.mark.parametrize("width", [8, 9, 10, 11])
def test_a_long_line_scrolls_by_clusters(width: int) -> None:
    edit = LineEdit(TECHNOLOGIST * 10)
    row, _ = edit_row(edit, "> ", width)
    assert row[1].text == TECHNOLOGIST * (len(row[1].text) // len(TECHNOLOGIST))
    assert sum(cell_len(piece.text) for piece in row) <= width
