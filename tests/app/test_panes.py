"""How the panes share the columns of a terminal."""

import pytest

from tests.app.conftest import Stage


@pytest.mark.parametrize("with_contact", [True, False])
async def test_a_wide_terminal_gives_its_surplus_to_the_sides(small: Stage, with_contact: bool) -> None:
    layout = small.app.layout
    await small.pilot.resize_terminal(120, 40)
    await small.pilot.pause()
    if not with_contact:
        await small.press("p")
    for columns in (120, 140, 180, 240, 300):
        await small.pilot.resize_terminal(columns, 40)
        await small.pilot.pause()
        listed, read = layout.list.outer_size.width, layout.thread.outer_size.width
        beside = layout.contact.outer_size.width if with_contact else 0
        assert listed + read + beside == columns
        assert listed >= 40
        assert beside >= 33 or not with_contact
        assert read <= 106 or columns > 180
    await small.pilot.resize_terminal(100, 40)
    await small.pilot.pause()
    assert layout.list.outer_size.width == 36
