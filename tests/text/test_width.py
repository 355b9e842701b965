"""Measuring, cutting and wrapping in cells."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.text import width as width_module
from tui.text.sanitize import clean
from tui.text.spans import Line, Mark, Span, plain
from tui.text.width import expand_tabs, line_len, pad, truncate, wrap, wrap_text

CHARS = st.one_of(st.characters(), st.sampled_from("  \n\tab日本語、。한👩👍🏽🇬🇧\u200d\ufe0f\u0301❤é–“"))
TEXT = st.text(CHARS, max_size=80).map(clean)
LINE = st.lists(
    st.tuples(TEXT, st.sampled_from([Mark.PLAIN, Mark.BOLD, Mark.LINK]), st.sampled_from(["", "https://x.io"]))
)


@settings(deadline=None, max_examples=400)
@given(LINE, st.integers(2, 40))
def test_wrapped_lines_fit_and_lose_only_white_space(pieces: list[tuple[str, Mark, str]], width: int) -> None:
    line: Line = tuple(Span(*piece) for piece in pieces)
    lines = wrap(line, width)
    assert lines
    assert max(line_len(one) for one in lines) <= width
    assert all("\n" not in span.text and "\t" not in span.text for one in lines for span in one)
    kept = [(char, span.marks, span.href) for one in lines for span in one for char in span.text if char != " "]
    given_ = [(char, span.marks, span.href) for span in line for char in span.text if char not in " \n\t"]
    assert kept == given_


@settings(deadline=None, max_examples=300)
@given(
    st.text(CHARS, max_size=60).map(clean).filter(lambda text: "\n" not in text and "\t" not in text),
    st.integers(0, 30),
)
def test_truncated_text_fits(text: str, cells: int) -> None:
    cut = truncate(text, cells)
    assert cell_len(cut) <= cells
    assert cut == text or cells == 0 or cut.endswith("…")
    # no cells hold nothing, not even marks that take none
    assert cut == "" if cells == 0 else (cell_len(text) <= cells) == (cut == text)
    assert cell_len(pad(text, cells)) == cells


def test_wrapping_keeps_styles_over_the_break() -> None:
    line = (Span("hello brave "), Span("new world", Mark.BOLD), Span("ly"))
    assert wrap(line, 9) == [
        (Span("hello"),),
        (Span("brave "), Span("new", Mark.BOLD)),
        (Span("world", Mark.BOLD), Span("ly")),
    ]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("a b", 10, ["a b"]),
        ("aaa bbb", 3, ["aaa", "bbb"]),
        ("aaa    bbb", 5, ["aaa", "bbb"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("  indented text", 10, ["  indented", "text"]),
        ("a\n\nb", 10, ["a", "", "b"]),
        ("日本語のテキスト", 7, ["日本語", "のテキ", "スト"]),
        ("です。はい", 6, ["です。", "はい"]),
        ("see 日本", 6, ["see 日", "本"]),
        ("ab\tc", 10, ["ab  c"]),
    ],
)
def test_wrapping(text: str, width: int, lines: list[str]) -> None:
    assert wrap_text(text, width) == lines


def test_joined_clusters_stay_whole() -> None:
    family = "👩\u200d👩\u200d👧\u200d👦"
    assert wrap_text(family * 3, 4) == [family * 2, family]
    assert wrap_text("e\u0301" * 4, 2) == ["e\u0301" * 2] * 2
    assert truncate(family * 3, 4) == f"{family}…"


def test_truncating_marks_the_cut_and_halves_nothing() -> None:
    assert truncate("hello world", 8) == "hello w…"
    assert truncate("hello world", 7) == "hello…"
    assert truncate("日本語", 4) == "日…"
    assert truncate("hello", 3, "...") == "..."
    assert truncate("hello", 5) == "hello"
    assert pad("日本", 6) == "日本  "
    assert pad("日本語", 4, "...") == "... "


def test_tabs_stop_every_four_cells_across_spans() -> None:
    assert plain(expand_tabs((Span("日\t"), Span("a\tb", Mark.BOLD)))) == "日  a   b"


def test_every_character_taken_for_narrow_is() -> None:
    narrow = [char for char in map(chr, range(0x3100)) if width_module._NARROW.fullmatch(char)]
    assert len(narrow) > 500
    assert all(cell_len(char) == 1 for char in narrow)
