"""The preview in the composer and the body that leaves say the same."""

import pytest

from tests.app.widgets_desk import DeskApp
from tests.text.reader import read
from tui.app.widgets.lines import LineView
from tui.text.markdown import to_html

WRITTEN = [
    "server:\n  port: 80\n\n\n    key: __init__ 2*3*4",
    "> their words\n> again\n\nmine",
    "On Mon, 3 Mar 2025 at 10:02, Kim <kim@x.io> wrote:\n\n> that",
    "Hi\n\nFrom: Kim <kim@example.com>\nDate: 3 March 2025 10:02\nTo: Lee\n\nand so on",
    "**bold** and `a  b`\n- one\n- two\n\n```\nif x:\n    y\n```",
]


@pytest.mark.parametrize("written", WRITTEN)
async def test_the_preview_shows_exactly_what_leaves(written: str) -> None:
    app = DeskApp()
    async with app.run_test(size=(200, 50)) as pilot:
        await pilot.pause()
        app.composer.open("reply", "1", written, to="Ada")
        await pilot.pause()
        app.composer.toggle_preview()
        await pilot.pause()
        view = app.composer.query_one("ComposerPreview", LineView)
        shown = [view.render_line(y).text.rstrip() for y in range(view.size.height)]
        assert all(line[:2] in ("", "  ") for line in shown)
        assert "\n".join([line[2:] for line in shown]).rstrip() == read(to_html(written))
