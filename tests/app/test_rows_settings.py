"""The list's rows as the settings want them: what stands under the name, and how much room a row takes."""

from datetime import UTC
from pathlib import Path

import pytest

from tests.app.conftest import stage_at
from tests.app.widgets_desk import NOW, DeskApp, desk
from tui.app.widgets.lines import Appearance, Density, RowLine

FIRST = desk()[0]
NAME, SUBJECT, PREVIEW = FIRST.contact_name[:15], FIRST.title, FIRST.preview[:15]


class WideDesk(DeskApp):
    """The desk with a list in which name and subject fit beside each other."""

    CSS = DeskApp.CSS.replace("#list { width: 40; }", "#list { width: 90; }")


async def drawn(height: int, density: Density, row: tuple[RowLine, ...]) -> tuple[int, list[str]]:
    """The lines of a row, and the pane's text from the first row on, in a wide pane."""
    appearance = Appearance(clock=lambda: NOW, zone=UTC, density=density, row=row)
    app = WideDesk(appearance=appearance)
    async with app.run_test(size=(160, height)) as pilot:
        await pilot.pause()
        lines = [app.rows.render_line(y) for y in range(app.rows.size.height)]
        assert {line.cell_length for line in lines} == {app.rows.size.width}
        return app.rows.row_lines, [line.text for line in lines[1:]]


@pytest.mark.parametrize(
    ("height", "density", "row", "under"),
    [
        (24, "normal", ("subject", "preview"), [SUBJECT]),
        (40, "normal", ("subject", "preview"), [SUBJECT, PREVIEW]),
        (40, "normal", ("preview", "subject"), [PREVIEW, SUBJECT]),
        (40, "normal", ("preview",), [PREVIEW]),
        (40, "normal", ("subject",), [SUBJECT]),
        (40, "normal", (), []),
        (24, "roomy", ("subject", "preview"), [SUBJECT, PREVIEW, ""]),
        (24, "roomy", ("preview",), [PREVIEW, ""]),
    ],
)
async def test_what_stands_under_the_name(
    height: int, density: Density, row: tuple[RowLine, ...], under: list[str]
) -> None:
    lines_of_a_row, lines = await drawn(height, density, row)
    assert lines_of_a_row == 1 + len(under)
    assert NAME in lines[0]
    for line, wanted in zip(lines[1:], under, strict=False):
        assert line.strip(" ▌▐").startswith(wanted) if wanted else line.strip(" ▐") == ""
    assert desk()[1].contact_name in lines[1 + len(under)]


@pytest.mark.parametrize(("row", "beside"), [(("subject",), SUBJECT), (("preview", "subject"), PREVIEW), ((), "")])
async def test_a_compact_row_is_one_line(row: tuple[RowLine, ...], beside: str) -> None:
    lines_of_a_row, lines = await drawn(40, "compact", row)
    assert lines_of_a_row == 1
    assert NAME in lines[0]
    assert beside in lines[0]
    assert "me" in lines[0].split()  # what stands at the end of the second line elsewhere
    assert lines[0].rstrip(" ▐").endswith("3d")
    assert desk()[1].contact_name in lines[1]


async def test_the_settings_reach_the_list(tmp_path: Path) -> None:
    settings = '[ui]\ndensity = "roomy"\nrow = ["preview"]\n'
    async with stage_at(tmp_path, (100, 30), settings=settings) as stage:
        view = stage.app.ui.list.view
        assert view.row_lines == 3
        row = view.current
        assert row is not None
        assert row.preview.split()[0] in view.render_line(2).text
        await stage.press("j")
        assert view.render_line(4).text.startswith("▌")
        assert not view.render_line(6).text.startswith("▌")
