"""Numbers as bars: nothing that is there is lost, and nothing is longer than its room."""

from hypothesis import given
from hypothesis import strategies as st

from tui.text import bars
from tui.text.width import cell_len

COUNTS = st.integers(0, 10**6)


@given(st.lists(COUNTS, min_size=1, max_size=30), st.integers(1, 4))
def test_columns_show_what_is_there_and_the_largest_is_full(values: list[int], height: int) -> None:
    lines = bars.columns(values, height)
    assert [len(line) for line in lines] == [len(values)] * height
    for at, value in enumerate(values):
        drawn = "".join(line[at] for line in lines).strip()
        assert bool(drawn) == (value > 0)
        if value == max(values) > 0:
            assert drawn == bars.LEVELS[8] * height


@given(COUNTS, COUNTS, st.integers(1, 80))
def test_a_bar_fits_and_grows_with_its_value(value: int, most: int, cells: int) -> None:
    drawn = bars.bar(value, most, cells)
    assert cell_len(drawn) <= cells
    assert bool(drawn) == (value > 0 and most > 0)
    assert len(bars.bar(value + 1, most, cells)) >= len(drawn) or not most


@given(COUNTS, COUNTS, st.integers(1, 80))
def test_both_parts_of_a_bar_are_seen_where_there_is_room(first: int, more: int, cells: int) -> None:
    total = first + more
    one, rest = bars.split_bar(first, total, total, cells)
    assert len(one) + len(rest) == (cells if total else 0)
    if total and cells > 1:
        assert (bool(one), bool(rest)) == (first > 0, more > 0)


def test_every_sign_has_one_of_ascii() -> None:
    for sign in (*bars.LEVELS, *bars.EIGHTHS, bars.REST):
        plain = sign.translate(bars.ASCII)
        assert plain.isascii()
        assert cell_len(plain) == cell_len(sign) == 1
